#include "cli/request.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "accounting/audit/log_facts.h"
#include "accounting/posting/approvals.h"
#include "cli/files.h"
#include "cli/read_words.h"
#include "cli/summary.h"
#include "ledger/book/codec.h"
#include "ledger/proof/base64.h"

namespace accrue {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* schema = "accrue.request/1";

/// SHA-256, hexadecimal, over the object without its digest, written without spaces.
std::string digest_of(Json object) {
  object.erase("digest");
  return to_hex(sha256(object.dump(-1, ' ', false, Json::error_handler_t::replace)));
}

std::string amount_text(const BookState& state, std::int64_t minor_units) {
  const Figure figure = money(state, minor_units);
  return figure.value.to_string(figure.digits);
}

Json posts_of(const Recorded& recorded, const BookState& state) {
  Json posts = Json::array();
  for (const PostedSum& sum : posted_sums(recorded.entries)) {
    const std::int64_t debit = std::max<std::int64_t>(sum.amount_minor_units, 0);
    posts.push_back({{"posting_period", sum.posting_period.to_string()},
                     {"origin_period", sum.origin_period.to_string()},
                     {"account", sum.account},
                     {"debit", amount_text(state, debit)},
                     {"credit", amount_text(state, debit - sum.amount_minor_units)}});
  }
  return posts;
}

std::optional<RecordKind> kind_named(const std::string& name) {
  // The kinds of which a second person can be asked.
  for (const RecordKind kind : {RecordKind::period_closed, RecordKind::period_reopened,
                                RecordKind::estimate_changed, RecordKind::key_registered}) {
    if (to_string(kind) == name) return kind;
  }
  return std::nullopt;
}

Result<Request> request_of(const Json& object, const std::string& file) {
  try {
    const Json& as_of = object.at("as_of");
    const std::optional<RecordKind> kind = kind_named(object.at("kind").get<std::string>());
    const std::optional<std::string> fact = from_base64(object.at("fact").get<std::string>());
    if (!kind || !fact) return bad_request(file, "the request states nothing that can be approved");
    return Request{object.at("book").get<std::string>(),
                   as_of.at("records").get<std::int64_t>(),
                   as_of.at("root").get<std::string>(),
                   *kind,
                   object.at("author").get<std::string>(),
                   {object.at("os_user").get<std::string>(), object.at("host").get<std::string>()},
                   object.at("reason").get<std::string>(),
                   *fact};
  } catch (const Json::exception&) {
    return bad_request(file, "the request lacks a field");
  }
}

Error not_to_be_approved(const std::string& file) {
  return Error{.code = ErrorCode::usage,
               .message = "nobody has to approve this: --request " + file + " is of no use",
               .notes = {"a second person approves closes, reopenings, estimates and, once two hold "
                         "one, keys, in a book made with init --dual-control"},
               .hint = "leave --request out"};
}

}  // namespace

Error bad_request(const std::string& file, std::string message) {
  return Error{.code = ErrorCode::bad_request,
               .message = std::move(message),
               .place = {.file = file},
               .hint = "have the request made anew, and approve the file as it comes"};
}

std::string request_json(const Request& request, const Recorded& recorded,
                         const BookState& state) {
  const Fact fact = decode(request.kind, request.fact);
  Json object;
  object["schema"] = schema;
  object["book"] = request.book_id;
  object["as_of"] = {{"records", request.record_count}, {"root", request.root}};
  object["kind"] = to_string(request.kind);
  object["what"] = tell(fact, request.record_count + 1, state).what;
  object["author"] = request.author;
  object["os_user"] = request.identity.os_user;
  object["host"] = request.identity.host;
  object["reason"] = request.reason;
  object["posts"] = posts_of(recorded, state);
  object["fact"] = to_base64(request.fact);
  object["digest"] = digest_of(object);
  return object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<Request> read_request(const std::string& text, const std::string& file) {
  const Json object = Json::parse(text, nullptr, false);
  if (!object.is_object() || object.value("schema", Json{}) != schema) {
    return bad_request(file, "the file is no request of schema " + std::string{schema});
  }
  if (object.value("digest", Json{}) != digest_of(object)) {
    return bad_request(file, "the request was altered: its digest is not that of its content");
  }
  return request_of(object, file);
}

Result<Fact> fact_of(const Request& request, const std::string& file) {
  try {
    return decode(request.kind, request.fact);
  } catch (const DamagedBytes&) {
    return bad_request(file, "the fact of the request cannot be read");
  }
}

Result<Recorded> record_fact(const Context& context, Books& books, const Fact& fact,
                             const Stamp& stamp) {
  const std::optional<std::string>& file = context.options().request;
  if (!file) return books.record(fact, stamp, context.options().mode);
  if (second_person(books.state(), fact) == SecondPerson::not_needed) {
    return not_to_be_approved(*file);
  }
  ACCRUE_TRY(recorded, books.record(fact, stamp, RunMode::dry_run));
  const BookState& state = books.state();
  const Request request{state.opened.book_id,
                        state.record_count,
                        to_hex(books.store().root(state.record_count)),
                        kind_of(fact),
                        stamp.author,
                        stamp.identity,
                        stamp.reason,
                        recorded.fact};
  ACCRUE_TRY_DONE(write_file(*file, request_json(request, recorded, state)));
  context.say("request written to " + *file + ": it is recorded when another person approves it");
  context.say_next("approve " + *file + " --key KEYFILE");
  return recorded;
}

}  // namespace accrue

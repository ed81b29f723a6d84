#include "cli/command_approve.h"

#include <algorithm>

#include "accounting/audit/approvals.h"
#include "accounting/posting/approvals.h"
#include "cli/checkpoint_files.h"
#include "cli/confirmation.h"
#include "cli/files.h"
#include "cli/key_file.h"
#include "cli/output.h"
#include "cli/render_table.h"
#include "cli/request.h"
#include "cli/summary.h"

namespace accrue {

namespace {

/// Records that move no figure, so that a request made before them still says what it said.
bool is_evidence(RecordKind kind) {
  return kind == RecordKind::attempt_refused || kind == RecordKind::checkpoint_signed ||
         kind == RecordKind::timestamp_attached || kind == RecordKind::key_registered ||
         kind == RecordKind::forecast_saved;
}

/// Errors: other_book; request_outdated.
Result<Done> require_current(const Books& books, const Request& request, const std::string& file) {
  const BookState& state = books.state();
  if (request.book_id != state.opened.book_id) {
    return Error{.code = ErrorCode::other_book,
                 .message = "the request is of another book",
                 .place = {.file = file},
                 .notes = {"its book:  " + request.book_id,
                           "this book: " + state.opened.book_id},
                 .hint = "name its book with --book FILE"};
  }
  Error outdated{.code = ErrorCode::request_outdated,
                 .message = "the book is not as the request found it",
                 .place = {.file = file},
                 .hint = "have the request made anew, and look at it again"};
  const bool is_held = request.record_count >= 1 && request.record_count <= state.record_count &&
                       to_hex(books.store().root(request.record_count)) == request.root;
  if (!is_held) {
    outdated.notes = {"it was made of " + std::to_string(request.record_count) +
                      " records with root " + request.root +
                      ", which this book has not, or not any more"};
    return outdated;
  }
  books.store().for_each_record_head(
      request.record_count + 1, state.record_count, [&](const Record& head) {
        if (is_evidence(head.kind)) return true;
        outdated.notes = {"record " + std::to_string(head.sequence) + ", " +
                          std::string{to_string(head.kind)} + ", came after it"};
        return false;
      });
  if (!outdated.notes.empty()) return outdated;
  return Done{};
}

/// Whom the key is registered for. Errors: key_unknown.
Result<std::string> person_of(const Context& context, const BookState& state,
                              const VerifierKey& key) {
  const auto held = std::find_if(state.keys.begin(), state.keys.end(),
                                 [&](const HeldKey& known) { return known.key == key; });
  if (held == state.keys.end()) {
    return Error{.code = ErrorCode::key_unknown,
                 .message = "the book has not registered key " + key.name(),
                 .hint = "accrue key register VERIFIER_KEY --person NAME"};
  }
  const Setting said = context.author();
  const bool is_said = said.from == "--author" || said.from == "ACCRUE_AUTHOR";
  if (is_said && !is_same_person(said.value, held->person)) {
    return Error{.code = ErrorCode::key_unknown,
                 .message = "key " + key.name() + " is of " + held->person + ", and not of " +
                            said.value,
                 .notes = {said.value + " stands in " + said.from},
                 .hint = "sign with your own key"};
  }
  return held->person;
}

/// Says on standard error what is to be approved: before the question, and not as the answer.
void show(const Context& context, const Request& request, const Report& posts) {
  context.say(request.author + " (" + request.identity.os_user + "@" + request.identity.host +
              ") asks for: " + std::string{to_string(request.kind)} +
              (request.reason.empty() ? "" : ", because: " + request.reason));
  context.say(render_table(posts, {}));
}

Error nobody_needed(const std::string& file) {
  return bad_request(file, "nobody has to approve what the request asks for");
}

}  // namespace

Result<ExitStatus> run(const Context& context, const ApproveCommand& command) {
  ACCRUE_TRY(text, read_file(command.file));
  ACCRUE_TRY(request, read_request(text, command.file));
  ACCRUE_TRY(fact, fact_of(request, command.file));
  ACCRUE_TRY(key, required_signing_key(command.key_file));
  ACCRUE_TRY(books, context.open_to_write());
  ACCRUE_TRY_DONE(require_current(books, request, command.file));
  if (second_person(books.state(), fact) == SecondPerson::not_needed) {
    return nobody_needed(command.file);
  }
  ACCRUE_TRY(person, person_of(context, books.state(), key.verifier()));
  if (is_same_person(person, request.author)) return own_approval(person, request.author);
  ACCRUE_TRY(stamp, context.stamp(books.state().last_recorded_at));
  stamp.author = request.author;
  stamp.reason = request.reason;
  stamp.identity = request.identity;
  ACCRUE_TRY(planned, books.record(fact, stamp, RunMode::dry_run));
  const bool is_as_written =
      planned.fact == request.fact && request_json(request, planned, books.state()) == text;
  if (!is_as_written) {
    return bad_request(command.file, "the request does not say what it would post");
  }
  show(context, request, posted_report(books, "approve", "It would post", planned));
  ACCRUE_TRY_DONE(confirm(context, "Approve it as " + person + "?"));
  stamp.after = books.state().record_count;
  stamp.approver = Approver{person, context.identity(), [&](std::string_view bytes) {
                              return key.sign(bytes);
                            }};
  ACCRUE_TRY(recorded, books.record(fact, stamp, context.options().mode));
  Report report = posted_report(books, "approve", "Approved by " + person, recorded);
  // As any close for which there is a key.
  if (const auto* close = std::get_if<PeriodClosed>(&fact);
      close != nullptr && context.options().mode == RunMode::write) {
    ACCRUE_TRY(checkpoint, checkpoint_close(context, books, key, close->period));
    report.notes.push_back("checkpoint over " + std::to_string(checkpoint.size) + " records: " +
                           checkpoint.note_file);
  }
  ACCRUE_TRY_DONE(put_report(context, report));
  say_recorded(context, recorded);
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const AuditApprovalsCommand& command) {
  ACCRUE_TRY(opened, context.open_view());
  std::optional<PeriodRange> range;
  if (command.period) {
    ACCRUE_TRY(given, period_range(*command.period, opened.view.state));
    range = given;
  }
  ACCRUE_TRY_DONE(put_report(context, command.shape == ApprovalsShape::matrix
                                          ? approvals_matrix(opened.store, opened.view, range)
                                          : approvals_report(opened.store, opened.view, range)));
  return ExitStatus::done;
}

}  // namespace accrue

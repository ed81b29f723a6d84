#include "accounting/audit/explain_refs.h"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <string_view>

#include "accounting/report/frame.h"
#include "accounting/report/ref.h"

namespace accrue {

Error unknown_ref(const std::string& ref) {
  return Error{.code = ErrorCode::unknown_ref,
               .message = "nothing in the book has the address '" + ref + "'",
               .hint = "take a ref as a report prints it: accrue report period PERIOD -f json"};
}

namespace {

/// How to come closer to what a report of scenarios prints.
std::string way_to(const std::string& report, const std::string& scenario) {
  const auto is_any_of = [&](std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), report) != names.end();
  };
  const std::string page =
      "accrue scenario run FILE -o run.html, FILE being that of scenario " + scenario;
  if (is_any_of({"scenario-montecarlo", "scenario-events", "scenario-path"})) {
    return "a path of the simulation can be followed: accrue scenario montecarlo FILE --path 1, "
           "FILE being that of scenario " + scenario;
  }
  if (report == "scenario-check") {
    return "the file of scenario " + scenario + " states it: accrue scenario check FILE";
  }
  if (is_any_of({"scenario-comparison", "scenario-bridge"})) {
    return "run each of the scenarios compared: " + page;
  }
  if (is_any_of({"scenario-sensitivity", "scenario-grid", "scenario-solution"})) {
    return "each row is a run of its own: change a copy of the file as the row says, and " + page;
  }
  return "the page of a run explains the figures of its reports: " + page;
}

}  // namespace

Error not_in_a_book(const std::string& ref) {
  const std::vector<std::string> parts = parts_of_ref(ref);
  if (parts.size() < 3 || parts[1].empty()) return unknown_ref(ref);
  return Error{.code = ErrorCode::unknown_ref,
               .message = "'" + ref + "' is assumed by scenario " + parts[1] +
                          ": no book holds it, so the book cannot explain it",
               .notes = {"a figure of a scenario belongs to the run that printed it, and is "
                         "reckoned anew by each"},
               .hint = way_to(parts[2], parts[1])};
}

Error reckoned_anew(const std::string& ref) {
  const std::vector<std::string> parts = parts_of_ref(ref);
  if (parts.size() < 6) return unknown_ref(ref);
  return Error{.code = ErrorCode::unknown_ref,
               .message = "'" + ref + "' is of forecasts that a backtest makes anew: no record "
                          "holds them, so the book cannot explain it",
               .hint = "each forecast beside what happened: accrue scenario backtest --months "
                       "--investee '" + parts[2] + "'"};
}

std::string to_text(const Span& span) {
  return span.first ? to_text(PeriodRange{*span.first, span.last}) : ".." + span.last.to_string();
}

Result<Span> read_span(const std::string& text) {
  if (text.starts_with("..")) {
    ACCRUE_TRY(last, Period::parse(text.substr(2)));
    return Span{std::nullopt, last};
  }
  // Refs name ranges by the calendar, whatever the fiscal year of the book.
  ACCRUE_TRY(range, parse_period_range(text, FiscalCalendar{}));
  return Span{range.first, range.last};
}

Result<std::int64_t> number_in(const std::vector<std::string>& parts, std::size_t index,
                               const std::string& ref) {
  if (index >= parts.size()) return unknown_ref(ref);
  const std::string& text = parts[index];
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, value);
  if (fault != std::errc{} || stop != end || value < 1) return unknown_ref(ref);
  return value;
}

std::string after_parts(const std::string& ref, std::size_t count) {
  std::size_t at = 0;
  for (; count > 0; --count) {
    at = ref.find(':', at);
    if (at == std::string::npos) return {};
    ++at;
  }
  return ref.substr(at);
}

Result<AccountAddress> read_account_address(const std::string& ref) {
  const std::vector<std::string> parts = parts_of_ref(ref);
  if (parts.size() < 3) return unknown_ref(ref);
  ACCRUE_TRY(span, read_span(parts[1]));
  return AccountAddress{span, after_parts(ref, 2)};
}

std::string with_head(const std::string& head, const AccountAddress& address) {
  return make_ref({head, to_text(address.span)}) + ":" + address.account;
}

std::string account_ref(OriginView by, const Span& span, const Account& account) {
  return with_head(ref_head("account", by), {span, account.name()});
}

std::string cell_ref(const CellAddress& cell) {
  return make_ref({"so", cell.posting.to_string(), cell.origin.to_string()}) + ":" +
         cell.account.name();
}

std::string draws_ref(const DrawGroup& group) {
  return make_ref({"draws", group.posting.to_string(), group.origin.to_string(), group.investee,
                   group.currency, group.grant, group.service, group.region});
}

std::string charge_ref(const ChargeAddress& address) {
  return make_ref({"charge", std::to_string(address.record), std::to_string(address.position)});
}

}  // namespace accrue

#include "cli/command_period.h"

#include <algorithm>

#include "accounting/posting/checkpoints.h"
#include "accounting/posting/materiality.h"
#include "accounting/posting/provider_periods.h"
#include "accounting/posting/saved_forecasts.h"
#include "accounting/posting/ties.h"
#include "accounting/report/ref.h"
#include "cli/checkpoint_files.h"
#include "cli/confirmation.h"
#include "cli/key_file.h"
#include "cli/notices.h"
#include "cli/output.h"
#include "cli/request.h"
#include "cli/summary.h"
#include "cli/warnings.h"

namespace accrue {

namespace {

/// The period a text names, or the first open one. Errors: bad_period, nothing_to_report.
Result<Period> period_or_first_open(const std::optional<std::string>& text,
                                    const BookState& state) {
  if (text) return single_period(*text, state);
  if (const std::optional<Period> open = first_open_period(state)) return *open;
  return Error{.code = ErrorCode::nothing_to_report,
               .message = "the book has no period yet: no fact belongs to one",
               .hint = "accrue investment add FILE.toml"};
}

Result<Done> require_open(Period period, const BookState& state) {
  if (!state.is_closed(period)) return Done{};
  return Error{.code = ErrorCode::period_closed,
               .message = period.to_string() + " is closed",
               .hint = "the first open period is " + state.closed_through()->next().to_string()};
}

/// A close lists every exception that stands, accepted or not.
std::vector<AcceptedException> accepted_of(const std::vector<Exception>& standing,
                                           const std::vector<std::string>& codes) {
  std::vector<AcceptedException> accepted;
  for (const Exception& exception : standing) {
    const bool is_accepted = std::any_of(codes.begin(), codes.end(), [&](const auto& code) {
      return code == "all" || code == exception.code;
    });
    if (is_accepted) accepted.push_back({exception.code, exception.subject});
  }
  return accepted;
}

/// What the close accepts: what it names, and material catch-ups with any reason it gives.
std::vector<std::string> accepted_codes(const Context& context, const CloseCommand& command) {
  std::vector<std::string> codes = command.accepted_codes;
  if (!context.options().reason.empty()) codes.emplace_back("material_catch_ups");
  return codes;
}

/// What one close did.
struct Closed {
  Period period;
  Recorded recorded;
  std::vector<Notice> notices;
  std::vector<AcceptedException> accepted;
  std::optional<ClosingCheckpoint> checkpoint = {};
};

/// What the close keeps of the forecast that was named.
Result<ClosingForecast> closing_forecast(const BookState& state, const ForecastChoice& choice) {
  if (const auto* const method = std::get_if<DrawForecast>(&choice)) {
    return ClosingForecast{*method};
  }
  ACCRUE_TRY(held, saved_forecast(state, std::get<SavedForecastName>(choice).name));
  return ClosingForecast{citation_of(*held)};
}

Result<Closed> close_one(const Context& context, Books& books, const CloseCommand& command,
                         Period period) {
  std::vector<AcceptedException> accepted;
  const std::vector<std::string> codes = accepted_codes(context, command);
  if (!codes.empty() && !books.state().is_closed(period)) {
    ACCRUE_TRY(standing, books.exceptions(period));
    accepted = accepted_of(standing, codes);
  }
  const std::optional<Instant> time = book_time(books.store(), books.state());
  ACCRUE_TRY(stamp, context.stamp(books.state().last_recorded_at));
  ACCRUE_TRY(forecast, closing_forecast(books.state(), command.forecast));
  ACCRUE_TRY(recorded, record_fact(context, books,
                                   PeriodClosed{period, period, {}, {}, accepted, {}, forecast},
                                   stamp));
  std::vector<Notice> notices =
      notices_of(books, recorded, time, books.state().zone.end_of(period));
  return Closed{period, std::move(recorded), std::move(notices), std::move(accepted)};
}

Report start_close_report(const Books& books) {
  Report report = start_summary(books, "close", "");
  report.columns = {{"period", ColumnKind::key},         {"record", ColumnKind::count},
                    {"posting_period", ColumnKind::key, 4},
                    {"origin_period", ColumnKind::key},  {"account", ColumnKind::key},
                    {"debit", ColumnKind::figure},       {"credit", ColumnKind::figure},
                    {"ref", ColumnKind::text, 9}};
  return report;
}

/// The materiality line, where the period has catch-ups or the book has a threshold for them.
void add_weight(Report& report, const BookState& state, const Balances& cells, Period period) {
  const CatchUpWeight weight = weigh_catch_ups(cells, {period, period});
  const std::optional<Decimal>& threshold = state.opened.materiality_percent;
  if (weight.catch_ups == 0 && !threshold) return;
  report.notes.push_back(weight_text(weight, state.functional(), period) +
                         (threshold ? "; threshold " + threshold->to_string() + "%" : ""));
}

void add_close(Report& report, const Books& books, const Closed& closed) {
  const BookState& state = books.state();
  const std::string ref = make_ref({"record", std::to_string(closed.recorded.record)});
  const std::vector<PostedSum> sums = posted_sums(closed.recorded.entries);
  for (const PostedSum& sum : sums) {
    const std::int64_t debit = std::max<std::int64_t>(sum.amount_minor_units, 0);
    report.rows.push_back({closed.period.to_string(), closed.recorded.record,
                           sum.posting_period.to_string(), sum.origin_period.to_string(),
                           sum.account, money(state, debit),
                           money(state, debit - sum.amount_minor_units), ref});
  }
  // A close that books nothing is still one.
  if (sums.empty()) {
    report.rows.push_back({closed.period.to_string(), closed.recorded.record, Cell{}, Cell{},
                           Cell{}, Cell{}, Cell{}, ref});
  }
  report.notices->insert(report.notices->end(), closed.notices.begin(), closed.notices.end());
  // After a dry run the book does not hold what the close would book.
  if (state.is_closed(closed.period)) {
    add_weight(report, state, books.store().read_balances({closed.period, closed.period}),
               closed.period);
  }
  for (const AcceptedException& exception : closed.accepted) {
    report.notes.push_back(closed.period.to_string() + " accepted " + exception.code + ": " +
                           exception.subject);
  }
  if (closed.checkpoint) {
    report.notes.push_back("checkpoint over " + std::to_string(closed.checkpoint->size) +
                           " records: " + closed.checkpoint->note_file);
  }
}

/// Prints what was closed so far, which stays closed whatever stops the next one.
Result<Done> put_closes(const Context& context, const Books& books,
                        const std::vector<Closed>& closes) {
  Report report = start_close_report(books);
  report.title = (context.options().mode == RunMode::dry_run ? "Would close " : "Closed ") +
                 closes.front().period.to_string();
  if (closes.size() > 1) report.title += " to " + closes.back().period.to_string();
  report.notices.emplace();
  std::vector<Warning> warnings;
  for (const Closed& closed : closes) {
    add_close(report, books, closed);
    for (const ProviderPeriod& row : open_at_provider(books.state(), closed.period)) {
      warnings.push_back(warning_of(row));
    }
  }
  say_warnings(context, warnings, report);
  ACCRUE_TRY_DONE(put_report(context, report));
  say_notices(context, *report.notices);
  for (const Closed& closed : closes) say_recorded(context, closed.recorded);
  return Done{};
}

/// With --through a range means its end; without, it must be one month.
Result<Period> last_to_close(const CloseCommand& command, const BookState& state) {
  if (command.reach == CloseReach::one) return single_period(command.period, state);
  ACCRUE_TRY(range, period_range(command.period, state));
  return range.last;
}

Report list_of(const Books& books, std::string name, std::string title) {
  Report report = start_summary(books, std::move(name), std::move(title));
  report.columns = {{"check", ColumnKind::text},
                    {"state", ColumnKind::text},
                    {"message", ColumnKind::text},
                    {"ref", ColumnKind::text, 9}};
  return report;
}

void add_exceptions(Report& report, Period period, const std::vector<Exception>& standing) {
  for (const Exception& exception : standing) {
    report.rows.push_back({exception.code, std::string{"stands"}, exception.message,
                           make_ref({"exception", period.to_string(), exception.code,
                                     exception.subject})});
  }
}

/// What the providers say of the month; it stands against no close.
void add_provider_periods(Report& report, Period period, const BookState& state) {
  for (const auto& [key, row] : state.provider_periods) {
    if (row.period != period) continue;
    const Warning warning = warning_of(row);
    report.rows.push_back({warning.code, std::string{"noted"}, warning.message,
                           make_ref({"provider", period.to_string(), row.issuer})});
  }
}

Error exceptions_stand(Period period, const std::vector<Exception>& standing, std::string message) {
  Error error{.code = ErrorCode::exceptions_stand, .message = std::move(message)};
  for (const Exception& exception : standing) {
    error.notes.push_back(exception.code + ": " + exception.message);
  }
  error.hint = "clear them, or accept them: accrue close " + period.to_string() +
               " --accept CODE --reason TEXT";
  return error;
}

/// A second person looks at one close at a time. Errors: approval_needed.
Result<Done> require_one_close(const BookState& state, Period first, Period last) {
  if (!state.opened.dual_control || first >= last) return Done{};
  return Error{.code = ErrorCode::approval_needed,
               .message = "a second person approves each close by itself, and --through " +
                          last.to_string() + " is more than one",
               .hint = "begin with the first: accrue close " + first.to_string() +
                       " --request FILE"};
}

}  // namespace

Result<ExitStatus> run(const Context& context, const ExceptionsCommand& command) {
  ACCRUE_TRY(store, context.open_to_read());
  Books books = Books::open(std::move(store));
  ACCRUE_TRY(period, period_or_first_open(command.period, books.state()));
  ACCRUE_TRY_DONE(require_open(period, books.state()));
  ACCRUE_TRY(standing, books.exceptions(period));
  Report report = list_of(books, "exceptions", "Exceptions against closing " + period.to_string());
  report.period = PeriodRange{period, period};
  add_exceptions(report, period, standing);
  if (standing.empty()) report.notes.push_back("none stands");
  ACCRUE_TRY_DONE(put_report(context, report));
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const CloseCommand& command) {
  ACCRUE_TRY(books, context.open_to_write());
  ACCRUE_TRY(last, last_to_close(command, books.state()));
  ACCRUE_TRY(key, signing_key(command.key_file));
  // Before anything is closed: a close that cannot be signed shall not be half done.
  if (key) ACCRUE_TRY_DONE(sign_head(books.store(), books.state(), *key));
  Period period = last;
  if (command.reach == CloseReach::through) {
    period = std::min(last, first_open_period(books.state()).value_or(last));
  }
  ACCRUE_TRY_DONE(require_one_close(books.state(), period, last));
  std::vector<Closed> closes;
  for (; period <= last; period = period.next()) {
    Result<Closed> closed = close_one(context, books, command, period);
    if (!closed.ok()) {
      if (!closes.empty()) ACCRUE_TRY_DONE(put_closes(context, books, closes));
      return closed.refusal();
    }
    closes.push_back(std::move(closed).value());
    if (key && context.options().mode == RunMode::write) {
      Result<ClosingCheckpoint> signed_close = checkpoint_close(context, books, *key, period);
      if (!signed_close.ok()) {
        ACCRUE_TRY_DONE(put_closes(context, books, closes));
        return signed_close.refusal();
      }
      closes.back().checkpoint = std::move(signed_close).value();
    }
    // What follows would be closed on top of what was not written.
    if (context.options().mode == RunMode::dry_run) break;
  }
  ACCRUE_TRY_DONE(put_closes(context, books, closes));
  if (context.options().mode == RunMode::dry_run && period < last) {
    context.say("a dry run goes no further than the first close");
  }
  context.say_next("report rollforward " + closes.back().period.to_string());
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const ReopenCommand& command) {
  ACCRUE_TRY(books, context.open_to_write());
  ACCRUE_TRY(period, single_period(command.period, books.state()));
  ACCRUE_TRY_DONE(confirm(context, "Reopen " + period.to_string() + "?"));
  ACCRUE_TRY(stamp, context.stamp(books.state().last_recorded_at));
  ACCRUE_TRY(recorded, record_fact(context, books, PeriodReopened{period}, stamp));
  ACCRUE_TRY_DONE(put_report(
      context, posted_report(books, "reopen", "Reopened " + period.to_string(), recorded)));
  say_recorded(context, recorded);
  context.say_next("period check " + period.to_string());
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const PeriodListCommand&) {
  ACCRUE_TRY(opened, context.open_view());
  ACCRUE_TRY(report, period_list(opened.store, opened.view));
  ACCRUE_TRY_DONE(put_report(context, report));
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const PeriodCheckCommand& command) {
  ACCRUE_TRY(store, context.open_to_read());
  Books books = Books::open(std::move(store));
  ACCRUE_TRY(period, single_period(command.period, books.state()));
  ACCRUE_TRY_DONE(require_open(period, books.state()));
  ACCRUE_TRY(standing, books.exceptions(period));
  ACCRUE_TRY(derivation, books.derive(period));
  const std::vector<Tie> ties = ties_when_posted(books.state(), derivation);
  Report report = list_of(books, "period-check", "Close checklist of " + period.to_string());
  report.period = PeriodRange{period, period};
  for (const Tie& tie : ties) {
    const bool holds = tie.difference().is_zero();
    report.rows.push_back({tie.name, std::string{holds ? "holds" : "broken"},
                           holds ? Cell{} : Cell{tie.left.to_string() + " against " +
                                                 tie.right.to_string()},
                           make_ref({"tie", period.to_string(), tie.name})});
  }
  add_exceptions(report, period, standing);
  add_provider_periods(report, period, books.state());
  add_weight(report, books.state(), derivation.target.cells, period);
  const bool is_ready = standing.empty() && broken(ties).empty();
  const std::optional<Period> first = first_open_period(books.state());
  const bool is_next = !first || *first >= period;
  report.notes.push_back(period.to_string() + (is_ready ? " is ready to close" : " is not ready"));
  if (!is_next) report.notes.push_back("the first open period is " + first->to_string());
  ACCRUE_TRY_DONE(put_report(context, report));
  if (!is_ready) {
    return exceptions_stand(period, standing,
                            period.to_string() + " is not ready to close: " +
                                std::to_string(standing.size()) + " exception(s) stand");
  }
  context.say_next("close " + period.to_string() + (is_next ? "" : " --through"));
  return ExitStatus::done;
}

}  // namespace accrue

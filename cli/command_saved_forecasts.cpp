#include "cli/command_saved_forecasts.h"

#include "accounting/posting/saved_forecasts.h"
#include "accounting/report/ref.h"
#include "accounting/report/saved_forecasts.h"
#include "accounting/scenario/walk/forecast.h"
#include "accounting/scenario/walk/saved_forecast.h"
#include "accounting/scenario/walk/starting_book.h"
#include "cli/output.h"
#include "cli/scenario_file.h"
#include "cli/summary.h"
#include "cli/terminal.h"
#include "ledger/proof/merkle.h"

namespace accrue {

namespace {

/// Before anything is walked. Errors: usage (no name), duplicate_id.
Result<Done> require_new_name(const BookState& state, const std::string& name) {
  if (name.empty()) {
    return Error{.code = ErrorCode::usage,
                 .message = "a saved forecast needs a name",
                 .hint = "for instance: accrue scenario save plan-2025 plan.toml"};
  }
  if (!saved_forecast(state, name).ok()) return Done{};
  // What the book itself says of it.
  BookState after = state;
  ForecastSaved wanted;
  wanted.name = name;
  return add_fact(after, wanted, state.record_count + 1);
}

/// Errors: those of starting_book and of walk.
Result<ForecastSaved> walked(const Context& context, const Books& books, const std::string& name,
                             const Scenario& scenario) {
  ACCRUE_TRY(start, starting_book(books.store(), scenario.start));
  ProgressLine progress{"walking the scenario", context.options().loudness};
  ACCRUE_TRY(forecast, walk(scenario, start, Shocks{}, [&](int done, int all) {
               progress.show(done, all);
             }));
  return to_be_saved(name, scenario, forecast);
}

/// What was kept, in sums.
Report save_summary(const Books& books, const ForecastSaved& fact, const Recorded& recorded) {
  Report report = start_summary(books, "scenario-save", "Saved forecast " + fact.name);
  report.columns = {{"forecast", ColumnKind::text},     {"file", ColumnKind::text},
                    {"first_month", ColumnKind::text},  {"last_month", ColumnKind::text},
                    {"start_records", ColumnKind::count}, {"file_digest", ColumnKind::text, 5},
                    {"rows", ColumnKind::count},        {"usage_revenue", ColumnKind::figure},
                    {"breakage_revenue", ColumnKind::figure}, {"ref", ColumnKind::text, 9}};
  std::int64_t usage = 0;
  std::int64_t breakage = 0;
  for (const ForecastRow& row : fact.rows) {
    usage += row.usage_revenue;
    breakage += row.breakage_revenue;
  }
  report.rows.push_back({fact.name, fact.file, fact.months.first.to_string(),
                         fact.months.last.to_string(), fact.start_records, to_hex(fact.sha256),
                         static_cast<std::int64_t>(fact.rows.size()),
                         money(books.state(), usage), money(books.state(), breakage),
                         make_ref({"record", std::to_string(recorded.record)})});
  report.notes = {"assumed, not booked: it posts nothing and never changes"};
  return report;
}

}  // namespace

Result<ExitStatus> run(const Context& context, const ScenarioSaveCommand& command) {
  ACCRUE_TRY(scenario, read_scenario(command.file));
  ACCRUE_TRY(books, context.open_to_write());
  ACCRUE_TRY_DONE(require_new_name(books.state(), command.name));
  ACCRUE_TRY(fact, walked(context, books, command.name, scenario));
  ACCRUE_TRY(stamp, context.stamp(books.state().last_recorded_at));
  ACCRUE_TRY(recorded, books.record(fact, stamp, context.options().mode));
  ACCRUE_TRY_DONE(put_report(context, save_summary(books, fact, recorded)));
  say_recorded(context, recorded);
  context.say_next(context.options().mode == RunMode::write
                       ? "scenario show " + command.name
                       : "scenario save " + command.name + " " + command.file);
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const ScenarioListCommand&) {
  ACCRUE_TRY(opened, context.open_view());
  ACCRUE_TRY_DONE(put_report(context, saved_forecast_list(opened.view)));
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const ScenarioShowCommand& command) {
  ACCRUE_TRY(opened, context.open_view());
  ACCRUE_TRY(held, saved_forecast(opened.view.state, command.name));
  if (command.what == ShowForecast::file) {
    ACCRUE_TRY_DONE(put_page(context, held->fact.text));
  } else {
    ACCRUE_TRY_DONE(put_report(context, saved_forecast_report(opened.view, *held)));
  }
  return ExitStatus::done;
}

}  // namespace accrue

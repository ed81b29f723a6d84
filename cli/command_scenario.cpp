#include "cli/command_scenario.h"

#include <utility>

#include "accounting/report/frame.h"
#include "accounting/report/ref.h"
#include "accounting/scenario/questions/scenario_parts_report.h"
#include "accounting/scenario/walk/forecast_reports.h"
#include "cli/assumed_usage.h"
#include "cli/files.h"
#include "cli/library_versions.h"
#include "cli/output.h"
#include "cli/report_pack.h"
#include "cli/scenario_file.h"
#include "cli/scenario_walks.h"

namespace accrue {

namespace {

Result<Forecast> walk_shown(const Context& context, const OpenedScenario& opened) {
  ProgressLine progress{"walking the months", context.options().loudness};
  return walk(opened.scenario, *opened.start, {},
              [&](int done, int all) { progress.show(done, all); });
}

/// All that a scenario comes to: its own reports, then those of the book it was walked in.
Result<Document> everything(const Context& context, const ScenarioRunCommand& command,
                            const OpenedScenario& opened, const Forecast& forecast) {
  const Scenario& scenario = opened.scenario;
  std::vector<Report> reports{forecast_report(scenario, forecast),
                              forecast_grants_report(scenario, forecast)};
  if (!forecast.growth.empty()) {
    ACCRUE_TRY(growth, forecast_growth_report(scenario, forecast));
    reports.push_back(std::move(growth));
  }
  ACCRUE_TRY(range, range_of(command.period, forecast.months,
                             forecast.books.state()));
  const OpenedView walked = view_of(forecast);
  ACCRUE_TRY(packed, packed_reports(walked, {.period = to_text(range), .options = command.options},
                                    OriginView::as_reported));
  std::vector<Report> unmarked;
  for (const PackedReport& item : packed) unmarked.push_back(item.report);
  Document document{.title = "Scenario " + scenario.name + ", not booked",
                    .reports = std::move(reports),
                    .explanations = {},
                    .filters = context.options().filters,
                    .program = this_program()};
  if (context.options().format == Format::html) {
    for (auto& [ref, steps] : explanations_of(walked, unmarked)) {
      document.explanations.emplace(assumed_ref(scenario, ref), std::move(steps));
    }
  }
  for (Report& report : unmarked) {
    mark_assumed(report, scenario, forecast);
    document.reports.push_back(std::move(report));
  }
  return document;
}

Result<Report> shown(const ScenarioRunCommand& command,
                     const OpenedScenario& opened, const Forecast& forecast) {
  const Scenario& scenario = opened.scenario;
  switch (command.view) {
    case ScenarioView::months: return forecast_report(scenario, forecast);
    case ScenarioView::grants: return forecast_grants_report(scenario, forecast);
    case ScenarioView::growth: return forecast_growth_report(scenario, forecast);
    case ScenarioView::report: break;
  }
  ACCRUE_TRY(range, range_of(command.period, forecast.months,
                             forecast.books.state()));
  const OpenedView walked = view_of(forecast);
  ACCRUE_TRY(report, make_report(walked.store, walked.view, command.kind, range,
                                 OriginView::as_reported, command.options));
  mark_assumed(report, scenario, forecast);
  return report;
}

bool is_document(const Context& context) {
  return context.options().format == Format::xlsx || context.options().format == Format::html;
}

}  // namespace

Result<ExitStatus> run(const Context& context, const ScenarioCheckCommand& command) {
  ACCRUE_TRY(scenario, read_scenario(command.path));
  ACCRUE_TRY_DONE(put_report(context, scenario_parts_report(scenario)));
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const ScenarioRunCommand& command) {
  ACCRUE_TRY(opened, open_scenario(context, command.path));
  ACCRUE_TRY(forecast, walk_shown(context, opened));
  if (command.usage_path) {
    ACCRUE_TRY_DONE(write_file(*command.usage_path, assumed_usage_csv(forecast)));
  }
  if (is_document(context) && command.view == ScenarioView::months) {
    ACCRUE_TRY(document, everything(context, command, opened, forecast));
    ACCRUE_TRY_DONE(put_document(context, document));
    return ExitStatus::done;
  }
  ACCRUE_TRY(report, shown(command, opened, forecast));
  ACCRUE_TRY_DONE(put_report(context, report));
  return ExitStatus::done;
}

}  // namespace accrue

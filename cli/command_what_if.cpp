// Questions that take more than one walk of a scenario.

#include <utility>

#include "accounting/scenario/questions/backtest.h"
#include "accounting/scenario/questions/comparison.h"
#include "accounting/scenario/questions/goal_seek.h"
#include "accounting/scenario/questions/grid.h"
#include "accounting/scenario/questions/sensitivity.h"
#include "cli/command_scenario.h"
#include "cli/output.h"
#include "cli/scenario_walks.h"

namespace accrue {

namespace {

/// How far the walks have come, on a terminal.
class WalksShown {
 public:
  explicit WalksShown(const Context& context)
      : progress_{"walking scenarios", context.options().loudness} {}

  WalkProgress told() {
    return [this](int done, int all) { progress_.show(done, all); };
  }

 private:
  ProgressLine progress_;
};

/// The figure asked for, its period in words of the book, and the first month of the forecast.
struct Asked {
  OutcomeTarget target;
  Period first;
};

/// The months of a forecast are known once it has been walked.
Result<Asked> asked(const OpenedScenario& opened, const OutcomeWords& words) {
  ACCRUE_TRY(forecast, walk(opened.scenario, *opened.start, {}));
  ACCRUE_TRY(range, range_of(words.period, forecast.months, forecast.books.state()));
  return Asked{{words.figure, words.investee, range, words.segment, words.basis},
               forecast.months.first};
}

}  // namespace

Result<ExitStatus> run(const Context& context, const ScenarioCompareCommand& command) {
  ACCRUE_TRY(opened, open_scenarios(context, command.paths));
  std::vector<Scenario> scenarios;
  for (const OpenedScenario& item : opened) scenarios.push_back(item.scenario);
  WalksShown shown{context};
  ACCRUE_TRY(comparison, compare(scenarios, walk_of(opened), shown.told()));
  std::vector<Report> reports{std::move(comparison.side_by_side), std::move(comparison.bridge)};
  if (command.view == ComparisonView::bridge) std::swap(reports[0], reports[1]);
  ACCRUE_TRY_DONE(put_reports(context, "Scenarios side by side, not booked", reports));
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const ScenarioSensitivityCommand& command) {
  ACCRUE_TRY(opened, open_scenarios(context, {command.path}));
  const Scenario& scenario = opened.front().scenario;
  ACCRUE_TRY(question, asked(opened.front(), command.outcome));
  std::vector<VariedRange> ranges = command.ranges;
  if (ranges.empty()) {
    const Books books = opened.front().start->fork();
    ranges = usual_ranges(scenario, books.state(), question.first);
  }
  WalksShown shown{context};
  ACCRUE_TRY(report, sensitivity_report(scenario, ranges, question.target, walk_of(opened),
                                        shown.told()));
  ACCRUE_TRY_DONE(put_report(context, report));
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const ScenarioSolveCommand& command) {
  ACCRUE_TRY(opened, open_scenarios(context, {command.path}));
  ACCRUE_TRY(question, asked(opened.front(), command.outcome));
  const GoalSeekQuestion sought{.key = command.range.key,
                                .low = command.range.low,
                                .high = command.range.high,
                                .outcome = question.target,
                                .target = command.target};
  WalksShown shown{context};
  ACCRUE_TRY(report, goal_seek_report(opened.front().scenario, sought, walk_of(opened),
                                      shown.told()));
  ACCRUE_TRY_DONE(put_report(context, report));
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const ScenarioGridCommand& command) {
  ACCRUE_TRY(opened, open_scenarios(context, {command.path}));
  WalksShown shown{context};
  ACCRUE_TRY(report, grid_report(opened.front().scenario, command.steps, walk_of(opened),
                                 shown.told()));
  ACCRUE_TRY_DONE(put_report(context, report));
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const ScenarioBacktestCommand& command) {
  ACCRUE_TRY(opened, context.open_view());
  ACCRUE_TRY(report, backtest_report(opened.store, opened.view, command.options));
  ACCRUE_TRY_DONE(put_report(context, report));
  return ExitStatus::done;
}

}  // namespace accrue

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "accounting/report/make_report.h"
#include "accounting/scenario/questions/backtest.h"
#include "accounting/scenario/questions/goal_seek.h"
#include "accounting/scenario/questions/grid.h"
#include "accounting/scenario/questions/sensitivity.h"
#include "accounting/scenario/walk/outcome.h"

// What the words of a modeler's command line ask for.

namespace accrue {

struct ScenarioCheckCommand {
  std::string path = {};
};

/// What a run is asked to show: its months, what becomes of grants, growth, or a report of the
/// book with the assumed facts in it.
enum class ScenarioView { months, grants, growth, report };
struct ScenarioRunCommand {
  std::string path = {};
  ScenarioView view = ScenarioView::months;
  ReportKind kind = ReportKind::period;     ///< for a report of the book
  std::optional<std::string> period = {};   ///< left out: the months of the forecast
  ReportOptions options = {};
  std::optional<std::string> usage_path = {};  ///< where assumed usage is written as FOCUS
};

enum class ComparisonView { months, bridge };
/// The first scenario is what the others are compared with.
struct ScenarioCompareCommand {
  std::vector<std::string> paths = {};
  ComparisonView view = ComparisonView::months;
};

/// A figure of a forecast, its period still in words.
struct OutcomeWords {
  ForecastFigure figure = ForecastFigure::revenue;
  std::optional<std::string> investee = {};
  std::optional<std::string> period = {};  ///< left out: the months of the forecast
  std::optional<std::string> segment = {};
  std::optional<std::string> basis = {};
};
struct ScenarioSensitivityCommand {
  std::string path = {};
  OutcomeWords outcome = {};
  std::vector<VariedRange> ranges = {};  ///< none: the usual ones
};
struct ScenarioSolveCommand {
  std::string path = {};
  OutcomeWords outcome = {};
  VariedRange range = {};
  Decimal target = {};
};
struct ScenarioGridCommand {
  std::string path = {};
  std::vector<VariedSteps> steps = {};
};
struct ScenarioBacktestCommand {
  BacktestOptions options = {};
};

enum class MonteCarloView { percentiles, events };
struct ScenarioMonteCarloCommand {
  std::string path = {};
  std::uint32_t path_count = 0;
  std::uint64_t seed = 0;
  std::optional<unsigned> thread_count = {};
  std::vector<int> percentiles = {};
  std::optional<std::uint32_t> one_path = {};  ///< walked exactly, beside what the simulation says
  MonteCarloView view = MonteCarloView::percentiles;
};

}  // namespace accrue

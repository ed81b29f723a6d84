#include <limits>

#include "cli/read_words.h"
#include "ledger/number/decimal.h"

namespace accrue {

namespace {

constexpr std::int64_t most_paths = 10'000'000;
constexpr std::int64_t most_threads = 1'024;

Result<ForecastFigure> read_figure(const ParsedLine& line) {
  const std::string text = line.text("--figure").value_or("revenue");
  const std::optional<ForecastFigure> figure = forecast_figure_named(text);
  if (figure) return *figure;
  return usage("--figure does not take '" + text + "'",
               "it takes revenue, credit_revenue, cash_revenue, breakage, liability, left, growth, "
               "growth_without_investees or run_out");
}

Result<OutcomeWords> read_outcome(const ParsedLine& line) {
  ACCRUE_TRY(figure, read_figure(line));
  return OutcomeWords{figure, line.text("--investee"), line.text("--period"),
                      line.text("--segment"), line.text("--basis")};
}

Error bad_range(const std::string& text) {
  return usage("--vary takes KEY=LOW..HIGH, not '" + text + "'",
               "for instance: --vary volume:Lunar=80..120");
}

Result<VariedRange> read_range(const std::string& text) {
  const std::size_t equals = text.rfind('=');
  const std::size_t dots = text.find("..", equals == std::string::npos ? 0 : equals);
  if (equals == std::string::npos || dots == std::string::npos) return bad_range(text);
  ACCRUE_TRY(key, parse_varied_key(text.substr(0, equals)));
  const Result<Decimal> low = Decimal::parse(text.substr(equals + 1, dots - equals - 1));
  const Result<Decimal> high = Decimal::parse(text.substr(dots + 2));
  if (!low.ok() || !high.ok() || !(*low < *high)) return bad_range(text);
  return VariedRange{key, *low, *high};
}

Result<Command> read_run(const ParsedLine& line) {
  ScenarioRunCommand command{.path = *line.text("FILE"), .period = line.text("PERIOD")};
  ACCRUE_TRY(options, read_report_options(line));
  command.options = options;
  command.usage_path = line.text("--usage");
  const std::string name = line.text("--report").value_or("months");
  if (name == "grants") {
    command.view = ScenarioView::grants;
  } else if (name == "growth") {
    // The range of growth is that of each span of the segment's revenue.
    command.view = command.period ? ScenarioView::report : ScenarioView::growth;
    command.kind = ReportKind::growth;
  } else if (name != "months") {
    const std::optional<ReportKind> kind = report_kind_named(name);
    if (!kind) {
      return usage("--report does not take '" + name + "'",
                   "it takes months, grants, growth, or the name of a report: see accrue help");
    }
    command.view = ScenarioView::report;
    command.kind = *kind;
  }
  if (command.period && command.view != ScenarioView::report &&
      !line.text("--output")) {
    return usage("a period belongs to a report of the book",
                 "name it, for instance: --report rollforward");
  }
  return Command{std::move(command)};
}

Result<Command> read_compare(const ParsedLine& line) {
  ScenarioCompareCommand command{
      line.texts("FILE"), line.has("--bridge") ? ComparisonView::bridge : ComparisonView::months};
  if (command.paths.size() < 2) {
    return usage("'accrue scenario compare' takes two scenarios or more",
                 "for instance: accrue scenario compare base.toml slow.toml");
  }
  return Command{std::move(command)};
}

Result<Command> read_sensitivity(const ParsedLine& line) {
  ScenarioSensitivityCommand command{.path = *line.text("FILE")};
  ACCRUE_TRY(outcome, read_outcome(line));
  command.outcome = outcome;
  for (const std::string& text : line.texts("--vary")) {
    ACCRUE_TRY(range, read_range(text));
    command.ranges.push_back(range);
  }
  return Command{std::move(command)};
}

Result<Command> read_solve(const ParsedLine& line) {
  ScenarioSolveCommand command{.path = *line.text("FILE")};
  ACCRUE_TRY(outcome, read_outcome(line));
  command.outcome = outcome;
  const std::optional<std::string> vary = line.text("--vary");
  const std::optional<std::string> to = line.text("--to");
  if (!vary || !to) {
    return usage("'accrue scenario solve' needs --vary and --to",
                 "for instance: --vary volume=10..300 --figure growth --period 2024-Q4 --to 10");
  }
  ACCRUE_TRY(range, read_range(*vary));
  command.range = range;
  const Result<Decimal> target = Decimal::parse(*to);
  if (!target.ok()) return usage("--to takes a number, not '" + *to + "'", "for instance: --to 10");
  command.target = *target;
  return Command{std::move(command)};
}

Result<Command> read_grid(const ParsedLine& line) {
  ScenarioGridCommand command{.path = *line.text("FILE")};
  for (const std::string& text : line.texts("--vary")) {
    ACCRUE_TRY(steps, parse_varied_steps(text));
    command.steps.push_back(steps);
  }
  return Command{std::move(command)};
}

/// None: those that the form of the answer usually has.
Result<std::vector<int>> read_percentiles(const ParsedLine& line) {
  std::vector<int> percentiles;
  if (!line.has("--percentiles")) return percentiles;
  const std::string text = *line.text("--percentiles");
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    ACCRUE_TRY(percent, read_count("--percentiles", text.substr(begin, end - begin), 99));
    const int value = static_cast<int>(percent);
    if (!percentiles.empty() && value <= percentiles.back()) {
      return usage("--percentiles takes ascending numbers, not '" + text + "'",
                   "for instance: --percentiles 10,50,90");
    }
    percentiles.push_back(value);
    begin = end + 1;
  }
  return percentiles;
}

Result<Command> read_montecarlo(const ParsedLine& line) {
  ScenarioMonteCarloCommand command{.path = *line.text("FILE")};
  ACCRUE_TRY(paths, read_count("--paths", line.text("--paths").value_or("10000"), most_paths));
  command.path_count = static_cast<std::uint32_t>(paths);
  ACCRUE_TRY(seed, read_count("--seed", line.text("--seed").value_or("1"),
                              std::numeric_limits<std::int64_t>::max()));
  command.seed = static_cast<std::uint64_t>(seed);
  if (const std::optional<std::string> text = line.text("--threads")) {
    ACCRUE_TRY(threads, read_count("--threads", *text, most_threads));
    command.thread_count = static_cast<unsigned>(threads);
  }
  ACCRUE_TRY(percentiles, read_percentiles(line));
  command.percentiles = percentiles;
  if (const std::optional<std::string> text = line.text("--path")) {
    ACCRUE_TRY(path, read_count("--path", *text, most_paths));
    command.one_path = static_cast<std::uint32_t>(path);
  }
  if (line.has("--events")) command.view = MonteCarloView::events;
  return Command{std::move(command)};
}

Result<Command> read_backtest(const ParsedLine& line) {
  constexpr std::int64_t most_closes = 100'000;
  ScenarioBacktestCommand command;
  command.options.investee = line.text("--investee");
  if (const std::optional<std::string> text = line.text("--first-close")) {
    ACCRUE_TRY(first, read_count("--first-close", *text, most_closes));
    command.options.first_close = static_cast<int>(first);
  }
  if (line.has("--months")) command.options.view = BacktestView::months;
  return Command{std::move(command)};
}

const CommandReader readers[] = {
    {"scenario check",
     [](Words l) -> Result<Command> { return Command{ScenarioCheckCommand{*l.text("FILE")}}; }},
    {"scenario run", read_run},
    {"scenario compare", read_compare},
    {"scenario sensitivity", read_sensitivity},
    {"scenario montecarlo", read_montecarlo},
    {"scenario solve", read_solve},
    {"scenario grid", read_grid},
    {"scenario backtest", read_backtest},
};

}  // namespace

std::span<const CommandReader> scenario_readers() { return readers; }

}  // namespace accrue

#include <string>
#include <utility>

#include "accounting/report/frame.h"
#include "accounting/report/ref.h"
#include "accounting/scenario/questions/goal_seek.h"

namespace accrue {

namespace {

std::string words_of(Course course) {
  switch (course) {
    case Course::rises: return "rises throughout";
    case Course::falls: return "falls throughout";
    case Course::stays: return "stays the same";
    case Course::turns: return "goes both ways";
  }
  return "";
}

class Solution {
 public:
  Solution(const GoalSeekQuestion& question, const GoalSeekAnswer& answer, const Forecast& base,
           std::optional<Decimal> base_figure)
      : question_{question},
        answer_{answer},
        base_{base},
        base_figure_{std::move(base_figure)} {}

  Report build(const Scenario& scenario) const {
    Report report = start_scenario_report(
        base_, "scenario-solution",
        to_string(question_.key) + " for which " + to_string(question_.outcome) + " is " +
            question_.target.to_string());
    report.columns = {{"point", ColumnKind::key},
                      {"number", ColumnKind::key},
                      {"value", ColumnKind::figure},
                      {"value_to", ColumnKind::figure},
                      {"figure", ColumnKind::figure},
                      {"difference", ColumnKind::figure},
                      {"beside_value", ColumnKind::figure, 2},
                      {"beside_figure", ColumnKind::figure, 2},
                      {"reached", ColumnKind::text},
                      {"ref", ColumnKind::text, 9}};
    report.rows = {row("low", {}, answer_.looked_at.front()),
                   row("high", {}, answer_.looked_at.back()),
                   row("scenario", {}, {std::nullopt, base_figure_})};
    if (answer_.solutions.empty()) report.rows.push_back(row("nearest", {}, answer_.nearest));
    for (std::size_t i = 0; i < answer_.solutions.size(); ++i) {
      report.rows.push_back(row(answer_.solutions[i], static_cast<std::int64_t>(i + 1)));
    }
    sort_rows(report);
    const std::size_t count = answer_.solutions.size();
    report.totals = {{"answer", count == 0 ? "none" : count == 1 ? "one" : "more than one"},
                     {"solutions", static_cast<std::int64_t>(count)},
                     {"target", figure(question_.target)},
                     {"course", words_of(answer_.course)}};
    mark_assumed(report, scenario, base_);
    add_notes(report);
    return report;
  }

 private:
  struct Shown {
    Shown(std::optional<Decimal> at, std::optional<Decimal> is)
        : value{std::move(at)}, figure{std::move(is)} {}
    Shown(const SeenPoint& point) : value{point.value}, figure{point.figure} {}
    std::optional<Decimal> value;
    std::optional<Decimal> figure;
  };

  Cell figure(const std::optional<Decimal>& value) const {
    return outcome_cell(question_.outcome.figure, value, base_);
  }

  Cell value(const std::optional<Decimal>& of_key) const {
    if (!of_key) return {};
    const bool is_whole = question_.key.of == VariedKey::Of::delay;
    const bool is_rate = question_.key.of == VariedKey::Of::rate;
    return Figure{*of_key, is_whole ? 0 : is_rate ? 4 : 2, Measure::number};
  }

  std::string ref(const std::string& point, const Cell& number) const {
    const auto* const count = std::get_if<std::int64_t>(&number);
    return make_ref({"scenario-solution", to_text(base_.months), to_string(question_.key), point,
                     count == nullptr ? "" : std::to_string(*count)});
  }

  std::vector<Cell> row(const std::string& point, const Cell& number, const Shown& at) const {
    std::optional<Decimal> difference;
    if (at.figure) difference = *at.figure - question_.target;
    const bool is_met = difference && difference->is_zero();
    return {point, number, value(at.value), {}, figure(at.figure), figure(difference), {}, {},
            is_met ? "met" : "no", ref(point, number)};
  }

  std::vector<Cell> row(const GoalSolution& solution, std::int64_t number) const {
    std::vector<Cell> cells = row("solution", number, solution.from);
    cells[3] = value(solution.to.value);
    if (solution.beside) {
      cells[6] = value(solution.beside->value);
      cells[7] = figure(solution.beside->figure);
    }
    if (solution.kind == GoalSolution::Kind::passed) cells[8] = "passed";
    return cells;
  }

  void add_notes(Report& report) const {
    const std::string key = to_string(question_.key);
    const std::string count = std::to_string(answer_.looked_at.size());
    report.notes.push_back("every figure is of a whole walk of the scenario through the books' own "
                           "engine; " + key + " moves in steps of " +
                           step_of(question_.key).to_string());
    report.notes.push_back("at " + count + " values from " + question_.low.to_string() + " to " +
                           question_.high.to_string() + " the figure " + words_of(answer_.course));
    if (answer_.solutions.empty()) {
      report.notes.push_back("none: at no value looked at is the target met or passed; the nearest "
                             "is shown");
    }
    if (answer_.solutions.size() > 1) {
      report.notes.push_back("more than one value meets the target: each is shown");
    }
    report.notes.push_back("between two of the " + count + " values on the same side of the target "
                           "it can be met twice without being seen");
    for (const GoalSolution& solution : answer_.solutions) {
      if (solution.kind == GoalSolution::Kind::met) continue;
      report.notes.push_back("passed: the target lies between value and beside_value, which are one "
                             "step apart; value is the nearer");
      break;
    }
    if (question_.outcome.figure == ForecastFigure::run_out) {
      report.notes.push_back("no figure: credits do not run out within the forecast, which counts as "
                             "later than any month of it");
    }
  }

  const GoalSeekQuestion& question_;
  const GoalSeekAnswer& answer_;
  const Forecast& base_;
  std::optional<Decimal> base_figure_;
};

}  // namespace

Result<Report> goal_seek_report(const Scenario& scenario, const GoalSeekQuestion& question,
                                const Walk& walk, const WalkProgress& progress) {
  ACCRUE_TRY(base, walk(scenario, {}));
  ACCRUE_TRY(base_figure, figure_of(base, question.outcome));
  ACCRUE_TRY(answer,
             seek({scenario, {}}, question, outcome_of(walk, question.outcome), progress));
  return Solution{question, answer, base, base_figure}.build(scenario);
}

}  // namespace accrue

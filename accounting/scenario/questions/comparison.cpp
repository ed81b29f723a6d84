#include "accounting/scenario/questions/comparison.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "accounting/report/frame.h"
#include "accounting/report/ref.h"
#include "accounting/scenario/questions/month_cells.h"
#include "accounting/scenario/questions/scenario_part.h"

namespace accrue {

namespace {

constexpr const char* total_name = "total";

/// Minor units by month.
using Revenue = std::map<Period, std::int64_t>;

Revenue revenue_of(const Forecast& forecast) {
  Revenue revenue;
  for (const ForecastMonth& month : forecast.by_month) revenue[month.period] = month.revenue();
  return revenue;
}

/// What lies between two scenarios, by cause and month. The last cause is all the rest.
constexpr std::size_t cause_count = all_scenario_parts.size() + 1;
using Causes = std::array<Revenue, cause_count>;

/// From the first scenario to another, one part after the other.
class Steps {
 public:
  Steps(const Scenario& first, const Revenue& from, const Scenario& other, const Revenue& to,
        const Walk& walk)
      : hybrid_{first}, from_{from}, other_{other}, to_{to}, walk_{walk}, here_{from} {}

  Causes take(const std::function<void()>& done) {
    for (std::size_t i = 0; i < all_scenario_parts.size(); ++i) {
      const ScenarioPart part = all_scenario_parts[i];
      const bool is_said = has_part(part, hybrid_) || has_part(part, other_);
      hybrid_ = with_part(part, std::move(hybrid_), other_);
      if (is_said) walk_to(i);
      done();
    }
    arrive(all_scenario_parts.size(), to_);
    return std::move(causes_);
  }

  const std::vector<std::string>& notes() const { return notes_; }

 private:
  void walk_to(std::size_t cause) {
    const Result<Forecast> forecast = walk_(hybrid_, {});
    if (forecast.ok()) return arrive(cause, revenue_of(*forecast));
    notes_.push_back(hybrid_.name + " cannot take over the " +
                     to_string(all_scenario_parts[cause]) + " of " + other_.name +
                     " alone, so it is counted with the next cause: " + forecast.error().message);
  }

  void arrive(std::size_t cause, const Revenue& there) {
    for (const auto& [period, revenue] : from_) {
      if (!to_.contains(period)) continue;
      const auto found = there.find(period);
      // Another start may move the months: what is not walked to stays where it was.
      const std::int64_t now = found == there.end() ? here_.at(period) : found->second;
      causes_[cause][period] = now - here_.at(period);
      here_[period] = now;
    }
  }

  Scenario hybrid_;
  const Revenue& from_;
  const Scenario& other_;
  const Revenue& to_;
  const Walk& walk_;
  Revenue here_;
  Causes causes_;
  std::vector<std::string> notes_;
};

class Comparison {
 public:
  Comparison(const std::vector<Scenario>& scenarios, const Walk& walk,
             const WalkProgress& progress)
      : scenarios_{scenarios}, walk_{walk}, progress_{progress} {}

  Result<ScenarioComparison> build() {
    for (const Scenario& scenario : scenarios_) {
      ACCRUE_TRY(forecast, walk_(scenario, {}));
      revenues_.push_back(revenue_of(forecast));
      forecasts_.push_back(std::move(forecast));
      step_is_done();
    }
    Report side_by_side = compare_months();
    Report bridge = build_bridge();
    return ScenarioComparison{std::move(side_by_side), std::move(bridge)};
  }

 private:
  const BookState& state() const { return forecasts_.front().books.state(); }
  Figure money(std::int64_t minor_units) const { return money_figure(state(), minor_units); }

  void step_is_done() {
    const std::size_t others = scenarios_.size() - 1;
    const std::size_t all = scenarios_.size() + others * all_scenario_parts.size();
    ++done_;
    if (progress_) progress_(done_, static_cast<int>(all));
  }

  Report start(const char* name, std::string title) const {
    Report report = start_scenario_report(forecasts_.front(), name, "");
    // The last to be marked stands first.
    for (std::size_t i = scenarios_.size(); i-- > 0;) {
      mark_assumed(report, scenarios_[i], forecasts_[i]);
    }
    report.title = "Scenarios, not booked: " + std::move(title);
    return report;
  }

  Report compare_months() const {
    Report report = start("scenario-comparison", "revenue against " + scenarios_.front().name);
    report.columns = {{"scenario", ColumnKind::key}, {"period", ColumnKind::key}};
    for (const Column& column : month_columns()) report.columns.push_back(column);
    report.columns.push_back({"difference", ColumnKind::figure});
    report.columns.push_back({"ref", ColumnKind::text, 9});
    for (std::size_t i = 0; i < scenarios_.size(); ++i) add_months(report, i);
    sort_rows(report);
    report.row_sums = {month_sum()};
    report.notes.push_back("difference: revenue less that of " + scenarios_.front().name +
                           ", in months that both have");
    return report;
  }

  void add_months(Report& report, std::size_t number) const {
    ForecastMonth sum{};
    std::int64_t differences = 0;
    for (const ForecastMonth& month : forecasts_[number].by_month) {
      sum.credit_revenue += month.credit_revenue;
      sum.cash_revenue += month.cash_revenue;
      sum.breakage += month.breakage;
      const auto first = revenues_.front().find(month.period);
      Cell difference;
      if (first != revenues_.front().end()) {
        difference = money(month.revenue() - first->second);
        differences += month.revenue() - first->second;
      }
      add_row(report, scenarios_[number], month.period.to_string(),
              month_cells(month, forecasts_[number]), std::move(difference));
    }
    std::vector<Cell> cells = month_cells(sum, forecasts_[number]);
    // What is left at the end of a month has no sum.
    cells[cells.size() - 2] = Cell{};
    cells[cells.size() - 1] = Cell{};
    add_row(report, scenarios_[number], total_name, std::move(cells), money(differences));
  }

  static std::string row_ref(const Report& report, const Scenario& scenario,
                             const std::string& period) {
    return assumed_ref(scenario, make_ref({report.name, scenario.name, period}));
  }

  static void add_row(Report& report, const Scenario& scenario, const std::string& period,
                      std::vector<Cell> cells, Cell difference) {
    std::vector<Cell> row{scenario.name, period};
    for (Cell& cell : cells) row.push_back(std::move(cell));
    row.push_back(std::move(difference));
    row.emplace_back(row_ref(report, scenario, period));
    report.rows.push_back(std::move(row));
  }

  Report build_bridge() {
    Report report = start("scenario-bridge", "from the revenue of " + scenarios_.front().name);
    report.columns = {{"scenario", ColumnKind::key}, {"period", ColumnKind::key},
                      {"first", ColumnKind::figure}};
    RowSum difference{"difference", {}};
    for (const ScenarioPart part : all_scenario_parts) difference.of.emplace_back(to_string(part));
    difference.of.emplace_back("other");
    for (const std::string& cause : difference.of) {
      report.columns.push_back({cause, ColumnKind::figure});
    }
    report.columns.push_back({"difference", ColumnKind::figure});
    report.columns.push_back({"revenue", ColumnKind::figure});
    report.columns.push_back({"ref", ColumnKind::text, 9});
    report.row_sums = {std::move(difference), {"revenue", {"first", "difference"}}};
    for (std::size_t i = 1; i < scenarios_.size(); ++i) add_bridge(report, i);
    sort_rows(report);
    report.checks = {{"the causes are the difference", money(unexplained_)}};
    report.notes.emplace_back(
        "the first scenario takes over the parts of the other one after the other, in this order: "
        "price (price changes, unit prices), volume (drawdowns, capacity, deals that may be "
        "signed), timing (tranches), breakage (estimates), other (all the rest); each step is a "
        "whole walk, and in another order the causes are others");
    return report;
  }

  void add_bridge(Report& report, std::size_t number) {
    const Revenue& from = revenues_.front();
    const Revenue& to = revenues_[number];
    Steps steps{scenarios_.front(), from, scenarios_[number], to, walk_};
    const Causes causes = steps.take([this] { step_is_done(); });
    report.notes.insert(report.notes.end(), steps.notes().begin(), steps.notes().end());
    std::array<std::int64_t, cause_count> sums{};
    std::int64_t first = 0;
    std::int64_t last = 0;
    for (const auto& [period, revenue] : from) {
      if (!to.contains(period)) continue;
      std::array<std::int64_t, cause_count> amounts{};
      for (std::size_t i = 0; i < cause_count; ++i) {
        const auto found = causes[i].find(period);
        amounts[i] = found == causes[i].end() ? 0 : found->second;
        sums[i] += amounts[i];
      }
      add_bridge_row(report, number, period.to_string(), {revenue, to.at(period)}, amounts);
      first += revenue;
      last += to.at(period);
    }
    add_bridge_row(report, number, total_name, {first, last}, sums);
  }

  void add_bridge_row(Report& report, std::size_t number, const std::string& period,
                      std::pair<std::int64_t, std::int64_t> revenue,
                      const std::array<std::int64_t, cause_count>& amounts) {
    const Scenario& scenario = scenarios_[number];
    std::vector<Cell> row{scenario.name, period, money(revenue.first)};
    std::int64_t explained = 0;
    for (const std::int64_t amount : amounts) {
      row.emplace_back(money(amount));
      explained += amount;
    }
    const std::int64_t difference = revenue.second - revenue.first;
    unexplained_ += std::max(explained - difference, difference - explained);
    row.emplace_back(money(difference));
    row.emplace_back(money(revenue.second));
    row.emplace_back(row_ref(report, scenario, period));
    report.rows.push_back(std::move(row));
  }

  const std::vector<Scenario>& scenarios_;
  const Walk& walk_;
  const WalkProgress& progress_;
  std::vector<Forecast> forecasts_;
  std::vector<Revenue> revenues_;
  std::int64_t unexplained_ = 0;
  int done_ = 0;
};

}  // namespace

Result<ScenarioComparison> compare(const std::vector<Scenario>& scenarios, const Walk& walk,
                                   const WalkProgress& progress) {
  const auto refused = [](std::string message, std::string hint) {
    return Error{.code = ErrorCode::bad_value,
                 .message = std::move(message),
                 .hint = std::move(hint)};
  };
  if (scenarios.size() < 2) {
    return refused("a comparison takes two scenarios or more", "name another file");
  }
  std::set<std::string> names;
  for (const Scenario& scenario : scenarios) {
    if (names.insert(scenario.name).second) continue;
    return refused("two of the scenarios are called '" + scenario.name + "'",
                   "give each a name of its own");
  }
  return Comparison{scenarios, walk, progress}.build();
}

}  // namespace accrue

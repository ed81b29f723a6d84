#include "accounting/scenario/montecarlo/path_check.h"

#include <algorithm>
#include <cmath>

#include "accounting/posting/view.h"
#include "accounting/report/frame.h"
#include "accounting/report/ref.h"
#include "accounting/scenario/montecarlo/approximate.h"
#include "accounting/scenario/montecarlo/measures.h"
#include "accounting/scenario/montecarlo/path.h"
#include "accounting/scenario/walk/forecast_reports.h"

namespace accrue {

namespace {

Decimal exact_of(const ForecastMonth& month, SimulatedMeasure measure, int minor_digits) {
  const auto money = [&](std::int64_t minor) { return Decimal::from_scaled(minor, minor_digits); };
  switch (measure) {
    case SimulatedMeasure::revenue: return money(month.revenue());
    case SimulatedMeasure::credit_revenue: return money(month.credit_revenue);
    case SimulatedMeasure::cash_revenue: return money(month.cash_revenue);
    case SimulatedMeasure::breakage: return money(month.breakage);
    case SimulatedMeasure::liability: return money(month.liability);
    case SimulatedMeasure::left: return month.left;
  }
  return {};
}

Decimal magnitude(const Decimal& value) { return value.sign() < 0 ? -value : value; }

class PathRows {
 public:
  PathRows(const SimulationInput& input, const Simulation& simulation, const Forecast& forecast,
           Report& report)
      : input_{input}, simulation_{simulation}, forecast_{forecast}, report_{report} {}

  void add() {
    for (std::size_t month = 0; month < input_.month_count(); ++month) {
      for (const SimulatedMeasure measure : simulated_measures) {
        if (measure == SimulatedMeasure::left && !input_.face_digits) continue;
        add_row(measure, month, 0, forecast_.by_month[month]);
        for (std::size_t i = 0; i < input_.investees.size(); ++i) {
          if (simulation_.subject_count == 1) break;
          const auto found = forecast_.by_investee.find(input_.investees[i].name);
          const ForecastMonth nothing{};
          add_row(measure, month, i + 1,
                  found == forecast_.by_investee.end() ? nothing : found->second[month]);
        }
      }
    }
  }

  const Decimal& beyond() const { return beyond_; }

 private:
  void add_row(SimulatedMeasure measure, std::size_t month, std::size_t subject,
               const ForecastMonth& exact_month) {
    const int digits =
        measure == SimulatedMeasure::left ? *input_.face_digits : input_.minor_digits;
    const Measure unit =
        measure == SimulatedMeasure::left ? Measure::amount : Measure::money;
    const Decimal exact = exact_of(exact_month, measure, input_.minor_digits);
    const Decimal loop =
        in_whole_minor_units(simulation_.of(measure, subject, month).front(), digits);
    const Decimal bound = in_whole_minor_units(path_bound(input_, measure, month), digits);
    const Decimal difference = loop - exact;
    beyond_ += std::max(Decimal{}, magnitude(difference) - bound);
    const std::string period = exact_period(month);
    const std::string investee = subject_name(input_, subject);
    const std::string name{name_of(measure)};
    report_.rows.push_back({period, name, investee,
                            Figure{exact, digits, unit}, Figure{loop, digits, unit},
                            Figure{difference, digits, unit}, Figure{bound, digits, unit},
                            make_ref({"scenario-path", period, name, investee})});
  }

  std::string exact_period(std::size_t month) const {
    return Period{input_.months.first.months + static_cast<int>(month)}.to_string();
  }

  const SimulationInput& input_;
  const Simulation& simulation_;
  const Forecast& forecast_;
  Report& report_;
  Decimal beyond_;
};

}  // namespace

Result<Forecast> walk_path(const Scenario& scenario, const StartingBook& start,
                           const SimulationInput& input, std::uint64_t seed, std::uint32_t path) {
  return walk(scenario, start, shocks_of_path(input.shocks, seed, path));
}

double path_bound(const SimulationInput& input, SimulatedMeasure measure, std::size_t month) {
  const auto flow_months = static_cast<double>(input.flows.size() * (month + 1));
  if (measure == SimulatedMeasure::left) return flow_months;
  double highest = 1;
  for (const SimulatedGrant& grant : input.grants) {
    const auto least = std::min_element(grant.expected_drawn.begin(), grant.expected_drawn.end());
    for (const GrantWindow& window : grant.windows) {
      if (*least > 0) highest = std::max(highest, window.price / *least);
    }
  }
  for (const SimulatedWallet& wallet : input.wallets) {
    for (const double rate : wallet.rate_of_day) highest = std::max(highest, rate);
  }
  const auto rounded = static_cast<double>(input.grants.size() + input.wallets.size());
  return 2 * (std::ceil(highest * flow_months) + rounded);
}

Result<Report> path_check(const Scenario& scenario, const StartingBook& start,
                          const SimulationInput& input, std::uint64_t seed, std::uint32_t path) {
  ACCRUE_TRY(forecast, walk_path(scenario, start, input, seed, path));
  const Simulation simulation = simulate_path(input, seed, path);
  const BookView view = load_view(start.store, start.record_count);
  Report report = start_report(view, "scenario-path",
                               "A path of the simulation, walked exactly", input.months);
  report.columns = {{"period", ColumnKind::key},     {"measure", ColumnKind::key},
                    {"investee", ColumnKind::key},   {"exact", ColumnKind::figure},
                    {"simulated", ColumnKind::figure}, {"difference", ColumnKind::figure},
                    {"bound", ColumnKind::figure},   {"ref", ColumnKind::text, 9}};
  PathRows rows{input, simulation, forecast, report};
  rows.add();
  sort_rows(report);
  report.checks.push_back(
      {"differences_beyond_bound",
       {rows.beyond(), input.minor_digits, Measure::money}});
  mark_assumed(report, scenario, forecast);
  report.notes.push_back("path " + std::to_string(path) + " of seed " + std::to_string(seed));
  report.notes.emplace_back("bound: each month's usage of a flow is rounded once, by at most one "
                            "minor unit otherwise than exactly");
  report.notes.insert(report.notes.end(), forecast.notes.begin(), forecast.notes.end());
  return report;
}

}  // namespace accrue

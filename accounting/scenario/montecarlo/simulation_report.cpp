#include "accounting/scenario/montecarlo/simulation_report.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "accounting/report/cells.h"
#include "accounting/report/frame.h"
#include "accounting/report/ref.h"
#include "accounting/scenario/montecarlo/approximate.h"
#include "accounting/scenario/montecarlo/measures.h"
#include "accounting/scenario/montecarlo/simulation_notes.h"
#include "accounting/scenario/walk/forecast_reports.h"

namespace accrue {

namespace {

constexpr int percent_digits = 2;

/// What a grant may lose unused before that is an event, as a part of its face.
constexpr double much_unused = 0.10;
/// From here on a customer is disclosed by name, in percent of the revenue.
/// Source: ASC 280-10-50-42.
constexpr double major_share_percent = 10;

struct Unit {
  int digits = 0;
  Measure measure = Measure::number;

  Figure figure(double units) const {
    return {in_whole_minor_units(units, digits), digits, measure};
  }
};

std::string span_name(const SimulatedSpan& span) { return span.segment + ", " + span.basis; }

class SimulationRows {
 public:
  SimulationRows(const SimulationInput& input, const Simulation& simulation,
                 const SimulationShown& shown, Report& report)
      : input_{input},
        simulation_{simulation},
        percentiles_{shown.percentiles},
        subject_count_{shown.of == SimulatedSubjects::all_together ? 1 : simulation.subject_count},
        report_{report} {}

  void add() {
    if (simulation_.path_count == 0) return;
    for (const SimulatedMeasure measure : simulated_measures) {
      if (measure == SimulatedMeasure::left && !input_.face_digits) continue;
      for (std::size_t subject = 0; subject < subject_count_; ++subject) {
        for (std::size_t month = 0; month < simulation_.month_count; ++month) {
          add_month(measure, subject, month);
        }
      }
    }
    for (std::size_t i = 0; i < input_.investees.size(); ++i) add_exhausted(i);
    for (std::size_t i = 0; i < input_.spans.size(); ++i) add_growth(i);
  }

 private:
  void add_month(SimulatedMeasure measure, std::size_t subject, std::size_t month) {
    const std::span<const double> paths = simulation_.of(measure, subject, month);
    const Period period{input_.months.first.months + static_cast<int>(month)};
    const Unit unit = measure == SimulatedMeasure::left
                          ? Unit{*input_.face_digits, Measure::amount}
                          : Unit{input_.minor_digits, Measure::money};
    add_row(period.to_string(), std::string{name_of(measure)}, subject_name(input_, subject), {},
            unit, {paths.begin(), paths.end()});
  }

  void add_growth(std::size_t number) {
    const SimulatedSpan& span = input_.spans[number];
    for (std::size_t subject = 0; subject < subject_count_; ++subject) {
      std::vector<double> points = simulation_.contribution[number][subject];
      points.resize(std::min(points.size(), std::size_t{simulation_.path_count}));
      if (points.empty()) continue;
      for (double& point : points) point *= 100;
      add_row(to_text(span.range), "growth_contribution_pp", subject_name(input_, subject),
              span_name(span), {percent_digits, Measure::percent}, std::move(points));
    }
  }

  void add_row(const std::string& period, const std::string& measure, const std::string& investee,
               const std::string& segment, const Unit& unit, std::vector<double> paths) {
    double sum = 0;
    for (const double path : paths) sum += path;
    std::vector<Cell> row{period, measure, investee,
                          segment.empty() ? Cell{} : Cell{segment},
                          unit.figure(sum / static_cast<double>(paths.size()))};
    for (const int percent : percentiles_) {
      row.emplace_back(unit.figure(percentile(paths, percent)));
    }
    std::vector<std::string> address{report_.name, period, measure, investee};
    if (!segment.empty()) address.push_back(segment);
    row.emplace_back(make_ref(address));
    report_.rows.push_back(std::move(row));
  }

  /// A month counts from one; a path on which credits last comes after all others.
  void add_exhausted(std::size_t investee) {
    const std::vector<int>& months = simulation_.exhausted_month[investee];
    std::vector<double> paths(months.begin(), months.begin() + simulation_.path_count);
    double sum = 0;
    bool lasts_on_some = false;
    for (const double month : paths) {
      sum += month + 1;
      lasts_on_some = lasts_on_some || month >= never;
    }
    const Unit unit{1, Measure::number};
    const std::string& name = input_.investees[investee].name;
    std::vector<Cell> row{Cell{}, std::string{"exhausted"}, name, Cell{}, Cell{}};
    if (!lasts_on_some) row.back() = unit.figure(10 * sum / static_cast<double>(paths.size()));
    for (const int percent : percentiles_) {
      const double month = percentile(paths, percent);
      row.emplace_back(month >= never ? Cell{} : Cell{unit.figure(10 * (month + 1))});
    }
    row.emplace_back(make_ref({report_.name, "exhausted", name}));
    report_.rows.push_back(std::move(row));
  }

  const SimulationInput& input_;
  const Simulation& simulation_;
  const std::vector<int>& percentiles_;
  std::size_t subject_count_;
  Report& report_;
};

class EventRows {
 public:
  EventRows(const SimulationInput& input, const Simulation& simulation, Report& report)
      : input_{input}, simulation_{simulation}, report_{report} {}

  void add() {
    if (simulation_.path_count == 0) return;
    add_expiries();
    for (std::size_t i = 0; i < input_.investees.size(); ++i) {
      const std::vector<int>& months = simulation_.exhausted_month[i];
      add("credits of " + input_.investees[i].name + " run out within the forecast",
          {"run-out", input_.investees[i].name},
          [&](std::size_t path) { return months[path] != never; });
    }
    for (std::size_t i = 0; i < input_.spans.size(); ++i) {
      const std::string range = to_text(input_.spans[i].range);
      const std::string segment = span_name(input_.spans[i]);
      add("investees above 10% of segment " + segment + " in " + range,
          {"share", segment, range},
          [&](std::size_t path) { return simulation_.share[i][path] > major_share_percent; });
    }
  }

 private:
  /// A grant that can be issued on several days has several places.
  void add_expiries() {
    std::map<std::string, std::vector<std::size_t>> by_id;
    for (std::size_t i = 0; i < input_.grants.size(); ++i) {
      const std::vector<double>& parts = simulation_.expired_part[i];
      const bool can_expire =
          std::any_of(parts.begin(), parts.begin() + simulation_.path_count,
                      [](double part) { return part >= 0; });
      if (can_expire) by_id[input_.grants[i].id].push_back(i);
    }
    for (const auto& [id, grants] : by_id) {
      add("expires with more than 10% of its face unused: " + id, {"unused", id},
          [&, &grants = grants](std::size_t path) {
            return std::any_of(grants.begin(), grants.end(), [&](std::size_t grant) {
              return simulation_.expired_part[grant][path] > much_unused;
            });
          });
    }
  }

  template <typename Happens>
  void add(const std::string& event, std::vector<std::string> address, Happens happens) {
    std::int64_t count = 0;
    for (std::size_t path = 0; path < simulation_.path_count; ++path) {
      count += happens(path) ? 1 : 0;
    }
    const auto paths = static_cast<double>(simulation_.path_count);
    const double probability = static_cast<double>(count) / paths;
    const double error = std::sqrt(probability * (1 - probability) / paths);
    const Unit percent{percent_digits, Measure::percent};
    address.insert(address.begin(), report_.name);
    report_.rows.push_back({event, percent.figure(10'000 * probability),
                            percent.figure(10'000 * error), count,
                            std::int64_t{simulation_.path_count}, make_ref(address)});
  }

  const SimulationInput& input_;
  const Simulation& simulation_;
  Report& report_;
};

/// In order, and with refs that no booked figure has.
void finish(Report& report, const Scenario& scenario) {
  sort_rows(report);
  for (Row& row : report.rows) row.back() = assumed_ref(scenario, ref_of(row));
}

}  // namespace

double percentile(std::vector<double>& numbers, int percent) {
  const std::size_t rank = (numbers.size() * static_cast<std::size_t>(percent) + 99) / 100;
  const auto place =
      numbers.begin() + static_cast<std::ptrdiff_t>(std::max(rank, std::size_t{1}) - 1);
  std::nth_element(numbers.begin(), place, numbers.end());
  return *place;
}

Report simulation_report(const Scenario& scenario, const StartingBook& start,
                         const SimulationInput& input, const Simulation& simulation,
                         const SimulationShown& shown) {
  Report report = start_simulation_report(scenario, start, input, simulation,
                                          "scenario-montecarlo",
                                          "what the paths of the simulation come to");
  report.columns = {{"period", ColumnKind::key},
                    {"measure", ColumnKind::key},
                    {"investee", ColumnKind::key},
                    {"segment", ColumnKind::key, 3},
                    {"mean", ColumnKind::figure}};
  for (const int percent : shown.percentiles) {
    std::string name = "p";
    name += std::to_string(percent);
    report.columns.push_back({std::move(name), ColumnKind::figure});
  }
  report.columns.push_back({"ref", ColumnKind::text, 9});
  SimulationRows{input, simulation, shown, report}.add();
  finish(report, scenario);
  return report;
}

Report simulation_events_report(const Scenario& scenario, const StartingBook& start,
                                const SimulationInput& input, const Simulation& simulation) {
  Report report = start_simulation_report(scenario, start, input, simulation, "scenario-events",
                                          "what happens on how many paths");
  report.columns = {{"event", ColumnKind::key},
                    {"probability_pct", ColumnKind::figure},
                    {"standard_error_pp", ColumnKind::figure},
                    {"paths", ColumnKind::count},
                    {"of_paths", ColumnKind::count},
                    {"ref", ColumnKind::text, 9}};
  EventRows{input, simulation, report}.add();
  finish(report, scenario);
  return report;
}

}  // namespace accrue

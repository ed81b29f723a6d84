#include "accounting/scenario/montecarlo/simulation_report.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/report/cells.h"
#include "tests/scenario/assumed.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

SampleBook three_months() {
  SampleBook book{"2023-01"};
  book.add_deal({.id = "T1", .investee = "Lunar", .signed_on = "2024-01-01", .face = "1000",
                 .expires_on = "2024-10-01"});
  book.add_deal({.id = "S1", .investee = "Solar", .signed_on = "2024-01-01", .face = "450"});
  for (const char* month : {"2024-01-31", "2024-02-29", "2024-03-31"}) {
    book.import_usage({{"Lunar", month, "100"}, {"Solar", month, "50"}});
  }
  book.import_segment("cloud", "recast", "2023-Q2", "2000");
  book.import_segment("cloud", "recast", "2023-Q3", "10000");
  return book;
}

Scenario steady() {
  Scenario scenario = bare_scenario(8);
  scenario.drawdowns = {drawdown_of("Lunar", TrailingCurve{3}),
                        drawdown_of("Solar", TrailingCurve{3})};
  return scenario;
}

struct Simulated {
  StartingBook start;
  SimulationInput input;
  Simulation simulation;
};

Simulated simulated(const SampleBook& book, const Scenario& scenario, std::uint32_t paths) {
  Result<StartingBook> start = starting_book(book.store(), scenario.start);
  REQUIRE(start.ok());
  Result<SimulationInput> input = simulation_input(scenario, *start);
  if (!input.ok()) FAIL(input.error().message);
  Simulation simulation = simulate(*input, {.seed = 42, .path_count = paths});
  return {std::move(start).value(), std::move(input).value(), std::move(simulation)};
}

Report report_of(const SampleBook& book, const Scenario& scenario, std::uint32_t paths,
                 const std::vector<int>& percentiles = usual_percentiles) {
  const Simulated of = simulated(book, scenario, paths);
  return simulation_report(scenario, of.start, of.input, of.simulation,
                           {percentiles, SimulatedSubjects::each});
}

std::vector<std::string> rows_of(const Report& report, std::string_view measure,
                                 std::string_view investee,
                                 const std::vector<std::string>& columns) {
  std::vector<std::string> lines;
  for (std::size_t row = 0; row < report.rows.size(); ++row) {
    if (cell(report, row, "measure") != measure || cell(report, row, "investee") != investee) {
      continue;
    }
    lines.push_back(row_text(report, row, columns));
  }
  return lines;
}

}  // namespace

TEST_CASE("simulation report: a percentile is the nearest rank of the sorted figures") {
  std::mt19937_64 random{5};
  for (const unsigned count : {1U, 7U, 100U, 1'001U}) {
    std::vector<double> numbers;
    for (unsigned i = 0; i < count; ++i) numbers.push_back(static_cast<double>(random() % 50));
    std::vector<double> sorted = numbers;
    std::sort(sorted.begin(), sorted.end());
    for (const int percent : {1, 10, 50, 95, 99}) {
      CAPTURE(percent);
      // The first that at least so many percent do not exceed, counted out.
      const auto found = std::find_if(sorted.begin(), sorted.end(), [&](double number) {
        const auto covered = std::count_if(sorted.begin(), sorted.end(),
                                           [&](double other) { return other <= number; });
        return covered * 100 >= std::ptrdiff_t{count} * percent;
      });
      CHECK(percentile(numbers, percent) == *found);
    }
  }
}

TEST_CASE("simulation report: without shocks every percentile is the deterministic figure") {
  const SampleBook book = three_months();
  const Forecast forecast = walked(book, steady());
  const Report report = report_of(book, steady(), 300);
  const std::vector<std::string> revenue = rows_of(
      report, "revenue", "*", {"mean", "p5", "p10", "p25", "p50", "p75", "p90", "p95"});
  REQUIRE(revenue.size() == forecast.by_month.size());
  for (std::size_t month = 0; month < revenue.size(); ++month) {
    const std::string exact =
        Decimal::from_scaled(forecast.by_month[month].revenue(), 2).to_string(2);
    std::string line = exact;
    for (int i = 0; i < 7; ++i) line += " | " + exact;
    CHECK(revenue[month] == line);
  }
  // Solar has 300 left in April, at 50 a month: it runs out in the sixth month. Lunar's 700 lapse
  // in part at the end of September.
  CHECK(rows_of(report, "exhausted", "Solar", {"period", "mean", "p5", "p95"}) ==
        std::vector<std::string>{"null | 6.0 | 6.0 | 6.0"});
  CHECK(rows_of(report, "breakage", "Lunar", {"period", "p50"})[5] == "2024-09 | 100.00");
}

TEST_CASE("simulation report: of all together, months have no row of an investee") {
  const SampleBook book = three_months();
  const Simulated of = simulated(book, steady(), 10);
  const Report each = simulation_report(steady(), of.start, of.input, of.simulation);
  const Report together = simulation_report(steady(), of.start, of.input, of.simulation,
                                            {few_percentiles, SimulatedSubjects::all_together});
  const std::vector<std::string> shown{"period", "mean", "p5", "p50", "p95"};
  CHECK(rows_of(together, "revenue", "*", shown) == rows_of(each, "revenue", "*", shown));
  CHECK(rows_of(each, "revenue", "Solar", {"mean"}).size() == 8);
  CHECK(rows_of(together, "revenue", "Solar", {"mean"}).empty());
  CHECK_FALSE(has_columns(together, {"p10"}));
  // When the credits of each run out: 700 of Lunar's at 100 a month lapse, 300 of Solar's at 50 end.
  CHECK(rows_of(together, "exhausted", "Solar", {"p50"}) == std::vector<std::string>{"6.0"});
  // Six measures of eight months, and the two that run out.
  CHECK(together.rows.size() == 6 * 8 + 2);
}

TEST_CASE("simulation report: no booked figure has a ref of it") {
  const Simulated of = simulated(three_months(), steady(), 10);
  for (const Report& report : {simulation_report(steady(), of.start, of.input, of.simulation),
                               simulation_events_report(steady(), of.start, of.input, of.simulation)}) {
    CAPTURE(report.name);
    REQUIRE(!report.rows.empty());
    for (const Row& row : report.rows) {
      CHECK(ref_of(row).starts_with("assumed:what-if:" + report.name + ":"));
    }
  }
}

TEST_CASE("simulation report: growth is of investees over the whole segment's year before") {
  Scenario scenario = steady();
  scenario.segments = {{"cloud", "recast", SegmentGrowth::Of::others, decimal_of("10")}};
  const Simulated of = simulated(three_months(), scenario, 10);
  const Report report = simulation_report(scenario, of.start, of.input, of.simulation);
  // Second quarter: Lunar 300, Solar 150, and nothing the year before, of 2,000.
  const std::vector<std::string> growth =
      rows_of(report, "growth_contribution_pp", "*", {"period", "segment", "p50"});
  REQUIRE(growth.size() == 2);
  CHECK(growth[0] == "2024-Q2 | cloud, recast | 22.50");
  // Third quarter: 300 and 150, and the 100 of Lunar that lapse.
  CHECK(growth[1] == "2024-Q3 | cloud, recast | 5.50");
  CHECK(rows_of(report, "growth_contribution_pp", "Lunar", {"period", "p50"})[0] ==
        "2024-Q2 | 15.00");
  const Report events = simulation_events_report(scenario, of.start, of.input, of.simulation);
  CHECK(rows_text(events, {"event", "probability_pct", "standard_error_pp"}) ==
        std::vector<std::string>{
            "credits of Lunar run out within the forecast | 100.00 | 0.00",
            "credits of Solar run out within the forecast | 100.00 | 0.00",
            "expires with more than 10% of its face unused: T1 | 0.00 | 0.00",
            "investees above 10% of segment cloud, recast in 2024-Q2 | 100.00 | 0.00",
            "investees above 10% of segment cloud, recast in 2024-Q3 | 0.00 | 0.00"});
}

TEST_CASE("simulation report: seed, paths and sources are said; equal runs give equal rows") {
  Scenario scenario = steady();
  scenario.uncertainties = {{Uncertainty::Of::volume, Uncertainty::Lasts::month, "*",
                             LognormalShock{decimal_of("30")}, "the last\nthree years"}};
  const Report report = report_of(three_months(), scenario, 500, {10, 50, 90});
  const Report again = report_of(three_months(), scenario, 500, {10, 50, 90});
  CHECK(rows_text(report, {"period", "measure", "investee", "mean", "p10", "p50", "p90"}) ==
        rows_text(again, {"period", "measure", "investee", "mean", "p10", "p50", "p90"}));
  CHECK(report.notes == again.notes);
  CHECK(report.state == "assumed");
  const auto has_note = [&](const std::string& text) {
    return std::any_of(
        report.notes.begin(), report.notes.end(),
        [&](const std::string& note) { return note.find(text) != std::string::npos; });
  };
  CHECK(has_note("500 paths of seed 42"));
  CHECK(has_note("approximate"));
  CHECK(has_note("volume of *: lognormal, mean 0%, sd 30% of the logarithm, drawn each month; "
                 "source: the last\nthree years"));
  // The first month's revenue is 150 on average; ten percent of paths are at least this far apart.
  const std::vector<std::string> first = rows_of(report, "revenue", "*", {"p10", "p50", "p90"});
  CHECK(first[0] < "12");
}

TEST_CASE("simulation report: a path on which credits last comes after every month") {
  Scenario scenario = steady();
  scenario.uncertainties = {{Uncertainty::Of::stop, Uncertainty::Lasts::month, "Solar",
                             BernoulliShock{decimal_of("10")}, "a guess"}};
  const Report report = report_of(three_months(), scenario, 2'000);
  // Gone on for five months with 0.9^5 = 59%: then it runs out in the sixth.
  const std::vector<std::string> rows =
      rows_of(report, "exhausted", "Solar", {"mean", "p25", "p75"});
  CHECK(rows == std::vector<std::string>{"null | 6.0 | null"});
}

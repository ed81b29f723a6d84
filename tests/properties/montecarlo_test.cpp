// Paths of a simulation against exact walks of the same shocks.

#include <doctest/doctest.h>

#include <cmath>
#include <optional>
#include <random>
#include <set>
#include <string>

#include "accounting/report/cells.h"
#include "accounting/report/make_report.h"
#include "accounting/scenario/montecarlo/path_check.h"
#include "accounting/scenario/montecarlo/simulation_input.h"
#include "tests/properties/history.h"
#include "tests/properties/random_scenario.h"
#include "tests/report/sample_book.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

/// Of a segment, published for each month of the year before, and what of it was of investees.
void publish_year_before(Books& books, PeriodRange months) {
  SegmentImported imported{.file = "segment.csv", .sha256 = std::string(32, 's'), .rows = {}};
  for (Period month = months.first; month <= months.last; month = month.next()) {
    const Period year_ago{month.months - 12};
    imported.rows.push_back({.segment = "cloud",
                             .basis = "recast",
                             .period = {year_ago, year_ago},
                             .currency = books.state().functional(),
                             .revenue = Decimal::from_integer(1'000 + year_ago.months % 12 * 500),
                             .source = "random",
                             .published_growth_pct = std::nullopt,
                             .note = std::nullopt});
  }
  BaseImported base{.file = "base.csv", .sha256 = std::string(32, 'b'), .rows = {}};
  std::set<std::string> investees;
  for (const HeldInvestment& held : books.state().investments) {
    investees.insert(held.investment.investee);
  }
  for (const SegmentRevenue& row : imported.rows) {
    for (const std::string& investee : investees) {
      base.rows.push_back({.investee = investee,
                           .segment = row.segment,
                           .period = row.period,
                           .currency = row.currency,
                           .revenue = Decimal::from_integer(row.period.first.months % 7 * 20),
                           .source = "random"});
    }
  }
  const Stamp stamp{books.state().last_recorded_at, "controller", "published"};
  REQUIRE(books.record(std::move(imported), stamp, RunMode::write).ok());
  const auto recorded = books.record(std::move(base), stamp, RunMode::write);
  REQUIRE_MESSAGE(recorded.ok(), recorded.error().message);
}

/// Usage on the last day of a month: a forecast begins with the month after it.
void complete(Books& books, Period month, std::mt19937_64& random) {
  oracle::Charge charge = random_charges(random, Mix{.refunds = false}, 0, 1).front();
  charge.at = static_cast<oracle::Second>(month.last_day().days) * 86400;
  apply(books, Import{{charge}});
}

/// What all investees add to growth, in points, as the exact report of a walk says.
std::optional<double> exact_contribution(const Forecast& walked, const SimulatedSpan& span) {
  const Store& store = walked.books.store();
  const BookView view = load_view(store, store.record_count());
  const Result<Report> report =
      make_report(store, view, ReportKind::growth, span.range, OriginView::as_reported,
                  {.growth = {.segment = span.segment, .basis = span.basis}});
  REQUIRE_MESSAGE(report.ok(), report.error().message);
  for (const NamedCell& total : report->totals) {
    if (total.name != "investees_contribution_pp") continue;
    if (const auto* figure = std::get_if<Figure>(&total.value)) {
      return std::stod(figure->value.to_string());
    }
  }
  return std::nullopt;
}

/// What is wrong with a path, or nothing.
std::string disagreement(const Scenario& scenario, const StartingBook& start,
                         const SimulationInput& input, std::uint64_t seed, std::uint32_t path) {
  const Result<Report> report = path_check(scenario, start, input, seed, path);
  if (!report.ok()) return "refused: " + report.error().message;
  if (broken_checks(*report).empty()) return {};
  std::string lines;
  for (std::size_t row = 0; row < report->rows.size(); ++row) {
    if (std::get<Figure>(report->rows[row][5]).value.is_zero()) continue;
    lines += row_text(*report, row,
                      {"period", "measure", "investee", "exact", "simulated", "bound"}) +
             "\n";
  }
  return lines;
}

}  // namespace

TEST_CASE("montecarlo: a path is what the walk of its shocks is, within the bound") {
  int paths = 0;
  int spans = 0;
  std::set<std::string> refusals;
  for (std::uint64_t seed = 1; seed <= 120; ++seed) {
    CAPTURE(seed);
    const History history = random_history(seed, Mix{.operations = 10});
    Books books = book_of(history);
    if (books.state().grants.empty()) continue;
    std::mt19937_64 random{seed};
    Scenario scenario = random_scenario(random, books.state());
    const Result<StartingBook> as_is = starting_book(books.store(), scenario.start);
    REQUIRE(as_is.ok());
    const Result<Forecast> forecast = walk(scenario, *as_is, {});
    if (!forecast.ok()) continue;
    // What the book knows of the first month is served as if nothing else were used, and a note of
    // the simulation says so: the months of the forecast are wholly assumed here.
    complete(books, forecast->months.first, random);
    const PeriodRange months{forecast->months.first.next(), forecast->months.last.next()};
    publish_year_before(books, months);
    scenario.segments = {{"cloud", "recast", SegmentGrowth::Of::others, Decimal::from_integer(5)}};
    make_uncertain(random, months, scenario);
    const Result<StartingBook> start = starting_book(books.store(), scenario.start);
    REQUIRE(start.ok());
    const Result<SimulationInput> input = simulation_input(scenario, *start);
    if (!input.ok()) {
      refusals.insert(input.error().message);
      continue;
    }
    for (std::uint32_t path = 1; path <= 3; ++path) {
      CAPTURE(path);
      const std::string wrong = disagreement(scenario, *start, *input, seed, path);
      CHECK_MESSAGE(wrong.empty(), wrong);
      ++paths;
      const Result<Forecast> walked = walk_path(scenario, *start, *input, seed, path);
      if (!walked.ok()) continue;
      const Simulation simulated = simulate_path(*input, seed, path);
      for (std::size_t i = 0; i < input->spans.size(); ++i) {
        const SimulatedSpan& span = input->spans[i];
        const auto last = static_cast<std::size_t>(span.last_month);
        const double bound =
            path_bound(*input, SimulatedMeasure::revenue, last) *
            static_cast<double>(input->investees.size() * 100) /
            (1'000 * std::pow(10.0, input->minor_digits));
        const std::optional<double> exact = exact_contribution(*walked, span);
        if (!exact) continue;
        // The report rounds to two digits.
        CHECK(std::abs(simulated.contribution[i][0][0] - *exact) < 0.006 + bound);
        ++spans;
      }
    }
  }
  for (const std::string& refusal : refusals) MESSAGE(refusal);
  CHECK(paths > 200);
  CHECK(spans > 200);
}

// The loop against the exact walk: what is assumed goes through the engine of the books and through
// the loop, and must come to the same.

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/scenario/montecarlo/measures.h"
#include "accounting/scenario/montecarlo/path_check.h"
#include "tests/scenario/assumed.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

/// What differs between a path of the loop and its exact walk.
std::string differences(const SampleBook& book, const Scenario& scenario,
                                     std::uint32_t path = 1) {
  const Result<StartingBook> start = starting_book(book.store(), scenario.start);
  REQUIRE(start.ok());
  const Result<SimulationInput> input = simulation_input(scenario, *start);
  if (!input.ok()) FAIL(input.error().message);
  const Result<Report> report = path_check(scenario, *start, *input, 1, path);
  if (!report.ok()) FAIL(report.error().message);
  REQUIRE_FALSE(report->rows.empty());
  CHECK(broken_checks(*report).empty());
  std::string lines;
  for (std::size_t row = 0; row < report->rows.size(); ++row) {
    if (std::get<Figure>(report->rows[row][5]).value.is_zero()) continue;
    lines += row_text(*report, row, {"period", "measure", "investee", "exact", "simulated"}) + "\n";
  }
  // The month in which the credits run out, by investee.
  const Result<Forecast> exact = walk_path(scenario, *start, *input, 1, path);
  const Simulation simulated = simulate_path(*input, 1, path);
  for (std::size_t i = 0; i < input->investees.size(); ++i) {
    int first = never;
    for (const RunOut& out : exact->run_outs) {
      if (out.investee != input->investees[i].name) continue;
      first = std::min(first, Period::of(out.on).months - input->months.first.months);
    }
    if (simulated.exhausted_month[i][0] == first) continue;
    lines += input->investees[i].name + " runs out in " + std::to_string(first) + ", " +
             std::to_string(simulated.exhausted_month[i][0]) + "\n";
  }
  return lines;
}

SampleBook three_months() {
  SampleBook book;
  book.add_deal({.id = "T1", .investee = "Lunar", .signed_on = "2024-01-01", .face = "1000",
                 .expires_on = "2024-09-16"});
  book.add_deal({.id = "T2", .investee = "Lunar", .signed_on = "2024-01-01", .face = "500",
                 .service = "gpu", .expected_unused_percent = "10"});
  book.add_deal({.id = "S1", .investee = "Solar", .signed_on = "2024-01-01", .face = "900"});
  for (const char* month : {"2024-01-31", "2024-02-29", "2024-03-31"}) {
    book.import_usage({{"Lunar", month, "61.37"}, {"Lunar", month, "39.01", "store"},
                       {"Solar", month, "100"}});
  }
  for (const char* month : {"2024-01", "2024-02", "2024-03"}) book.close(month);
  return book;
}

Scenario two_investees(int months = 12) {
  Scenario scenario = bare_scenario(months);
  scenario.drawdowns = {drawdown_of("Lunar", RampCurve{decimal_of("140"), decimal_of("7"), {}},
                                    PayCash{decimal_of("60")}),
                        drawdown_of("Solar", TrailingCurve{3})};
  return scenario;
}

}  // namespace

TEST_CASE("exact: without shocks the loop comes to what the walk comes to, to the cent") {
  CHECK(differences(three_months(), two_investees()) == "");
}

TEST_CASE("exact: a grant that follows exhaustion is issued, drawn and expires as in the walk") {
  Scenario scenario = two_investees(20);
  scenario.drawdowns[0].after = NewGrant{dollars("400"), dollars("200"), 3};
  scenario.drawdowns[1].after = NewGrant{dollars("150"), std::nullopt, 0};
  CHECK(differences(three_months(), scenario) == "");
}

TEST_CASE("exact: days that the book knows, and what else it assumes") {
  SampleBook book = three_months();
  // Nova has no credits: it pays in cash, and counts in what is of all together.
  book.import_usage({{"Lunar", "2024-04-10", "90.55"}, {"Solar", "2024-04-17", "33.33"},
                     {"Nova", "2024-04-12", "25.25"}});
  Scenario scenario = two_investees();
  scenario.price_changes.push_back({"*", Period::of(2024, 7), decimal_of("-30")});
  scenario.capacity.push_back({{}, dollars("200.01"), Period::of(2024, 6), Period::of(2024, 8)});
  scenario.estimates.push_back(
      {"T2", {ExpectedUnused::Measure::percent_of_face, decimal_of("25")}, Period::of(2024, 6)});
  scenario.tranche_changes.push_back(
      {"S1", std::nullopt, std::nullopt, Date::of(2024, 11, 11), std::nullopt});
  scenario.drawdowns[0].leaves = Period::of(2025, 2);
  scenario.drawdowns[1].runway = Runway{dollars("700"), dollars("100")};
  CHECK(differences(book, scenario) == "");
}

TEST_CASE("exact: two drawdowns of one investee share its grants and their end") {
  Scenario scenario = two_investees();
  scenario.drawdowns.push_back(
      drawdown_of("Lunar", WeightsCurve{decimal_of("900"), {decimal_of("1"), decimal_of("2")}, 3}));
  scenario.drawdowns.back().name = "Lunar more";
  scenario.drawdowns.push_back(drawdown_of("Solar", SCurve{std::nullopt, 7}));
  scenario.drawdowns.back().name = "Solar more";
  CHECK(differences(three_months(), scenario) == "");
}

TEST_CASE("exact: tranches that are new, late, or of a deal that may be signed") {
  Scenario scenario = two_investees(14);
  scenario.extra_tranches.push_back(
      {.id = "X1", .investee = "Solar", .face = dollars("321.09"), .price = dollars("100"),
       .issued_on = Date::of(2024, 6, 11), .expires_on = Date::of(2024, 12, 5), .priority = 10,
       .scope = {}, .expected_unused = std::nullopt});
  Investment deal;
  deal.id = "perhaps";
  deal.investee = "Nova";
  deal.signed_on = Date::of(2024, 5, 6);
  deal.tranches = {Tranche{.id = "N1", .face = dollars("300"), .issued_on = Date::of(2024, 5, 6),
                           .begins_on = {}, .expires_on = Date::of(2025, 2, 14),
                           .transaction_price = {}, .scope = {}, .expected_unused = {}},
                   Tranche{.id = "N2", .face = dollars("200"), .issued_on = Date::of(2024, 8, 31),
                           .begins_on = {}, .expires_on = Date::of(2024, 12, 31),
                           .transaction_price = {}, .scope = {}, .expected_unused = {}}};
  deal.shares = Shares::with_tranche;
  deal.matching.billing_accounts = {"nova"};
  scenario.pipeline.push_back({deal, "perhaps.toml", "", decimal_of("50")});
  scenario.drawdowns.push_back(drawdown_of("Nova", WeightsCurve{{}, {decimal_of("1")}, 8}));
  scenario.uncertainties.push_back({Uncertainty::Of::delay, Uncertainty::Lasts::path, "N2",
                                    UniformShock{decimal_of("0"), decimal_of("9")}, "a test"});
  for (std::uint32_t path = 1; path <= 8; ++path) {
    CAPTURE(path);
    CHECK(differences(three_months(), scenario, path) == "");
  }
}

TEST_CASE("exact: shocked paths come to what the walk of the same shocks comes to") {
  Scenario scenario = two_investees(14);
  scenario.common_percent = decimal_of("30");
  scenario.uncertainties = {
      {Uncertainty::Of::volume, Uncertainty::Lasts::walk, "*", LognormalShock{decimal_of("25")},
       "a"},
      {Uncertainty::Of::price, Uncertainty::Lasts::month, "sku",
       TriangularShock{decimal_of("70"), decimal_of("100"), decimal_of("110")}, "b"},
      {Uncertainty::Of::stop, Uncertainty::Lasts::month, "Solar", BernoulliShock{decimal_of("9")},
       "c"}};
  for (std::uint32_t path = 1; path <= 12; ++path) {
    CAPTURE(path);
    CHECK(differences(three_months(), scenario, path) == "");
  }
}

#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/scenario/questions/sensitivity.h"
#include "tests/scenario/assumed.h"

namespace accrue::testing {

namespace {

using Lines = std::vector<std::string>;

/// 700 of 1,000 are left of Lunar's credits; 600 more come in June.
SampleBook two_tranches() {
  SampleBook book;
  book.add_deal({.id = "T1", .investee = "Lunar", .signed_on = "2024-03-01", .face = "1000"});
  book.add_deal({.id = "T2", .investee = "Lunar", .signed_on = "2024-06-01", .face = "600"});
  book.import_usage({{"Lunar", "2024-03-31", "300"}});
  book.close("2024-03");
  return book;
}

Scenario four_hundred_a_month() {
  Scenario scenario = bare_scenario(3);
  scenario.drawdowns = {
      drawdown_of("Lunar", RampCurve{decimal_of("400"), decimal_of("0"), std::nullopt})};
  return scenario;
}

Lines shown_ranges(const std::vector<VariedRange>& ranges) {
  Lines lines;
  for (const VariedRange& range : ranges) {
    lines.push_back(to_string(range.key) + " " + range.low.to_string() + ".." +
                    range.high.to_string());
  }
  return lines;
}

Result<Report> sensitivity(const SampleBook& book, const Scenario& scenario,
                           const std::vector<VariedRange>& ranges, const OutcomeTarget& target) {
  const StartingBook start = starting_book(book.store(), scenario.start).value();
  int said = 0;
  Result<Report> report = sensitivity_report(
      scenario, ranges, target,
      [&](const Scenario& varied, const Shocks& shocks) { return walk(varied, start, shocks); },
      [&](int done, int all) {
        said = done;
        CHECK(all == static_cast<int>(2 * ranges.size()));
      });
  if (report.ok()) CHECK(said == static_cast<int>(2 * ranges.size()));
  return report;
}

VariedRange range(const std::string& key, std::string_view low, std::string_view high) {
  return {parse_varied_key(key).value(), decimal_of(low), decimal_of(high)};
}

}  // namespace

TEST_CASE("sensitivity: what a scenario has is varied as is usual") {
  const SampleBook book = two_tranches();
  Scenario scenario = four_hundred_a_month();
  scenario.drawdowns.push_back(scenario.drawdowns[0]);
  const auto percent = [](std::string_view value) {
    return ExpectedUnused{ExpectedUnused::Measure::percent_of_face, decimal_of(value)};
  };
  scenario.estimates = {
      {"T1", percent("1.5"), Period::of(2024, 4)},
      {"T2", percent("99"), Period::of(2024, 4)},
      {"T3", {ExpectedUnused::Measure::amount, decimal_of("50")}, Period::of(2024, 4)}};
  scenario.segments = {{"cloud", "external", SegmentGrowth::Of::others, decimal_of("8")},
                       {"games", "external", SegmentGrowth::Of::segment, decimal_of("3")}};
  ExtraTranche extra{.id = "T9", .investee = "Lunar", .face = dollars("5"),
                     .price = std::nullopt, .issued_on = Date::of(2024, 5, 1),
                     .expires_on = std::nullopt, .scope = {}, .expected_unused = std::nullopt};
  scenario.extra_tranches = {extra};
  CHECK(shown_ranges(usual_ranges(scenario, book.view().state, Period::of(2024, 4))) ==
        Lines{"volume:Lunar 90..110", "price 90..110", "delay:T2 0..3", "delay:T9 0..3",
              "estimate:T1 0..3.5", "estimate:T2 97..99.99", "others:cloud 6..10"});
  CHECK(shown_ranges(usual_ranges(four_hundred_a_month(), book.view().state,
                                  Period::of(2024, 6)))
            .back() == "delay:T2 0..3");
  // T2 is there already.
  CHECK(shown_ranges(usual_ranges(four_hundred_a_month(), book.view().state,
                                  Period::of(2024, 7))) ==
        Lines{"volume:Lunar 90..110", "price 90..110"});
  CHECK(usual_ranges(bare_scenario(), SampleBook{}.view().state, Period::of(2024, 4)).empty());
}

TEST_CASE("sensitivity: the largest swing comes first, whichever way it goes") {
  // At the scenario's 400: 400 and 300 of T1, then 400 of T2, 1,100. Of 90 percent 360 and 340 of
  // T1 and 360 of T2; of 110 percent 440, 260 and 440. A T2 that comes in September pays nothing.
  const SampleBook book = two_tranches();
  const Scenario scenario = four_hundred_a_month();
  const OutcomeTarget target{ForecastFigure::revenue, std::nullopt, range_of("2024-Q2")};
  const std::vector<VariedRange> ranges =
      usual_ranges(scenario, book.view().state, Period::of(2024, 4));
  const Report report = sensitivity(book, scenario, ranges, target).value();
  CHECK(rows_text(report, {"rank", "key", "low", "high", "at_low", "at_base", "at_high", "swing"}) ==
        Lines{"1 | delay:T2 | 0.00 | 3.00 | 1100.00 | 1100.00 | 700.00 | -400.00",
              "2 | price | 90.00 | 110.00 | 1060.00 | 1100.00 | 1140.00 | 80.00",
              "3 | volume:Lunar | 90.00 | 110.00 | 1060.00 | 1100.00 | 1140.00 | 80.00"});
  CHECK(total(report, "at_base") == "1100.00");
  REQUIRE(report.row_sums.size() == 1);
  CHECK(report.row_sums[0].column == "at_high");
}

TEST_CASE("sensitivity: a key without a figure at one end comes last, without a swing") {
  const SampleBook book = two_tranches();
  const Scenario scenario = four_hundred_a_month();
  const OutcomeTarget target{ForecastFigure::run_out, "Lunar", {}};
  // 700 last three months and more at 50 percent; at 100 they are gone in the second.
  const Report report =
      sensitivity(book, scenario, {range("volume", "50", "100"), range("price", "100", "175")},
                  target)
          .value();
  CHECK(rows_text(report, {"rank", "key", "at_low", "at_base", "at_high", "swing"}) ==
        Lines{"1 | price | 2 | 2 | 1 | -1", "2 | volume | null | 2 | 2 | null"});
}

TEST_CASE("sensitivity: what cannot be varied is refused") {
  const SampleBook book = two_tranches();
  const OutcomeTarget target{ForecastFigure::revenue, std::nullopt, range_of("2024-Q2")};
  const auto refusal = [&](const std::vector<VariedRange>& ranges) {
    return sensitivity(book, four_hundred_a_month(), ranges, target).error().message;
  };
  CHECK(refusal({}) == "the scenario has nothing that is usually varied");
  CHECK(refusal({range("price", "1", "2"), range("price", "1", "3")}) == "price is varied twice");
  CHECK(refusal({range("price", "-1", "2")}) == "price cannot be -1: it is zero percent or more");
  CHECK(refusal({range("delay:T7", "0", "2")}).find("T7") != std::string::npos);
}

}  // namespace accrue::testing

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/scenario/questions/comparison.h"
#include "tests/scenario/assumed.h"

namespace accrue::testing {

namespace {

using Lines = std::vector<std::string>;
const Lines bridge_columns{"scenario", "period",   "first", "price",      "volume",
                           "timing",   "breakage", "other", "difference", "revenue"};

/// 300 of 1,000 drawn by March, of which a tenth is expected never to be: 333.33 recognised.
SampleBook a_tenth_unused() {
  SampleBook book;
  book.add_deal({.id = "T1",
                 .investee = "Lunar",
                 .signed_on = "2024-03-01",
                 .face = "1000",
                 .expected_unused_percent = "10"});
  book.import_usage({{"Lunar", "2024-03-31", "300"}});
  book.close("2024-03");
  return book;
}

Scenario scenario_named(const std::string& name, std::string_view amount, int months = 2) {
  Scenario scenario = bare_scenario(months);
  scenario.name = name;
  scenario.drawdowns = {
      drawdown_of("Lunar", RampCurve{decimal_of(amount), decimal_of("0"), std::nullopt})};
  return scenario;
}

AssumedEstimate a_fifth_unused() {
  return {"T1", {ExpectedUnused::Measure::percent_of_face, decimal_of("20")}, Period::of(2024, 4)};
}

struct Compared {
  ScenarioComparison reports;
  int walks = 0;
};

Result<ScenarioComparison> try_compare(const SampleBook& book,
                                       const std::vector<Scenario>& scenarios, int& walks) {
  int said = 0;
  Result<ScenarioComparison> reports = compare(
      scenarios,
      [&](const Scenario& scenario, const Shocks& shocks) -> Result<Forecast> {
        ++walks;
        ACCRUE_TRY(start, starting_book(book.store(), scenario.start));
        return walk(scenario, start, shocks);
      },
      [&](int done, int all) {
        said = done;
        CHECK(done <= all);
      });
  if (reports.ok()) CHECK(said == static_cast<int>(5 * scenarios.size() - 4));
  return reports;
}

Compared compared(const SampleBook& book, const std::vector<Scenario>& scenarios) {
  Compared result;
  result.reports = try_compare(book, scenarios, result.walks).value();
  CHECK(broken_checks(result.reports.side_by_side).empty());
  CHECK(broken_checks(result.reports.bridge).empty());
  return result;
}

}  // namespace

TEST_CASE("comparison: the bridge takes over price, volume and estimates one after the other") {
  // Revenue to date is 1,000 x drawn / 900.
  //   first:     100 a month: 444.44, 555.56, so 111.11 and 111.12
  //   price:     half, 50: 388.89, 444.44, so 55.56 and 55.55
  //   volume:    120 at half, 60: 400.00, 466.67, so 66.67 and 66.67
  //   breakage:  over 800 from April: 450.00, 525.00, so 116.67 and 75.00
  const Scenario first = scenario_named("base", "100");
  Scenario other = scenario_named("cheap", "120");
  other.price_changes = {{"*", Period::of(2024, 4), decimal_of("-50")}};
  other.estimates = {a_fifth_unused()};
  const Compared found = compared(a_tenth_unused(), {first, other});
  CHECK(rows_text(found.reports.bridge, bridge_columns) ==
        Lines{"cheap | 2024-04 | 111.11 | -55.55 | 11.11 | 0.00 | 50.00 | 0.00 | 5.56 | 116.67",
              "cheap | 2024-05 | 111.12 | -55.57 | 11.12 | 0.00 | 8.33 | 0.00 | -36.12 | 75.00",
              "cheap | total | 222.23 | -111.12 | 22.23 | 0.00 | 58.33 | 0.00 | -30.56 | 191.67"});
  // Two scenarios and three steps; nobody says anything of tranches.
  CHECK(found.walks == 5);
  CHECK(rows_text(found.reports.side_by_side,
                  {"scenario", "period", "revenue", "credit_revenue", "cash_revenue", "breakage",
                   "liability", "face_left", "difference"}) ==
        Lines{"base | 2024-04 | 111.11 | 100.00 | 0.00 | 11.11 | 555.56 | 600.00 | 0.00",
              "base | 2024-05 | 111.12 | 100.00 | 0.00 | 11.12 | 444.44 | 500.00 | 0.00",
              "base | total | 222.23 | 200.00 | 0.00 | 22.23 | null | null | 0.00",
              "cheap | 2024-04 | 116.67 | 60.00 | 0.00 | 56.67 | 550.00 | 640.00 | 5.56",
              "cheap | 2024-05 | 75.00 | 60.00 | 0.00 | 15.00 | 475.00 | 580.00 | -36.12",
              "cheap | total | 191.67 | 120.00 | 0.00 | 71.67 | null | null | -30.56"});
  CHECK(found.reports.bridge.title == "Scenarios, not booked: from the revenue of base");
  CHECK(cell(found.reports.side_by_side, 5, "ref") ==
        "assumed:cheap:scenario-comparison:cheap:total");
  CHECK(cell(found.reports.bridge, 0, "ref") == "assumed:cheap:scenario-bridge:cheap:2024-04");
}

TEST_CASE("comparison: what only the first says is a cause too, and the first is named first") {
  // The way back of the one above: at full price 120 a month over 800 is 525.00 and 675.00 to date,
  // so 191.67 and 150.00; 100 a month 500.00 and 625.00, so 166.67 and 125.00; then over 900.
  Scenario cheap = scenario_named("cheap", "120");
  cheap.price_changes = {{"*", Period::of(2024, 4), decimal_of("-50")}};
  cheap.estimates = {a_fifth_unused()};
  const Compared found = compared(a_tenth_unused(), {cheap, scenario_named("base", "100")});
  const Report& bridge = found.reports.bridge;
  CHECK(rows_text(bridge, bridge_columns) ==
        Lines{"base | 2024-04 | 116.67 | 75.00 | -25.00 | 0.00 | -55.56 | 0.00 | -5.56 | 111.11",
              "base | 2024-05 | 75.00 | 75.00 | -25.00 | 0.00 | -13.88 | 0.00 | 36.12 | 111.12",
              "base | total | 191.67 | 150.00 | -50.00 | 0.00 | -69.44 | 0.00 | 30.56 | 222.23"});
  for (const Report* report : {&bridge, &found.reports.side_by_side}) {
    CAPTURE(report->name);
    CHECK(report->state == "assumed");
    CHECK(report->assumed.value().scenario == "cheap");
    REQUIRE(report->notes.size() > 2);
    CHECK(report->notes[0].starts_with("assumed, not booked: scenario cheap ("));
    CHECK(report->notes[1].starts_with("assumed, not booked: scenario base ("));
  }
  // How the columns follow from each other, for whoever recomputes them.
  REQUIRE(bridge.row_sums.size() == 2);
  CHECK(bridge.row_sums[0].column == "difference");
  CHECK(bridge.row_sums[0].of == Lines{"price", "volume", "timing", "breakage", "other"});
  CHECK(bridge.row_sums[1].column == "revenue");
  CHECK(bridge.row_sums[1].of == Lines{"first", "difference"});
  REQUIRE(found.reports.side_by_side.row_sums.size() == 1);
  CHECK(found.reports.side_by_side.row_sums[0].of ==
        Lines{"credit_revenue", "cash_revenue", "breakage"});
}

TEST_CASE("comparison: a tranche that comes later is timing, and only that") {
  // 700 of T1 last to May at 400 a month; T2 pays June, or comes too late for it.
  SampleBook book;
  book.add_deal({.id = "T1", .investee = "Lunar", .signed_on = "2024-03-01", .face = "1000"});
  book.add_deal({.id = "T2", .investee = "Lunar", .signed_on = "2024-06-01", .face = "600"});
  book.import_usage({{"Lunar", "2024-03-31", "300"}});
  book.close("2024-03");
  const Scenario first = scenario_named("base", "400", 3);
  Scenario late = scenario_named("late", "400", 3);
  late.tranche_changes = {
      {"T2", Date::of(2024, 9, 1), std::nullopt, std::nullopt, std::nullopt}};
  const Compared found = compared(book, {first, late});
  CHECK(rows_text(found.reports.bridge, bridge_columns) ==
        Lines{"late | 2024-04 | 400.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 400.00",
              "late | 2024-05 | 300.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 300.00",
              "late | 2024-06 | 400.00 | 0.00 | 0.00 | -400.00 | 0.00 | 0.00 | -400.00 | 0.00",
              "late | total | 1100.00 | 0.00 | 0.00 | -400.00 | 0.00 | 0.00 | -400.00 | 700.00"});
}

TEST_CASE("comparison: a step the books refuse is counted with the next cause, and told") {
  // The drawdown names a grant that only comes with the step after it.
  const Scenario first = scenario_named("base", "100");
  Scenario other = scenario_named("more", "100");
  Drawdown extra = drawdown_of("Lunar", TableCurve{{decimal_of("50")}, TableCurve::Then::last});
  extra.name = "more of it";
  extra.grant = "T9";
  other.drawdowns.push_back(extra);
  ExtraTranche tranche{.id = "T9", .investee = "Lunar", .face = dollars("500"),
                       .price = std::nullopt, .issued_on = Date::of(2024, 4, 1),
                       .expires_on = std::nullopt, .scope = {}, .expected_unused = std::nullopt};
  other.extra_tranches = {tranche};
  const Compared found = compared(a_tenth_unused(), {first, other});
  const Report& bridge = found.reports.bridge;
  CHECK(cell(bridge, 0, "volume") == "0.00");
  CHECK(cell(bridge, 0, "timing") == cell(bridge, 0, "difference"));
  CHECK(cell(bridge, 0, "timing") != "0.00");
  std::size_t told = 0;
  for (const std::string& note : bridge.notes) {
    told += note.starts_with("base cannot take over the volume of more alone") ? 1 : 0;
  }
  CHECK(told == 1);
}

TEST_CASE("comparison: what starts elsewhere is compared in the months that both have") {
  // From March's close there is April; the book knows April, so that from now it begins in May.
  SampleBook book = a_tenth_unused();
  Scenario earlier = scenario_named("earlier", "100", 2);
  book.import_usage({{"Lunar", "2024-04-30", "90"}});
  earlier.start = FromRecord{book.store().record_count() - 1};
  const Scenario now = scenario_named("now", "100", 2);
  const Compared found = compared(book, {now, earlier});
  // To date 490 / 900 in May from 390 / 900; earlier from 400 to 500, to the cent 111.12.
  CHECK(rows_text(found.reports.bridge, bridge_columns) ==
        Lines{"earlier | 2024-05 | 111.11 | 0.00 | 0.00 | 0.00 | 0.00 | 0.01 | 0.01 | 111.12",
              "earlier | total | 111.11 | 0.00 | 0.00 | 0.00 | 0.00 | 0.01 | 0.01 | 111.12"});
  CHECK(rows_text(found.reports.side_by_side, {"scenario", "period", "difference"}) ==
        Lines{"earlier | 2024-04 | null", "earlier | 2024-05 | 0.01", "earlier | total | 0.01",
              "now | 2024-05 | 0.00", "now | 2024-06 | 0.00", "now | total | 0.00"});
}

TEST_CASE("comparison: one scenario, or two of one name, cannot be compared") {
  int walks = 0;
  const auto refusal = [&](const std::vector<Scenario>& scenarios) {
    return try_compare(a_tenth_unused(), scenarios, walks).error().message;
  };
  CHECK(refusal({scenario_named("a", "1")}) == "a comparison takes two scenarios or more");
  CHECK(refusal({scenario_named("a", "1"), scenario_named("a", "2")}) ==
        "two of the scenarios are called 'a'");
  CHECK(walks == 0);
}

}  // namespace accrue::testing

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/scenario/questions/grid.h"
#include "tests/scenario/assumed.h"

namespace accrue::testing {

namespace {

using Lines = std::vector<std::string>;

Lines values(std::string_view text) {
  Lines lines;
  for (const Decimal& value : parse_varied_steps(text).value().values) {
    lines.push_back(value.to_string());
  }
  return lines;
}

std::string steps_refusal(std::string_view text) {
  const Result<VariedSteps> steps = parse_varied_steps(text);
  return steps.ok() ? "" : steps.error().message;
}

std::vector<VariedSteps> steps(const Lines& texts) {
  std::vector<VariedSteps> all;
  for (const std::string& text : texts) all.push_back(parse_varied_steps(text).value());
  return all;
}

Result<Report> grid(const Lines& texts, const WalkProgress& progress = {}) {
  SampleBook book;
  book.add_deal({.id = "T1", .investee = "Lunar", .signed_on = "2024-03-01", .face = "1000"});
  book.import_usage({{"Lunar", "2024-03-31", "300"}});
  book.close("2024-03");
  Scenario scenario = bare_scenario(2);
  scenario.drawdowns = {
      drawdown_of("Lunar", RampCurve{decimal_of("400"), decimal_of("0"), std::nullopt})};
  const StartingBook start = starting_book(book.store(), scenario.start).value();
  return grid_report(scenario, steps(texts), [&](const Scenario& varied, const Shocks& shocks) {
    return walk(varied, start, shocks);
  }, progress);
}

}  // namespace

TEST_CASE("grid: a key takes every value of its range") {
  CHECK(values("volume=80..120:20") == Lines{"80", "100", "120"});
  CHECK(values("growth:Lunar=-1..1:0.75") == Lines{"-1", "-0.25", "0.5"});
  CHECK(values("price=50..50:1") == Lines{"50"});
  CHECK(values("price:h100*=50") == Lines{"50"});
  CHECK(to_string(parse_varied_steps("volume:a=b..c:d=1..2:1").value().key) == "volume:a=b..c:d");
  CHECK(values("volume=0..9999:1").size() == 10'000);

  CHECK(steps_refusal("volume") == "'volume' says no values");
  CHECK(steps_refusal("volume=80..120") == "'volume=80..120' says no step");
  CHECK(steps_refusal("volume=80..120:0") == "the step of 'volume=80..120:0' is not above zero");
  CHECK(steps_refusal("volume=80..120:-1") == "the step of 'volume=80..120:-1' is not above zero");
  CHECK(steps_refusal("volume=120..80:10") == "'volume=120..80:10' goes down");
  CHECK(steps_refusal("volume=0..10000:1") == "'volume=0..10000:1' has more than 10000 values");
  CHECK(steps_refusal("size=1..2:1") == "nothing of a scenario is called 'size'");
  CHECK_FALSE(parse_varied_steps("volume=a..2:1").ok());
  CHECK_FALSE(parse_varied_steps("volume=").ok());
}

TEST_CASE("grid: whatever a key is called, its column is letters, digits and underscores") {
  CHECK(grid_columns(steps({"volume=1", "volume:Lunar AI=1", "volume:lunar-ai=1", "price:h100*=1",
                            "volume:<b>\"x\"\n=1", "volume:\xe6\x9c\x88=1", "delay:m/T2=1"})) ==
        Lines{"volume", "volume_lunar_ai", "volume_lunar_ai_2", "price_h100", "volume_b_x",
              "volume_2", "delay_m_t2"});
}

TEST_CASE("grid: every combination is walked, the last key fastest, a row for each month") {
  // 700 are left: 200 a month at 50 percent, half of it at half the price.
  Lines progress;
  const Report report = grid({"volume=50..100:50", "price=50..100:50"}, [&](int done, int all) {
    progress.push_back(std::to_string(done) + " of " + std::to_string(all));
  }).value();
  CHECK(progress == Lines{"1 of 4", "2 of 4", "3 of 4", "4 of 4"});
  CHECK(rows_text(report, {"run", "period", "volume", "price", "revenue", "liability",
                           "face_left"}) ==
        Lines{"1 | 2024-04 | 50.00 | 50.00 | 100.00 | 600.00 | 600.00",
              "1 | 2024-05 | 50.00 | 50.00 | 100.00 | 500.00 | 500.00",
              "2 | 2024-04 | 50.00 | 100.00 | 200.00 | 500.00 | 500.00",
              "2 | 2024-05 | 50.00 | 100.00 | 200.00 | 300.00 | 300.00",
              "3 | 2024-04 | 100.00 | 50.00 | 200.00 | 500.00 | 500.00",
              "3 | 2024-05 | 100.00 | 50.00 | 200.00 | 300.00 | 300.00",
              "4 | 2024-04 | 100.00 | 100.00 | 400.00 | 300.00 | 300.00",
              "4 | 2024-05 | 100.00 | 100.00 | 300.00 | 0.00 | 0.00"});
  CHECK(total(report, "runs") == "4");
  CHECK(row_text(report, 7, {"credit_revenue", "cash_revenue", "breakage", "ref"}) ==
        "300.00 | 0.00 | 0.00 | assumed:what-if:scenario-grid:4:2024-05");
}

TEST_CASE("grid: it is assumed, says which key a column is of, and what revenue is the sum of") {
  const Report report = grid({"volume:Lunar=50", "price=50..100:50"}).value();
  CHECK(report.title == "Scenario what-if, not booked: Every combination of values");
  CHECK(report.state == "assumed");
  CHECK(report.assumed.value().scenario == "what-if");
  CHECK(report.assumed.value().from == Period::of(2024, 4));
  REQUIRE(report.notes.size() == 3);
  CHECK(report.notes[0].starts_with("assumed, not booked: scenario what-if (what-if.toml"));
  CHECK(report.notes[1] == "column volume_lunar: volume:Lunar");
  CHECK(report.notes[2] == "column price: price");
  REQUIRE(report.row_sums.size() == 1);
  CHECK(report.row_sums[0].column == "revenue");
}

TEST_CASE("grid: too many runs, a key twice and a value that is none are refused") {
  const auto refusal = [](const Lines& texts) { return grid(texts).error().message; };
  CHECK(refusal({}) == "a grid varies one key or more");
  CHECK(refusal({"volume=1", "volume=2"}) == "volume is varied twice");
  CHECK(refusal({"volume=1..101:1", "price=1..100:1"}) == "the grid has more than 10000 runs");
  CHECK(refusal({"volume=0..9999:1", "price=0..9999:1", "growth=0..9999:1", "others=0..9999:1",
                 "estimate=0..9999:1"}) == "the grid has more than 10000 runs");
  const Result<Report> negative = grid({"volume=50", "price=-1"});
  REQUIRE_FALSE(negative.ok());
  CHECK(negative.error().notes == Lines{"with volume at 50, price at -1"});
}

}  // namespace accrue::testing

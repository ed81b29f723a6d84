// Charts of what is assumed. Reports are made by hand; so are the places of what is drawn.

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "cli/page/assumed_months.h"
#include "cli/page/charts.h"
#include "tests/cli/drawn_charts.h"
#include "tests/cli/made_reports.h"
#include "tests/cli/made_scenario_reports.h"

using namespace accrue;
using accrue_test::count_of;
using accrue_test::has;
using accrue_test::money;
using accrue_test::scenario_report;
using accrue_test::texts_of;

namespace {

Report run_report(std::vector<std::vector<Cell>> rows) {
  return scenario_report("scenario-run", std::move(rows));
}

}  // namespace

// 2024-01 and 2024-02 are 60 days over 580 pixels: their middles lie 15 and 45 days in, at 215 and
// 505, the end of January at 370. The axis of amounts is 280 pixels high, from 310 up to 30.

TEST_CASE("scenario charts: a fan holds the outermost and the innermost pair, and the middle") {
  const Report report = scenario_report(
      "scenario-montecarlo",
      {{"2024-01", "revenue", "*", money("51.00"), money("20.00"), money("30.00"), money("40.00"),
        money("50.00"), money("60.00"), money("70.00"), money("100.00"), "r"},
       {"2024-01", "revenue", "Ada", money("1.00"), money("999.00"), money("999.00"),
        money("999.00"), money("999.00"), money("999.00"), money("999.00"), money("999.00"), "r"},
       {"2024-02", "revenue", "*", money("48.00"), money("0.00"), money("10.00"), money("20.00"),
        money("40.00"), money("80.00"), money("90.00"), money("100.00"), "r"}});
  const std::vector<Chart> charts = charts_of(report);
  REQUIRE(charts.size() == 1);
  const Chart& chart = charts.front();
  CHECK(chart.title == "Revenue by month, simulated and not booked");
  CHECK(chart.finding ==
        "In 2024-02: P5 0.00, P25 20.00, P50 40.00, P75 80.00, P95 100.00 USD. P5: in 5 of 100 "
        "simulated paths or more it is no higher.");
  // 0 to 100: 20 is 254, 40 is 198, 50 is 170, 60 is 142, 80 is 86.
  CHECK(has(chart, "<path class=\"band\" d=\"M70 254L215 254L505 310L650 310L650 30L505 30L215 30"
                   "L70 30Z\" />"));
  CHECK(has(chart, "<path class=\"band\" d=\"M70 198L215 198L505 254L650 254L650 86L505 86L215 142"
                   "L70 142Z\" />"));
  CHECK(has(chart, "<path class=\"step s1\" d=\"M70 170L215 170L505 198L650 198\" />"));
  CHECK(count_of(chart, "class=\"band\"") == 2);
  CHECK(texts_of(chart, "name") == std::vector<std::string>{"P95", "P75", "P50", "P25", "P5"});
  CHECK(chart.drawing.find("assumed, not booked") != std::string::npos);
  CHECK(chart.drawing.find("999") == std::string::npos);
}

TEST_CASE("scenario charts: a fan takes the percentiles that were asked for") {
  const auto chart_with = [](std::vector<std::string> percentiles) {
    Report report = scenario_report("scenario-montecarlo", {});
    report.columns = {{"period", ColumnKind::key}, {"measure", ColumnKind::key},
                      {"investee", ColumnKind::key}};
    std::vector<Cell> row{"2024-01", "liability", "Ada"};
    for (const std::string& name : percentiles) {
      report.columns.push_back({name, ColumnKind::figure});
      row.emplace_back(money("5.00"));
    }
    report.columns.push_back({"ref"});
    row.emplace_back("r");
    report.rows = {row};
    return charts_of(report);
  };
  const std::vector<Chart> three = chart_with({"p90", "p10", "p50"});
  REQUIRE(three.size() == 1);
  CHECK(count_of(three[0], "class=\"band\"") == 1);
  CHECK(texts_of(three[0], "name") == std::vector<std::string>{"P90", "P50", "P10"});
  // Two below and one above make one band, of the two outermost.
  const std::vector<Chart> uneven = chart_with({"p1", "p10", "p60"});
  REQUIRE(uneven.size() == 1);
  CHECK(texts_of(uneven[0], "name") == std::vector<std::string>{"P60", "P1"});
  const std::vector<Chart> middle = chart_with({"p50"});
  REQUIRE(middle.size() == 1);
  CHECK(count_of(middle[0], "class=\"band\"") == 0);
  CHECK(chart_with({"p5", "p10"}).empty());
  CHECK(chart_with({"paths", "p0", "p100", "p5x"}).empty());
}

TEST_CASE("scenario charts: revenue stacks by who pays, what is left is a line") {
  const std::vector<Chart> charts = charts_of(run_report({
      {"2024-01", "*", money("80.00"), money("60.00"), money("20.00"), money("0.00"),
       money("40.00"), money("60.00"), "r"},
      {"2024-02", "*", money("100.00"), money("40.00"), money("40.00"), money("20.00"),
       money("0.00"), money("0.00"), "r"},
      {"2024-02", "Ada", money("999.00"), money("999.00"), money("0.00"), money("0.00"),
       money("999.00"), money("999.00"), "r"},
  }));
  REQUIRE(charts.size() == 2);
  const Chart& revenue = charts[0];
  CHECK(has(revenue, "<rect class=\"f3\" x=\"71\" y=\"142\" width=\"298\" height=\"168\" />"));
  CHECK(has(revenue, "<rect class=\"f1\" x=\"71\" y=\"86\" width=\"298\" height=\"56\" />"));
  CHECK(has(revenue, "<rect class=\"f3\" x=\"371\" y=\"198\" width=\"278\" height=\"112\" />"));
  CHECK(has(revenue, "<rect class=\"f1\" x=\"371\" y=\"86\" width=\"278\" height=\"112\" />"));
  CHECK(has(revenue, "<rect class=\"f2\" x=\"371\" y=\"30\" width=\"278\" height=\"56\" />"));
  // Five parts and the three of the key.
  CHECK(count_of(revenue, "<rect class=\"f") == 8);
  CHECK(texts_of(revenue, "value") == std::vector<std::string>{"20.00", "60.00", "100.00"});
  CHECK(revenue.finding ==
        "180.00 USD from 2024-01 to 2024-02: paid with credits 100.00, paid in cash 60.00, "
        "breakage 20.00.");
  const Chart& left = charts[1];
  CHECK(has(left, "d=\"M70 30L215 30L505 310L650 310\""));
  CHECK(left.finding ==
        "60.00 at the end of 2024-01, 0.00 at the end of 2024-02; none are left from the end of "
        "2024-02 on.");
}

TEST_CASE("scenario charts: revenue taken back hangs below zero") {
  const Chart chart = charts_of(run_report({{"2024-01", "Ada", money("30.00"), money("40.00"),
                                             money("0.00"), money("-10.00"), money("0.00"),
                                             money("5.00"), "r"}}))
                          .at(0);
  // -10 to 40 is 280 pixels: zero at 254.
  CHECK(has(chart, "<rect class=\"f3\" x=\"71\" y=\"30\" width=\"578\" height=\"224\" />"));
  CHECK(has(chart, "<rect class=\"f2\" x=\"71\" y=\"254\" width=\"578\" height=\"56\" />"));
}

TEST_CASE("assumed months: credits are gone from the month after which none come back") {
  const auto none_from = [](std::vector<const char*> left) -> std::string {
    std::vector<AssumedMonth> months;
    for (const char* const face : left) {
      const int number = static_cast<int>(months.size());
      months.push_back({Period::of(2024, 1 + number), {}, {}, {}, {}, {}, money(face)});
    }
    const std::optional<Period> period = none_left_from(months);
    return period ? period->to_string() : "";
  };
  CHECK(none_from({"5", "0", "7", "0", "0"}) == "2024-04");
  CHECK(none_from({"0", "0"}) == "2024-01");
  CHECK(none_from({"0", "1"}) == "");
  CHECK(none_from({}) == "");
}

TEST_CASE("assumed months: without a row for all, those of one investee only") {
  const std::vector<Cell> ada{"2024-01", "Ada", money("1.00"), money("1.00"), money("0.00"),
                              money("0.00"), money("0.00"), money("3.00"), "r"};
  std::vector<Cell> bea = ada;
  bea[1] = "Bea";
  CHECK(assumed_months_of(run_report({ada})).size() == 1);
  CHECK(assumed_months_of(run_report({ada, bea})).empty());
}

TEST_CASE("scenario charts: growth is a band from without to with investees, ten percent marked") {
  const std::vector<Chart> charts = charts_of(scenario_report(
      "scenario-growth",
      {{"Cloud", "as reported", "2025-Q1", money("12.00"), money("10.00"), money("8.00"), "r"},
       {"Cloud", "as reported", "2025-Q2", money("9.00"), Cell{}, money("7.00"), "r"},
       {"Cloud", "as reported", "2025-Q3", Cell{}, Cell{}, money("7.00"), "r"}}));
  REQUIRE(charts.size() == 1);
  const Chart& chart = charts.front();
  // "8.00% to 10.00% to 12.00%" takes 200: the plot is 180 to 742, 0 to 12.
  CHECK(has(chart, "<rect class=\"f1\" x=\"555\" y=\"32\" width=\"93\" height=\"18\" />"));
  CHECK(has(chart, "<rect class=\"f2\" x=\"648\" y=\"32\" width=\"94\" height=\"18\" />"));
  CHECK(has(chart, "<line class=\"mark\" x1=\"648\""));
  CHECK(texts_of(chart, "value") ==
        std::vector<std::string>{"8.00% to 10.00% to 12.00%", "7.00% to 9.00%", "", ""});
  CHECK(chart.finding == "Growth reaches 10% with the investees, not without: 2025-Q1.");
}

TEST_CASE("scenario charts: growth of two segments stands in two charts") {
  const std::vector<Chart> charts = charts_of(scenario_report(
      "scenario-growth",
      {{"AI", "as reported", "2025-Q1", money("30.00"), Cell{}, money("10.00"), "r"},
       {"Cloud", "as reported", "2025-Q1", money("9.99"), Cell{}, money("8.00"), "r"}}));
  REQUIRE(charts.size() == 2);
  CHECK(charts[0].title ==
        "Growth of AI (as reported), without and with investees, assumed and not booked");
  for (const Chart& chart : charts) {
    CHECK(chart.finding == "In no range is it the investees who make growth reach 10%.");
  }
}

TEST_CASE("scenario charts: exactly ten percent is reached") {
  const std::vector<Chart> charts = charts_of(scenario_report(
      "scenario-growth",
      {{"Cloud", "as reported", "2025-Q1", money("10.00"), Cell{}, money("9.99"), "r"},
       {"Cloud", "as reported", "2025-Q2", money("11.00"), Cell{}, money("10.00"), "r"}}));
  CHECK(charts.at(0).finding ==
        "Growth reaches 10% with the investees, not without: 2025-Q1.");
}

TEST_CASE("scenario charts: a tornado leads from what the scenario says to either end") {
  Report report = scenario_report(
      "scenario-sensitivity",
      {{std::int64_t{1}, "volume:Ada", money("90.00"), money("110.00"), money("90.00"),
        money("100.00"), money("110.00"), money("20.00"), "r"},
       {std::int64_t{2}, "delay:T2", money("0.00"), money("3.00"), money("105.00"),
        money("100.00"), money("110.00"), money("5.00"), "r"},
       {std::int64_t{3}, "price", money("90.00"), money("110.00"), Cell{}, money("100.00"),
        money("98.00"), Cell{}, "r"}});
  report.totals = {{"at_base", money("100.00")}};
  const std::vector<Chart> charts = charts_of(report);
  REQUIRE(charts.size() == 1);
  const Chart& chart = charts.front();
  // "105.00 to 110.00" takes 128: the plot is 24 to 814, from -10 to 10, zero at 419.
  CHECK(has(chart, "<rect class=\"f2\" x=\"24\" y=\"50\" width=\"395\" height=\"18\" />"));
  CHECK(has(chart, "<rect class=\"f1\" x=\"419\" y=\"50\" width=\"395\" height=\"18\" />"));
  // Both ends on one side: the longer one below the shorter.
  const std::size_t longer =
      chart.drawing.find("<rect class=\"f1\" x=\"419\" y=\"98\" width=\"395\" height=\"18\" />");
  const std::size_t shorter =
      chart.drawing.find("<rect class=\"f2\" x=\"419\" y=\"98\" width=\"197\" height=\"18\" />");
  REQUIRE(longer != std::string::npos);
  REQUIRE(shorter != std::string::npos);
  CHECK(longer < shorter);
  CHECK(texts_of(chart, "over") ==
        std::vector<std::string>{"volume:Ada, 90.00 to 110.00", "delay:T2, 0.00 to 3.00",
                                 "price, 90.00 to 110.00"});
  CHECK(texts_of(chart, "value") ==
        std::vector<std::string>{"90.00 to 110.00", "105.00 to 110.00", "none to 98.00", "", ""});
  CHECK(has(chart, ">as the scenario says: 100.00<"));
  CHECK(chart.finding ==
        "It is 100.00 USD as the scenario says. volume:Ada, from 90.00 to 110.00, takes it from "
        "90.00 to 110.00.");
}

TEST_CASE("scenario charts: of many assumptions the tornado shows the first twenty, and says so") {
  Report report = scenario_report("scenario-sensitivity", {});
  for (std::int64_t rank = 1; rank <= 21; ++rank) {
    report.rows.push_back({rank, "volume:" + std::to_string(rank), money("90.00"),
                           money("110.00"), money("99.00"), money("100.00"), money("101.00"),
                           money("2.00"), "r"});
  }
  report.totals = {{"at_base", money("100.00")}};
  const Chart chart = charts_of(report).at(0);
  CHECK(texts_of(chart, "over").size() == 20);
  CHECK(chart.finding.ends_with(" Shown are the first 20 of 21."));
  report.totals.clear();
  CHECK(charts_of(report).empty());
}

TEST_CASE("scenario charts: an event's bar is its probability, with its standard error across") {
  const std::vector<Chart> charts = charts_of(scenario_report(
      "scenario-events", {{"credits of Ada run out", money("25.00"), money("4.00"), "r"},
                          {"never seen", money("0.00"), money("0.00"), "r"}}));
  REQUIRE(charts.size() == 1);
  const Chart& chart = charts.front();
  // "25.00% ± 4.00" takes 104: the plot is 24 to 838, 0 to 30.
  CHECK(has(chart, "<rect class=\"f1\" x=\"24\" y=\"50\" width=\"678\" height=\"18\" />"));
  CHECK(has(chart, "<line class=\"error\" x1=\"594\" y1=\"59\" x2=\"811\" y2=\"59\" />"));
  CHECK(texts_of(chart, "value") == std::vector<std::string>{"25.00% ± 4.00", "0.00% ± 0.00"});
  CHECK(chart.finding == "Most often: credits of Ada run out, in 25.00% of the paths. The rule "
                         "across a bar is one standard error either way.");
}

TEST_CASE("scenario charts: scenarios are lines, each with its total") {
  const std::vector<Chart> charts = charts_of(scenario_report(
      "scenario-comparison",
      {{"base", "2024-01", money("100.00"), money("0.00"), "r"},
       {"base", "2024-02", money("100.00"), money("0.00"), "r"},
       {"base", "total", money("200.00"), money("0.00"), "r"},
       {"slow", "2024-02", money("50.00"), money("-50.00"), "r"},
       {"slow", "2024-03", money("0.00"), Cell{}, "r"},
       {"slow", "total", money("50.00"), money("-50.00"), "r"}}));
  REQUIRE(charts.size() == 1);
  const Chart& chart = charts.front();
  // January to March are 91 days: the middles 15, 45 and 75 days in, at 166, 357 and 548.
  CHECK(has(chart, "<path class=\"step s1 d0\" d=\"M70 30L166 30L357 30L452 30\" />"));
  CHECK(has(chart, "<path class=\"step s2 d1\" d=\"M268 170L357 170L548 310L650 310\" />"));
  CHECK(texts_of(chart, "name") == std::vector<std::string>{"base", "slow"});
  CHECK(has(chart, ">200.00 in all<"));
  CHECK(has(chart, ">50.00 in all<"));
  CHECK(chart.finding == "In all months: base 200.00, slow 50.00 (-50.00) USD. In brackets: the "
                         "difference to the first scenario.");
}

TEST_CASE("scenario charts: a bridge leads by its causes to the other scenario's revenue") {
  const std::vector<Chart> charts = charts_of(scenario_report(
      "scenario-bridge",
      {{"slow", "2024-01", money("1.00"), money("1.00"), money("1.00"), money("1.00"),
        money("1.00"), money("1.00"), money("5.00"), money("6.00"), "r"},
       {"slow", "total", money("100.00"), money("-20.00"), money("50.00"), money("0.00"),
        money("0.00"), money("0.00"), money("30.00"), money("130.00"), "r"}}));
  REQUIRE(charts.size() == 1);
  const Chart& chart = charts.front();
  // "100.00" takes 48: the plot is 180 to 894, 0 to 150.
  CHECK(has(chart, "<rect class=\"f0\" x=\"180\" y=\"32\" width=\"476\" height=\"18\" />"));
  CHECK(has(chart, "<rect class=\"f1\" x=\"561\" y=\"62\" width=\"95\" height=\"18\" />"));
  CHECK(has(chart, "<rect class=\"f3\" x=\"561\" y=\"92\" width=\"238\" height=\"18\" />"));
  CHECK(has(chart, "<rect class=\"f0\" x=\"180\" y=\"212\" width=\"619\" height=\"18\" />"));
  CHECK(texts_of(chart, "value") ==
        std::vector<std::string>{"100.00", "-20.00", "50.00", "0.00", "0.00", "0.00", "130.00"});
  CHECK(chart.finding == "It goes from 100.00 to 130.00 USD: price -20.00, volume 50.00, timing "
                         "0.00, breakage 0.00, other 0.00.");
}

TEST_CASE("scenario charts: names of files can do nothing on the page") {
  const std::string hostile =
      "</text></svg><script>alert(1)</script>\"' onload='x' \x1b[31m\xE2\x80\xAE\xff";
  for (const Report& report : accrue_test::scenario_reports_named(hostile)) {
    CAPTURE(report.name);
    const std::vector<Chart> charts = charts_of(report);
    CHECK_FALSE(charts.empty());
    for (const Chart& chart : charts) {
      const std::string markup = figure_markup(chart, "c1");
      for (const char* const part : {"<script", "' onload", "\x1b", "\xE2\x80\xAE", "\xff"}) {
        CHECK(markup.find(part) == std::string::npos);
      }
      CHECK(markup.find("not booked") != std::string::npos);
    }
  }
}

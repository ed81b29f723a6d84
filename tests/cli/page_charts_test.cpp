#include <algorithm>
#include <regex>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "cli/page/burn_down_lines.h"
#include "cli/page/charts.h"
#include "tests/cli/drawn_charts.h"

using namespace accrue;
using accrue_test::count_of;
using accrue_test::has;
using accrue_test::texts_of;

namespace {

Figure amount(const char* text) { return {Decimal::parse(text).value(), 2, Measure::money}; }
Cell text(const char* value) { return std::string{value}; }

Report rollforward(std::vector<NamedCell> totals) {
  Report report;
  report.name = "rollforward";
  report.currency = "USD";
  report.totals = std::move(totals);
  return report;
}

Report growth(std::vector<std::vector<Cell>> rows) {
  Report report;
  report.name = "growth";
  report.columns = {{"investee", ColumnKind::key},
                    {"funding", ColumnKind::key},
                    {"contribution_pp", ColumnKind::figure},
                    {"ref"}};
  report.rows = std::move(rows);
  return report;
}

Report burn_down(std::vector<std::vector<Cell>> rows) {
  Report report;
  report.name = "burn-down";
  report.columns = {{"period", ColumnKind::key},
                    {"investee", ColumnKind::key},
                    {"grant", ColumnKind::key},
                    {"face_currency"},
                    {"face_opening", ColumnKind::figure},
                    {"face_granted", ColumnKind::figure},
                    {"face_drawn", ColumnKind::figure},
                    {"face_expired", ColumnKind::figure},
                    {"face_closing", ColumnKind::figure},
                    {"expires"},
                    {"ref"}};
  report.rows = std::move(rows);
  return report;
}

std::vector<Cell> face_row(const char* period, const char* grant, const char* currency,
                           const char* opening, const char* drawn, const char* expired,
                           const char* closing, Cell expires) {
  return {text(period),    text("Ada"),        text(grant),   text(currency),
          amount(opening), amount("0"),        amount(drawn), amount(expired),
          amount(closing), std::move(expires), text("r")};
}

}  // namespace

TEST_CASE("charts: the bars of a roll-forward lead from the opening to the closing") {
  const std::vector<Chart> charts = charts_of(rollforward({{"opening", amount("100")},
                                                           {"granted", amount("50")},
                                                           {"usage", amount("-30")},
                                                           {"breakage", amount("-20")},
                                                           {"modification", amount("0")},
                                                           {"refunded", amount("0")},
                                                           {"other", amount("0")},
                                                           {"closing", amount("100")}}));
  REQUIRE(charts.size() == 1);
  const Chart& chart = charts.front();
  // "100.00" takes 6 x 8, so the plot ends at 956 - 48 - 14 = 894; 0 to 150 is 180 to 894.
  CHECK(has(chart, "<rect class=\"f0\" x=\"180\" y=\"32\" width=\"476\" height=\"18\" />"));
  CHECK(has(chart, "<rect class=\"f1\" x=\"656\" y=\"62\" width=\"238\" height=\"18\" />"));
  CHECK(has(chart, "<rect class=\"f3\" x=\"751\" y=\"92\" width=\"143\" height=\"18\" />"));
  CHECK(has(chart, "<rect class=\"f2\" x=\"656\" y=\"122\" width=\"95\" height=\"18\" />"));
  CHECK(has(chart, "<rect class=\"f0\" x=\"180\" y=\"152\" width=\"476\" height=\"18\" />"));
  CHECK(texts_of(chart, "tick") == std::vector<std::string>{"0", "50", "100", "150", "USD"});
  CHECK(texts_of(chart, "value") ==
        std::vector<std::string>{"100.00", "50.00", "-30.00", "-20.00", "100.00"});
  CHECK(chart.finding ==
        "It went from 100.00 to 100.00 USD: granted 50.00, usage -30.00, breakage -20.00.");
}

TEST_CASE("charts: a roll-forward shows what seldom happens only where it did") {
  const std::vector<Chart> charts = charts_of(rollforward({{"opening", amount("100")},
                                                           {"refunded", amount("-60")},
                                                           {"other", amount("0")},
                                                           {"closing", amount("40")}}));
  REQUIRE(charts.size() == 1);
  CHECK(texts_of(charts.front(), "value") == std::vector<std::string>{"100.00", "-60.00", "40.00"});
  CHECK(charts_of(rollforward({})).empty());
}

TEST_CASE("charts: contributions stack from zero, those below zero hang down") {
  const std::vector<Chart> charts = charts_of(growth({
      {text("Ada"), text("cash"), amount("-1"), text("r")},
      {text("Ada"), text("credits"), amount("3"), text("r")},
      {text("Bea"), text("credits"), Cell{}, text("r")},
      {text("Cy"), text("credits"), amount("0"), text("r")},
      {text("other"), Cell{}, amount("6"), text("r")},
      {text("*"), Cell{}, amount("8"), text("r")},
  }));
  REQUIRE(charts.size() == 1);
  const Chart& chart = charts.front();
  // -1 to 9 in steps of 2 is -2 to 10 over 300 pixels, 25 a point, zero at 270.
  CHECK(has(chart, "<rect class=\"f0\" x=\"90\" y=\"120\" width=\"200\" height=\"150\" />"));
  CHECK(has(chart, "<rect class=\"f1\" x=\"90\" y=\"45\" width=\"200\" height=\"75\" />"));
  CHECK(has(chart, "<rect class=\"f1\" x=\"90\" y=\"270\" width=\"200\" height=\"25\" />"));
  CHECK(count_of(chart, "<rect class=\"f") == 3);
  CHECK(has(chart, "fill=\"url(#h1)\" x=\"90\" y=\"45\""));   // credits
  CHECK(has(chart, "fill=\"url(#h4)\" x=\"90\" y=\"270\""));  // cash
  CHECK(texts_of(chart, "value") == std::vector<std::string>{"3.00", "6.00", "-1.00"});
  CHECK(has(chart, ">Ada, credits<"));
  CHECK(has(chart, ">All other revenue<"));
}

TEST_CASE("charts: labels of many small contributions do not cover each other") {
  std::vector<std::vector<Cell>> rows;
  for (int i = 0; i < 30; ++i) {
    rows.push_back({"Investee " + std::to_string(i), text("credits"), amount("0.01"), text("r")});
  }
  rows.push_back({text("other"), Cell{}, amount("9"), text("r")});
  const Chart chart = charts_of(growth(rows)).at(0);
  std::vector<int> places;
  const std::regex form{"<text class=\"value\"[^>]* y=\"(-?[0-9]+)\">"};
  for (std::sregex_iterator at{chart.drawing.begin(), chart.drawing.end(), form}, end; at != end;
       ++at) {
    places.push_back(std::stoi((*at)[1]));
  }
  REQUIRE(places.size() == 31);
  for (std::size_t i = 1; i < places.size(); ++i) CHECK(places[i] - places[i - 1] >= 20);
  CHECK(places.front() >= 0);
  CHECK(places.back() <= chart.height);
}

TEST_CASE("charts: a grant burns down in steps and falls at its expiry") {
  const std::vector<Chart> charts = charts_of(burn_down({
      face_row("2024-01", "T1", "USD", "100", "-40", "0", "60", text("2024-02-16")),
      face_row("2024-02", "T1", "USD", "60", "-20", "-40", "0", text("2024-02-16")),
  }));
  REQUIRE(charts.size() == 1);
  const Chart& chart = charts.front();
  // 60 days over 580 pixels: 1 February is 31 days in, 16 February 46; 0 to 100 is 310 up to 30.
  CHECK(has(chart, "d=\"M70 30H370V142H515V198H515V310\""));
  CHECK(has(chart, "<path class=\"expiry\" d=\"M509 198l6 -6l6 6l-6 6z\" />"));
  CHECK(texts_of(chart, "date") == std::vector<std::string>{"2024-02-16"});
  CHECK(has(chart, ">0.00, expires 2024-02-16<"));
  CHECK(chart.finding == "T1 has 0.00 USD left at the end of 2024-02 and expires 2024-02-16.");
}

TEST_CASE("burn-down: an expiry on the first of a month belongs to the month before") {
  const Report report = burn_down({
      face_row("2024-01", "T1", "USD", "100", "-40", "-60", "0", text("2024-02-01")),
      face_row("2024-02", "T1", "USD", "0", "0", "0", "0", text("2024-02-01")),
  });
  const std::vector<FaceLine> lines = face_lines_of(report);
  REQUIRE(lines.size() == 1);
  const std::optional<FacePoint> expiry = expiry_of(lines.front());
  REQUIRE(expiry);
  CHECK(expiry->day == Date::of(2024, 2, 1));
  CHECK(expiry->left.to_string() == "60");
  std::vector<std::string> left;
  for (const FacePoint& point : steps_of(lines.front())) left.push_back(point.left.to_string());
  CHECK(left == std::vector<std::string>{"100", "60", "0", "0"});
}

TEST_CASE("charts: an expiry to come is marked ahead, one far off is said to be later") {
  const Chart chart =
      charts_of(burn_down({
                    face_row("2024-01", "near", "USD", "100", "-40", "0", "60", text("2024-03-01")),
                    face_row("2024-01", "far", "USD", "100", "-10", "0", "90", text("2034-01-01")),
                    face_row("2024-01", "never", "USD", "100", "-90", "0", "10", Cell{}),
                }))
          .at(0);
  CHECK(texts_of(chart, "date") == std::vector<std::string>{"2024-03-01"});
  CHECK(count_of(chart, "class=\"ahead\"") == 3);
  CHECK(has(chart, ">60.00, expires 2024-03-01<"));
  CHECK(has(chart, ">90.00, expires 2034-01-01 (later)<"));
  CHECK(has(chart, ">10.00, no expiry<"));
}

TEST_CASE("charts: dates of equal expiries do not cover each other, nor do the names") {
  std::vector<std::vector<Cell>> rows;
  for (const char* grant : {"T1", "T2", "T3", "T4"}) {
    rows.push_back(face_row("2024-01", grant, "USD", "100", "-40", "0", "60", text("2024-03-01")));
  }
  const Chart chart = charts_of(burn_down(rows)).at(0);
  for (const auto& [style, distance] : {std::pair{"date", 13}, std::pair{"name", 38}}) {
    std::vector<int> places;
    const std::regex form{std::string{"<text class=\""} + style + "\"[^>]* y=\"(-?[0-9]+)\">"};
    for (std::sregex_iterator at{chart.drawing.begin(), chart.drawing.end(), form}, end; at != end;
         ++at) {
      places.push_back(std::stoi((*at)[1]));
    }
    std::sort(places.begin(), places.end());
    REQUIRE(places.size() == 4);
    for (std::size_t i = 1; i < 4; ++i) CHECK(places[i] - places[i - 1] >= distance);
  }
}

TEST_CASE("charts: credits of two currencies never share an axis") {
  const std::vector<Chart> charts = charts_of(burn_down({
      face_row("2024-01", "T1", "USD", "100", "-40", "0", "60", Cell{}),
      face_row("2024-01", "T2", "CNY", "700", "-40", "0", "660", Cell{}),
  }));
  REQUIRE(charts.size() == 2);
  CHECK(charts[0].title == "Credits left, CNY");
  CHECK(charts[1].title == "Credits left, USD");
  CHECK(charts[0].drawing.find("T1") == std::string::npos);
}

TEST_CASE("charts: ten percent is marked, and who reaches it is named") {
  Report report;
  report.name = "concentration";
  report.columns = {{"investee", ColumnKind::key},
                    {"revenue", ColumnKind::figure},
                    {"pct_of_segment", ColumnKind::figure},
                    {"ref"}};
  report.rows = {{text("Ada"), amount("1"), amount("10.00"), text("r")},
                 {text("Bea"), amount("1"), amount("9.99"), text("r")},
                 {text("Cy"), amount("1"), Cell{}, text("r")}};
  const Chart chart = charts_of(report).at(0);
  CHECK(chart.finding == "10% or more of it comes from: Ada 10.00%.");
  // "10.00%" takes 48: the plot is 180 to 894, 0 to 10, and its end is the mark.
  CHECK(has(chart, "<line class=\"mark\" x1=\"894\""));
  CHECK(has(chart, "<rect class=\"f4\" x=\"180\" y=\"32\" width=\"714\" height=\"18\" />"));
  CHECK(has(chart, "<rect class=\"f1\" x=\"180\" y=\"62\" width=\"713\" height=\"18\" />"));
  CHECK(texts_of(chart, "value") == std::vector<std::string>{"10.00%", "9.99%"});
  report.rows.erase(report.rows.begin());
  CHECK(charts_of(report).at(0).finding == "No investee brings 10% or more of it.");
}

TEST_CASE("charts: what is yet to be recognised is one bar of its bands") {
  Report report;
  report.name = "rpo";
  report.currency = "USD";
  report.columns = {{"investee", ColumnKind::key},   {"grant", ColumnKind::key},
                    {"band", ColumnKind::key},       {"amount", ColumnKind::figure},
                    {"percent", ColumnKind::figure}, {"ref"}};
  const auto row = [](const char* band, const char* value) {
    return std::vector<Cell>{text("Ada"), text("T"), text(band), amount(value), Cell{}, text("r")};
  };
  report.rows = {row("13-24", "25"), row("0-12", "30"), row("0-12", "45"), row("undated", "100")};
  const Chart chart = charts_of(report).at(0);
  // 0 to 200: 75, then 25, then 100. "200.00" takes 48: the plot is 180 to 894.
  CHECK(has(chart, "<rect class=\"f1\" x=\"180\" y=\"32\" width=\"268\" height=\"18\" />"));
  CHECK(has(chart, "<rect class=\"f6\" x=\"448\" y=\"32\" width=\"89\" height=\"18\" />"));
  CHECK(has(chart, "<rect class=\"f0\" x=\"537\" y=\"32\" width=\"357\" height=\"18\" />"));
  CHECK(texts_of(chart, "value") == std::vector<std::string>{"200.00", "75.00", "25.00", "100.00"});
}

// "7-12" is before "13-120", whatever bytes say.
TEST_CASE("charts: bands of any length are drawn, in the order of time") {
  Report report;
  report.name = "rpo";
  report.currency = "USD";
  report.columns = {{"band", ColumnKind::key}, {"amount", ColumnKind::figure}, {"ref"}};
  const auto row = [](const char* band, const char* value) {
    return std::vector<Cell>{text(band), amount(value), text("r")};
  };
  report.rows = {row("undated", "5"), row("over 120", "4"), row("13-120", "3"), row("7-12", "2"),
                 row("0-6", "1")};
  const Chart chart = charts_of(report).at(0);
  CHECK(chart.finding ==
        "Of 15.00 USD: within 6 months 1.00, 7 to 12 months 2.00, 13 to 120 months 3.00, over 120 "
        "months 4.00, undated 5.00.");
}

TEST_CASE("charts: the months of a waterfall hold no earlier and no later revenue") {
  Report report;
  report.name = "waterfall";
  report.currency = "USD";
  report.columns = {{"recognised_in", ColumnKind::key},
                    {"usage", ColumnKind::figure},
                    {"breakage", ColumnKind::figure},
                    {"amount", ColumnKind::figure},
                    {"ref"}};
  const auto row = [](const char* when, const char* usage, const char* breakage) {
    return std::vector<Cell>{text(when), amount(usage), amount(breakage), amount("0"), text("r")};
  };
  report.rows = {row("2024-05", "60", "40"), row("2024-04", "20", "0"), row("2024-05", "100", "0"),
                 row("before 2024-04", "999", "0"), row("remaining", "999", "999")};
  const Chart chart = charts_of(report).at(0);
  CHECK(texts_of(chart, "value") == std::vector<std::string>{"20.00", "200.00", "180.00", "40.00"});
  CHECK(has(chart, ">2024-04<"));
  // April: 20 of 200; May: 160 and 40 on it.
  CHECK(has(chart, "<rect class=\"f3\" x=\"180\" y=\"32\" width=\"71\" height=\"18\" />"));
  CHECK(has(chart, "<rect class=\"f3\" x=\"180\" y=\"62\" width=\"571\" height=\"18\" />"));
  CHECK(has(chart, "<rect class=\"f2\" x=\"751\" y=\"62\" width=\"143\" height=\"18\" />"));
  CHECK(chart.finding == "220.00 USD was recognised: usage 180.00, breakage 40.00.");
}

TEST_CASE("charts: a report of another form has none") {
  for (const char* name :
       {"growth", "burn-down", "concentration", "rpo", "waterfall", "period", "scenario-run",
        "scenario-growth", "scenario-montecarlo", "scenario-events", "scenario-sensitivity",
        "scenario-comparison", "scenario-bridge"}) {
    Report report;
    report.name = name;
    report.columns = {{"revenue", ColumnKind::figure}, {"ref"}};
    report.rows = {{amount("1"), text("r")}};
    CHECK(charts_of(report).empty());
  }
}

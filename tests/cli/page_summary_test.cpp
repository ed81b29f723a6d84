// The key figures of a page that begins with what a scenario comes to.

#include <regex>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "cli/page/summary.h"
#include "tests/cli/made_reports.h"
#include "tests/cli/made_scenario_reports.h"

using namespace accrue;
using accrue_test::money;
using accrue_test::scenario_report;

namespace {

/// Each card as "name: figure (what it says below)".
std::vector<std::string> cards_of(const std::string& markup) {
  std::vector<std::string> cards;
  const std::regex form{"<dt>([^<]*)</dt><dd class=\"big\">([^<]*)</dd><dd class=\"change\">"
                        "([^<]*)</dd>"};
  for (std::sregex_iterator at{markup.begin(), markup.end(), form}, end; at != end; ++at) {
    cards.push_back((*at)[1].str() + ": " + (*at)[2].str() + " (" + (*at)[3].str() + ")");
  }
  return cards;
}

Report run(const char* left_at_end) {
  return scenario_report("scenario-run",
                         {{"2024-01", "*", money("7.00"), money("4.00"), money("2.00"),
                           money("1.00"), money("3.00"), money("0.00"), "r"},
                          {"2024-01", "Ada", money("999.00"), money("999.00"), money("0.00"),
                           money("0.00"), money("999.00"), money("999.00"), "r"},
                          {"2024-02", "*", money("1000.00"), money("900.00"), money("90.00"),
                           money("10.00"), money("2.50"), money(left_at_end), "r"}});
}

}  // namespace

TEST_CASE("page summary: a scenario's key figures are called assumed") {
  const Report growth = scenario_report(
      "scenario-growth",
      {{"Cloud", "as reported", "2023-Q4", money("1.00"), Cell{}, money("1.00"), "r"},
       {"Cloud", "as reported", "2024-Q1", money("12.00"), Cell{}, money("8.00"), "r"}});
  // 7 + 1000, of it 4 + 900, 2 + 90 and 1 + 10.
  const std::vector<std::string> expected{
      "Revenue from investees, assumed, USD: 1,007.00 (credits 904.00, cash 92.00, breakage 11.00)",
      "Contract liability, assumed, USD: 2.50 (at the end of 2024-02)",
      "Credits left, at face, assumed: 5.00 (at the end of 2024-02)",
      "Growth of the segment, assumed, %: 12.00 (8.00% without investees, in 2024-Q1)"};
  CHECK(cards_of(summary_markup({run("5.00"), growth})) == expected);
  CHECK(cards_of(summary_markup({run("5.00")})).size() == 3);
}

TEST_CASE("page summary: credits that are gone say since when") {
  CHECK(cards_of(summary_markup({run("0.00")})).at(2) ==
        "Credits left, at face, assumed: 0.00 (none from the end of 2024-01 on)");
}

TEST_CASE("page summary: growth of two segments is no one figure") {
  const Report growth = scenario_report(
      "scenario-growth",
      {{"AI", "as reported", "2024-Q1", money("1.00"), Cell{}, money("1.00"), "r"},
       {"Cloud", "as reported", "2024-Q1", money("12.00"), Cell{}, money("8.00"), "r"}});
  CHECK(cards_of(summary_markup({run("5.00"), growth})).size() == 3);
}

TEST_CASE("page summary: the book's own reports are not called assumed; one has no summary") {
  const std::vector<Report> companions = accrue_test::made_companions();
  std::vector<Report> reports{accrue_test::made_rollforward()};
  CHECK(summary_markup(reports).empty());
  reports.insert(reports.end(), companions.begin(), companions.end());
  CHECK(cards_of(summary_markup(reports)) ==
        std::vector<std::string>{
            "Revenue from investees, USD: 111.00 ()",
            "Contract liability at the end, USD: 250.00 (+150.00 against 100.00 at the opening)"});
}

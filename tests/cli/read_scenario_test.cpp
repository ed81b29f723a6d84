// The script of examples/what-if that reads what a scenario comes to. Skipped without python3.

#include <cstdlib>
#include <string>

#include <doctest/doctest.h>

#include "cli/render_json.h"
#include "tests/cli/made_reports.h"
#include "tests/cli/made_scenario_reports.h"
#include "tests/cli/program.h"

using namespace accrue;
using accrue_test::money;
using accrue_test::scenario_report;
using accrue_test::Scratch;

namespace {

bool has_python() {
  if (std::system("command -v python3 >/dev/null 2>&1") == 0) return true;
  MESSAGE("python3 is not installed: skipped");
  return false;
}

/// What the script says of files in the folder, on both streams.
std::string told(const Scratch& scratch, const std::string& files) {
  const std::string command = "cd '" + scratch.folder().string() +
                              "' && PYTHONDONTWRITEBYTECODE=1 PYTHONIOENCODING=utf-8 python3 "
                              "'" ACCRUE_SOURCE_DIR "/examples/what-if/read_scenario.py' " +
                              files + " >told.txt 2>&1";
  const int status = std::system(command.c_str());
  return scratch.read("told.txt") + (status == 0 ? "" : "refused\n");
}

std::vector<Cell> month(const char* period, const char* investee, const char* revenue,
                        const char* left) {
  return {period,       investee,     money(revenue), money(revenue), money("0"),
          money("0.00"), money("0.00"), money(left),    "r"};
}

std::vector<Cell> simulated(const char* period, const char* measure, const char* mean,
                            const char* low, const char* middle, const char* high) {
  return {period,        measure,     "*",           money(mean), money("0.00"), money(low),
          money("0.00"), money(middle), money("0.00"), money(high), money("0.00"), "r"};
}

}  // namespace

TEST_CASE("read_scenario.py: revenue adds up to the cent, credits run out when none come back") {
  if (!has_python()) return;
  const Scratch scratch;
  const Report report = scenario_report(
      "scenario-run", {month("2024-01", "*", "1234567890123456789012345.10", "9.00"),
                       month("2024-01", "Ada", "0.10", "5.00"),
                       month("2024-01", "Bea\x1b[31m", "1000.00", "0.00"),
                       month("2024-02", "*", "0.20", "4.00"),
                       month("2024-02", "Ada", "0.20", "0.00"),
                       month("2024-02", "Bea\x1b[31m", "2000.05", "4.00"),
                       month("2024-03", "*", "0.00", "0.01"),
                       month("2024-03", "Ada", "0.00", "0.00"),
                       month("2024-03", "Bea\x1b[31m", "0.00", "0.01")});
  scratch.write("run.json", render_json(report, {}, {}));
  CHECK(told(scratch, "run.json") ==
        "Assumed, not booked: revenue in USD, and the month in which the credits run out\n"
        "investee                                  revenue  months to run-out  month\n"
        "Ada                                          0.30                  2  2024-02\n"
        "Bea\\x1b[31m                              3,000.05             over 3\n"
        "all          1,234,567,890,123,456,789,012,345.30             over 3\n\n");
}

TEST_CASE("read_scenario.py: a quarter has the mean of its revenue and the balances at its end") {
  if (!has_python()) return;
  const Scratch scratch;
  const Report report = scenario_report(
      "scenario-montecarlo",
      {simulated("2024-01", "revenue", "10.10", "1.00", "10.00", "20.00"),
       simulated("2024-02", "liability", "9.00", "7.00", "8.00", "9.00"),
       simulated("2024-02", "revenue", "20.20", "1.00", "10.00", "20.00"),
       simulated("2024-03", "liability", "2.10", "1.00", "2.00", "3000.00"),
       simulated("2024-03", "revenue", "30.30", "1.00", "10.00", "20.00"),
       simulated("2024-04", "liability", "0.50", "0.25", "0.50", "0.75"),
       simulated("2024-04", "revenue", "5.00", "1.00", "10.00", "20.00"),
       // Of the whole forecast, not of a month.
       {Cell{}, "exhausted", "Ada", Cell{}, Cell{}, money("2.0"), Cell{}, money("4.0"), Cell{},
        Cell{}, Cell{}, "r"}});
  scratch.write("paths.json", render_json(report, {}, {}));
  CHECK(told(scratch, "paths.json") ==
        "Simulated, not booked: mean revenue of a quarter in USD\n"
        "quarter   mean\n"
        "2024-Q1  60.60\n"
        "2024-Q2   5.00\n\n"
        "Simulated, not booked: what is left at the end of a quarter\n"
        "quarter  month    measure     P10   P50       P90\n"
        "2024-Q1  2024-03  liability  1.00  2.00  3,000.00\n"
        "2024-Q2  2024-04  liability  0.25  0.50      0.75\n\n"
        "Simulated: the months until credits run out, none where they last\n"
        "investee  P10  P50   P90\n"
        "Ada       2.0  4.0  none\n\n");
}

TEST_CASE("read_scenario.py: another report is refused") {
  if (!has_python()) return;
  const Scratch scratch;
  scratch.write("rpo.json", render_json(accrue_test::made_report("rpo"), {}, {}));
  CHECK(told(scratch, "rpo.json") ==
        "rpo.json: no scenario-run and no scenario-montecarlo report\nrefused\n");
}

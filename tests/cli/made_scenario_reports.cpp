#include "tests/cli/made_scenario_reports.h"

#include <map>
#include <string_view>
#include <utility>

#include "tests/cli/made_reports.h"

namespace accrue_test {

using namespace accrue;

namespace {

constexpr ColumnKind key = ColumnKind::key;
constexpr ColumnKind figure = ColumnKind::figure;

const std::map<std::string, std::vector<Column>>& columns_by_report() {
  static const std::map<std::string, std::vector<Column>> columns{
      {"scenario-run",
       {{"period", key}, {"investee", key}, {"revenue", figure}, {"credit_revenue", figure},
        {"cash_revenue", figure}, {"breakage", figure}, {"liability", figure},
        {"face_left", figure}, {"ref"}}},
      {"scenario-growth",
       {{"segment", key}, {"basis", key}, {"range", key}, {"growth_pct", figure},
        {"growth_without_incremental_pct", figure}, {"growth_without_investees_pct", figure},
        {"ref"}}},
      {"scenario-montecarlo",
       {{"period", key}, {"measure", key}, {"investee", key}, {"mean", figure}, {"p5", figure},
        {"p10", figure}, {"p25", figure}, {"p50", figure}, {"p75", figure}, {"p90", figure},
        {"p95", figure}, {"ref"}}},
      {"scenario-events",
       {{"event", key}, {"probability_pct", figure}, {"standard_error_pp", figure}, {"ref"}}},
      {"scenario-sensitivity",
       {{"rank", key}, {"key", key}, {"low", figure}, {"high", figure}, {"at_low", figure},
        {"at_base", figure}, {"at_high", figure}, {"swing", figure}, {"ref"}}},
      {"scenario-comparison",
       {{"scenario", key}, {"period", key}, {"revenue", figure}, {"difference", figure}, {"ref"}}},
      {"scenario-bridge",
       {{"scenario", key}, {"period", key}, {"first", figure}, {"price", figure},
        {"volume", figure}, {"timing", figure}, {"breakage", figure}, {"other", figure},
        {"difference", figure}, {"revenue", figure}, {"ref"}}},
  };
  return columns;
}

}  // namespace

Report scenario_report(const std::string& name, std::vector<std::vector<Cell>> rows) {
  Report report = made_report(name);
  report.state = "assumed";
  report.columns = columns_by_report().at(name);
  report.rows = std::move(rows);
  return report;
}

std::vector<Report> scenario_reports_named(const std::string& name) {
  Report sensitivity = scenario_report(
      "scenario-sensitivity",
      {{std::int64_t{1}, "volume:" + name, money("90.00"), money("110.00"), money("900.00"),
        money("1000.00"), money("1100.00"), money("200.00"), "r"}});
  sensitivity.totals = {{"at_base", money("1000.00")}};
  return {
      scenario_report("scenario-run",
                      {{"2024-01", name, money("7.00"), money("4.00"), money("2.00"),
                        money("1.00"), money("3.00"), money("5.00"), "r"}}),
      scenario_report("scenario-growth", {{name, name, name, money("12.00"), Cell{},
                                           money("8.00"), "r"}}),
      scenario_report("scenario-montecarlo",
                      {{"2024-01", "left", name, money("4.00"), money("1.00"), money("2.00"),
                        money("3.00"), money("4.00"), money("5.00"), money("6.00"), money("7.00"),
                        "r"}}),
      scenario_report("scenario-events",
                      {{"credits of " + name + " run out", money("25.00"), money("4.00"), "r"}}),
      sensitivity,
      scenario_report("scenario-comparison",
                      {{name, "2024-01", money("7.00"), money("0.00"), "r"},
                       {name, "total", money("7.00"), money("0.00"), "r"}}),
      scenario_report("scenario-bridge",
                      {{name, "total", money("7.00"), money("1.00"), money("0.00"), money("0.00"),
                        money("0.00"), money("0.00"), money("1.00"), money("8.00"), "r"}}),
  };
}

}  // namespace accrue_test

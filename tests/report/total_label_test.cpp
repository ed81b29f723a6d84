#include "accounting/report/total_label.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace accrue;

TEST_CASE("total label: what stands alone under a column and is no sum of it has its own name") {
  struct Row {
    const char* why;
    std::vector<std::string> totals;
    std::vector<std::string> sums;
    const char* label;
  };
  const Row rows[] = {
      {"one, no sum", {"at_base"}, {}, "At base"},
      {"one, a sum", {"at_base"}, {"at_base"}, "Total"},
      {"two beside each other", {"at_low", "at_base"}, {}, "Total"},
      {"one of two is a sum", {"at_low", "at_base"}, {"at_base"}, "Total"},
      {"the other has no column", {"at_base", "runs"}, {}, "At base"},
      {"none has a column", {"runs"}, {}, "Total"},
      {"none", {}, {}, "Total"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    Report report;
    report.columns = {{"key", ColumnKind::key}, {"at_low", ColumnKind::figure},
                      {"at_base", ColumnKind::figure}};
    for (const std::string& total : row.totals) report.totals.push_back({total, Figure{}});
    for (const std::string& sum : row.sums) report.column_sums.push_back({sum, sum});
    CHECK(total_label(report) == row.label);
  }
}

#include "accounting/report/total_label.h"

#include <algorithm>

#include "accounting/report/cells.h"

namespace accrue {

std::string total_label(const Report& report) {
  const NamedCell* only = nullptr;
  for (const NamedCell& total : report.totals) {
    if (!column_named(report, total.name)) continue;
    const bool is_sum = std::ranges::any_of(
        report.column_sums, [&](const ColumnSum& sum) { return sum.total == total.name; });
    if (is_sum || only != nullptr) return "Total";
    only = &total;
  }
  if (only == nullptr) return "Total";
  std::string label = only->name;
  std::ranges::replace(label, '_', ' ');
  if (label.front() >= 'a' && label.front() <= 'z') label.front() += 'A' - 'a';
  return label;
}

}  // namespace accrue

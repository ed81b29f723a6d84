#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "cli/workbook/cell_sum.h"
#include "cli/workbook/sheet_plan.h"

namespace accrue {

/// A total that is a live sum of a column.
struct LiveTotal {
  std::size_t sheet = 0;
  std::size_t total = 0;  ///< of the report's totals
  std::string sum;  ///< "revenue where funding is credits"
};

/// The figures of the reports that follow from others, as formulas. What a report declares must
/// hold exactly: where it does not, the program stops.
///
/// A figure stays a plain number where a spreadsheet might come to another one (an operand that is
/// text for its digits, a sum whose binary noise could reach the last digit, a formula too long for
/// it) and where a formula would close a circle.
struct LiveFormulas {
  std::map<SheetCell, std::string> texts;  ///< "=ROUND(...)"
  std::vector<LiveTotal> totals;
};

LiveFormulas live_formulas(const std::vector<SheetPlan>& plans);

}  // namespace accrue

#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cli/workbook/sheet_plan.h"

namespace accrue {

/// A cell of the workbook: its sheet, by place in the plans.
struct SheetCell {
  std::size_t sheet = 0;
  CellAt at;
  auto operator<=>(const SheetCell&) const = default;
};

/// A cell that a sum counts.
struct Term {
  SheetCell place;
  Decimal value;  ///< of the cell, whatever the sign
  FigureSource::Sign sign = FigureSource::Sign::plus;
};

/// "SUM(B5:D5,F5)-SUM('period'!H7)" for a cell of the sheet `home`: cells beside or below each
/// other become one span. Nothing where there are more spans than a function takes.
std::optional<std::string> sum_expression(const std::vector<SheetPlan>& plans,
                                          const std::vector<Term>& terms, std::size_t home);

}  // namespace accrue

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/workbook/live_formulas.h"

namespace accrue {

/// One of two figures that must be equal: how the workbook comes to it, and its exact value.
struct CheckSide {
  std::string formula;  ///< without "="; empty: a stated figure
  Decimal value;
};

/// A line of the sheet of checks: two figures that are compared in the workbook, or a difference
/// that the ledger states.
struct CheckLine {
  std::string sheet;
  std::string check;
  std::optional<std::pair<CheckSide, CheckSide>> sides;  ///< the second less the first
  Decimal difference;
  int digits = 0;
};

/// The checks of every report, every total that is a live sum, and what ties the reports of a range
/// together: roll-forward, trial balance, waterfall, remaining performance obligation, revenue.
/// Source: docs/formats.md, "Workbooks".
std::vector<CheckLine> check_lines(const std::vector<SheetPlan>& plans,
                                   const LiveFormulas& formulas);

}  // namespace accrue

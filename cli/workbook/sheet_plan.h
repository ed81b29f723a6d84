#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounting/report/report.h"
#include "cli/document.h"
#include "cli/workbook/cell_at.h"

// Where everything stands in the sheets, worked out before any of it is written: formulas lead
// from one sheet to another.

namespace accrue {

/// Where a report stands on its sheet: title, what it is of, a header, its rows, one row of the
/// totals that have a column, the other totals one below the other, notes.
struct SheetPlan {
  static constexpr std::uint32_t header_row = 3;
  static constexpr std::uint32_t first_row = header_row + 1;

  const Report* report = nullptr;
  std::string name;           ///< of the sheet
  std::vector<CellAt> totals;  ///< of the report's totals, in their order
  std::uint32_t notes_row = 0;

  CellAt cell(std::size_t row, std::size_t column) const {
    return {static_cast<std::uint32_t>(first_row + row), static_cast<std::uint16_t>(column)};
  }
  /// The row under the last one: of the totals that have a column.
  std::uint32_t total_row() const {
    return static_cast<std::uint32_t>(first_row + report->rows.size());
  }
};

/// One plan per report, "Inputs" (the deals, on which the others rest) first. Names are unique and
/// come from the names of the reports alone.
/// Throws StoreFailure where a report has more rows than a sheet.
std::vector<SheetPlan> plan_sheets(const Document& document);

/// The name of a total's cell: "rollforward_closing".
std::string defined_name(const std::string& sheet, const std::string& total);

/// What a cell holds as an exact number; nothing for texts and for what is not there.
std::optional<Decimal> number_of(const Cell& cell);
/// The digits behind the point that it is shown with.
int shown_digits(const Cell& cell);

}  // namespace accrue

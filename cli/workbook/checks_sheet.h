#pragma once

#include <string>
#include <vector>

#include "cli/workbook/checks.h"
#include "cli/workbook/workbook_file.h"

namespace accrue {

inline constexpr const char* checks_sheet_name = "Checks";

/// The cell of that sheet in which the absolutes of all differences are added up.
CellAt verdict_at();

bool all_hold(const std::vector<CheckLine>& lines);

/// Writes the sheet of checks: every difference must be zero, and so must their sum on top.
void write_checks_sheet(WorkbookFile& file, const std::vector<CheckLine>& lines,
                        const std::string& root);

}  // namespace accrue

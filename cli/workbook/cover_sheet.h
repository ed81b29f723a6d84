#pragma once

#include <vector>

#include "cli/document.h"
#include "cli/workbook/checks.h"
#include "cli/workbook/workbook_file.h"

namespace accrue {

inline constexpr const char* cover_sheet_name = "Cover";

/// Writes the first sheet: whose book, what it is of, how to ask for it again, which program made
/// it, what sheets there are, and whether every check holds.
void write_cover_sheet(WorkbookFile& file, const Document& document,
                       const std::vector<SheetPlan>& plans, const std::vector<CheckLine>& lines);

}  // namespace accrue

#pragma once

#include <string>
#include <vector>

#include "cli/workbook/live_formulas.h"
#include "cli/workbook/workbook_file.h"

namespace accrue {

/// "2024-06, closed, USD, as of record 17": what a report is of; empty parts are left out.
std::string what_it_is_of(const Report& report);

/// Thousands are set apart in amounts; a rate or a factor stands as it is.
std::string number_format(Measure measure, int digits);

/// Writes a report on a sheet of its own.
void write_report_sheet(WorkbookFile& file, const std::vector<SheetPlan>& plans, std::size_t sheet,
                        const LiveFormulas& formulas);

}  // namespace accrue

#pragma once

#include <string>
#include <vector>

#include "accounting/report/report.h"

namespace accrue {

/// RFC 4180 with LF, a header row, one line per row, a currency column where none is among the
/// rows; no totals. A text that a spreadsheet would take for a formula (CWE-1236), or would but for
/// apostrophes before it, gets one more leading apostrophe; numbers never do.
std::string render_csv(const Report& report);

/// One line of such a file.
std::string csv_line(const std::vector<Cell>& row);

}  // namespace accrue

#pragma once

#include <string>
#include <string_view>

namespace accrue {

/// A text as a cell of a workbook can hold it. What is harmful to look at is shown (\n, \u202E), as
/// are characters that XML has no place for; "_x0041_", which a spreadsheet would take for "A",
/// keeps its letters; beyond 32,767 characters it is cut, and says so.
std::string cell_text(std::string_view text);

}  // namespace accrue

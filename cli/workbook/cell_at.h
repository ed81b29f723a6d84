#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace accrue {

/// A cell of a sheet, counted from zero.
struct CellAt {
  std::uint32_t row = 0;
  std::uint16_t column = 0;
  auto operator<=>(const CellAt&) const = default;
};

/// "B7".
std::string address(CellAt at);
/// "'trial-balance'!B7", of a sheet whose name holds no apostrophe.
std::string address(const std::string& sheet, CellAt at);
/// "B7:B9", or "B7" of one cell.
std::string span_address(CellAt from, CellAt to);

}  // namespace accrue

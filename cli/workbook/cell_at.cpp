#include "cli/workbook/cell_at.h"

namespace accrue {

std::string address(CellAt at) {
  std::string letters;
  for (int rest = at.column + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters + std::to_string(at.row + 1);
}

std::string address(const std::string& sheet, CellAt at) {
  return "'" + sheet + "'!" + address(at);
}

std::string span_address(CellAt from, CellAt to) {
  return from == to ? address(from) : address(from) + ":" + address(to);
}

}  // namespace accrue

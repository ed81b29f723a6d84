#pragma once

#include <optional>
#include <string>

#include "accounting/report/report.h"

namespace accrue {

struct TableStyle {
  /// Columns of the terminal. Without one (a pipe, a file) nothing is hidden, cut or wrapped.
  std::optional<int> width;
  bool color = false;
  bool thousands_separators = true;
};

/// For people: a title line, the rows, totals, checks and notes. Amounts are never cut. Text from
/// outside cannot steer the terminal: control characters and marks of writing direction are shown
/// escaped.
std::string render_table(const Report& report, const TableStyle& style);

}  // namespace accrue

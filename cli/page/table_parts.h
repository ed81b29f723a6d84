#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "accounting/report/report.h"

namespace accrue {

/// A cell as the page shows it, not escaped; empty where there is nothing. Figures have separators
/// of thousands and the hyphen as their minus, so that they stay numbers when they are copied.
std::string cell_text(const Cell& cell);

/// Whether a text is broken into lines rather than set in one.
bool is_long_text(std::string_view text);

/// The columns of one table, in order.
struct TablePart {
  std::vector<std::size_t> columns;
  int width = 0;  ///< in characters, what is between the columns included

  bool is_wide() const { return width > 104; }
};

/// Which columns stand in which table, so that none is wider than a sheet of paper.
struct TablePlan {
  /// The first table has the keys. The others have them too where they leave room for anything
  /// else, else the ref, which names the row as well. The ref stands in one table at least.
  std::vector<TablePart> parts;
  /// Columns that may make way and hold nothing but zeros.
  std::vector<std::size_t> left_out;
};

TablePlan plan_table(const Report& report);

}  // namespace accrue

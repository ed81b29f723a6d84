#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounting/report/report.h"

// Reading the cells of a report by the names of its columns.

namespace accrue {

using Row = std::vector<Cell>;

/// The place of a column, or of a total, by its name.
std::optional<std::size_t> column_named(const Report& report, std::string_view name);
std::optional<std::size_t> total_named(const Report& report, std::string_view name);

/// Whether the report has all of these columns.
bool has_columns(const Report& report, const std::vector<std::string_view>& names);

/// The figure of a row; null where there is none. The column must be there.
const Figure* figure_in(const Report& report, const Row& row, std::string_view column);

/// The text of a row, empty where there is none or no such column.
std::string text_in(const Report& report, const Row& row, std::string_view column);

/// The address of a row: its last cell.
std::string ref_of(const Row& row);

/// A total; null where there is none.
const Cell* total_in(const Report& report, std::string_view name);
const Figure* total_figure(const Report& report, std::string_view name);

/// The row that is the total of all others: its first key says so.
bool is_total(const Row& row);

}  // namespace accrue

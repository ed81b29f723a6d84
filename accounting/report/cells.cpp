#include "accounting/report/cells.h"

#include <algorithm>

#include "ledger/error/check.h"

namespace accrue {

namespace {

const Cell& cell_in(const Report& report, const Row& row, std::string_view column) {
  const std::optional<std::size_t> at = column_named(report, column);
  LEDGER_CHECK(at && *at < row.size(), report.name, std::string{column});
  return row[*at];
}

}  // namespace

std::optional<std::size_t> column_named(const Report& report, std::string_view name) {
  const auto found = std::ranges::find(report.columns, name, &Column::name);
  if (found == report.columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - report.columns.begin());
}

bool has_columns(const Report& report, const std::vector<std::string_view>& names) {
  return std::ranges::all_of(
      names, [&](std::string_view name) { return column_named(report, name).has_value(); });
}

const Figure* figure_in(const Report& report, const Row& row, std::string_view column) {
  return std::get_if<Figure>(&cell_in(report, row, column));
}

std::string text_in(const Report& report, const Row& row, std::string_view column) {
  const std::optional<std::size_t> at = column_named(report, column);
  const auto* const text = at ? std::get_if<std::string>(&row[*at]) : nullptr;
  return text == nullptr ? std::string{} : *text;
}

std::string ref_of(const Row& row) {
  const auto* const ref = row.empty() ? nullptr : std::get_if<std::string>(&row.back());
  return ref == nullptr ? std::string{} : *ref;
}

std::optional<std::size_t> total_named(const Report& report, std::string_view name) {
  const auto found = std::ranges::find(report.totals, name, &NamedCell::name);
  if (found == report.totals.end()) return std::nullopt;
  return static_cast<std::size_t>(found - report.totals.begin());
}

const Cell* total_in(const Report& report, std::string_view name) {
  const std::optional<std::size_t> at = total_named(report, name);
  return at ? &report.totals[*at].value : nullptr;
}

const Figure* total_figure(const Report& report, std::string_view name) {
  const Cell* const total = total_in(report, name);
  return total == nullptr ? nullptr : std::get_if<Figure>(total);
}

bool is_total(const Row& row) {
  const auto* const key = row.empty() ? nullptr : std::get_if<std::string>(&row.front());
  return key != nullptr && *key == "*";
}

}  // namespace accrue

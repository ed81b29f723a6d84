#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "ledger/intake/csv.h"
#include "ledger/intake/focus.h"
#include "ledger/intake/focus_warnings.h"

namespace accrue::focus {

/// The columns that are read; all others are passed over.
enum class Column : std::size_t {
  billed_cost,
  effective_cost,
  list_cost,
  contracted_cost,
  billing_account,
  sub_account,
  billing_currency,
  billing_period_start,
  billing_period_end,
  charge_period_start,
  charge_period_end,
  charge_category,
  charge_class,
  service,
  sku,
  region,
};
inline constexpr std::size_t column_count = 16;

/// The FOCUS name.
std::string_view name_of(Column column);
Column column_of(Basis basis);

/// Where each column stands in the rows of one file.
class Columns {
 public:
  /// Binds the columns by the names in the row that `csv` stands on, the header.
  /// Errors: missing_column (all of them), duplicate_column, wrong_dataset.
  static Result<Columns> bind(CsvReader& csv, const DeliveryTerms& terms, Warnings& warnings);

  bool has(Column column) const { return place_[static_cast<std::size_t>(column)] != none; }
  /// Only of a column that the file has.
  std::size_t at(Column column) const { return place_[static_cast<std::size_t>(column)]; }
  std::size_t field_count() const { return field_count_; }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::array<std::size_t, column_count> place_{};
  std::size_t field_count_ = 0;
};

}  // namespace accrue::focus

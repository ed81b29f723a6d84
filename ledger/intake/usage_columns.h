#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/credit/investment.h"
#include "ledger/error/error.h"
#include "ledger/intake/csv.h"

namespace accrue::usage {

/// What is read of a row; the costs first.
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
std::string_view focus_name_of(Column column);
Column column_of(Basis basis);

/// The three null spellings that files have beside the empty text.
inline constexpr std::array<std::string_view, 3> usual_nulls{"NULL", "null", "(null)"};

bool equal_but_for_case(std::string_view a, std::string_view b);

/// Where in the rows of one file the columns stand, and what messages call them.
class Columns {
 public:
  Columns();

  /// A cost may be known without a column of its own: it is then at `no_place`.
  void put(Column column, std::size_t place, std::string name);
  void set_field_count(std::size_t count) { field_count_ = count; }

  bool has(Column column) const { return place_[static_cast<std::size_t>(column)] != absent; }
  /// Only of a column that the file has.
  std::size_t at(Column column) const { return place_[static_cast<std::size_t>(column)]; }
  const std::string& name_of(Column column) const {
    return names_[static_cast<std::size_t>(column)];
  }
  std::size_t field_count() const { return field_count_; }

  /// Of the field; of the row for a column without a place.
  Place place_of(const CsvReader& csv, Column column) const;
  /// What is wrong with the column in the row in hand. Without a hint it is that of the code.
  Error refusal(const CsvReader& csv, Column column, ErrorCode code, std::string message,
                std::string hint = "") const;

  static constexpr std::size_t no_place = static_cast<std::size_t>(-2);

 private:
  static constexpr std::size_t absent = static_cast<std::size_t>(-1);
  std::array<std::size_t, column_count> place_{};
  std::array<std::string, column_count> names_;
  std::size_t field_count_ = 0;
};

/// What is wrong with the currency of the row in hand, `code`: empty, or none of ISO 4217. `good`
/// keeps the last that was right, for the rows that follow.
std::optional<Error> check_currency(const CsvReader& csv, const Columns& columns,
                                    std::string_view code, std::string& good);

/// The refusal of a row that has more or fewer fields than the header.
Error ragged_row(const CsvReader& csv, const Columns& columns);

}  // namespace accrue::usage

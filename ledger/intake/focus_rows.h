#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "ledger/intake/csv.h"
#include "ledger/intake/focus_date.h"
#include "ledger/intake/usage.h"
#include "ledger/intake/usage_columns.h"
#include "ledger/intake/usage_row.h"
#include "ledger/intake/usage_values.h"
#include "ledger/intake/usage_warnings.h"
#include "ledger/time/zone.h"

namespace accrue::usage {

/// Reads the rows of FOCUS Cost and Usage files.
class FocusRows {
 public:
  FocusRows(const DeliveryTerms& terms, const TimeZone& book_zone);

  /// Binds the columns by the names in the row that `csv` stands on, the header.
  /// Errors: missing_column (all of them), duplicate_column, wrong_dataset.
  Result<Done> bind(CsvReader& csv, Warnings& warnings);
  /// Reads the row that `csv` stands on; on refusal the error, with its place.
  std::optional<Error> read(CsvReader& csv, Row& row, Warnings& warnings);

  const Columns& columns() const { return columns_; }
  /// In whose days the length of a charge is counted.
  const TimeZone& zone() const { return zone_; }

 private:
  std::optional<Error> read_categories(CsvReader& csv, Row& row, Warnings& warnings);
  std::optional<Error> read_account(CsvReader& csv, Row& row);
  std::optional<Error> read_instants(CsvReader& csv, Row& row);
  std::optional<Error> read_instant(CsvReader& csv, Column column, Instant& at);
  std::optional<Error> read_costs(CsvReader& csv, Row& row, Warnings& warnings);
  std::string_view cell(CsvReader& csv, Column column) const;
  std::string_view text_or_empty(CsvReader& csv, Column column) const;

  std::string absent_currency_;
  Basis basis_;
  TimeZone zone_;
  Columns columns_;
  InstantReader instants_;
  KeptValue category_;
  KeptValue charge_class_;
  std::string good_currency_;
  std::array<std::optional<std::size_t>, cost_count> loose_numbers_;
  std::pair<Instant, Instant> bill_;  ///< that was last read
  Period bill_month_;
};

}  // namespace accrue::usage

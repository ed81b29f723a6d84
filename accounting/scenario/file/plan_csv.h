#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/error/error.h"
#include "ledger/number/currency.h"
#include "ledger/number/decimal.h"
#include "ledger/time/period.h"

namespace accrue {

/// What an investee is to use in a month.
struct PlanRow {
  Period month;
  std::string investee;
  std::optional<Currency> currency;  ///< of files that have the column
  Decimal amount;                    ///< zero or more
  std::int64_t line = 0;
};

/// Reads a plan: CSV, plain or gzip, columns `month,investee,amount` and, if it likes, `currency`,
/// in any order. Amounts of a currency have no more digits than it has.
///
/// Errors: empty_file, missing_column, duplicate_column, unknown_key (another column), ragged_row,
///         bad_quoting, bad_encoding, bad_gzip, null_not_allowed, bad_value (no month, an amount
///         below zero), bad_decimal, decimal_too_wide, too_precise, amount_overflow, bad_currency,
///         duplicate_id (a month of an investee and currency that stands twice).
Result<std::vector<PlanRow>> parse_plan(std::string_view bytes, std::string_view file);

/// The line of a file, all of it underlined.
Place place_of_line(std::string_view bytes, std::string_view file, std::int64_t line);

}  // namespace accrue

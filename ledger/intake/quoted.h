#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ledger/error/error.h"
#include "ledger/number/decimal.h"
#include "ledger/number/money.h"

namespace accrue {

// Money, percents and rates as terms write them: in quotes, underscores between digits allowed, no
// exponent. `key` is whose value the text is; it stands in messages and hints. No place is set.

/// How many fraction digits an amount may have.
enum class Precision {
  minor_units,  ///< those of its currency, and 64 bits of minor units
  exact,        ///< those of a decimal
};

/// "300_000_000 USD". Errors: bad_decimal, bad_currency, too_precise, decimal_too_wide,
/// amount_overflow.
Result<Amount> parse_amount(std::string_view key, std::string_view text, Precision precision);

/// "36%" or "36.0%". Errors: bad_value (no percent sign), bad_decimal, decimal_too_wide.
Result<Decimal> parse_percent(std::string_view key, std::string_view text);

/// "7.2". Errors: bad_decimal, decimal_too_wide.
Result<Decimal> parse_rate(std::string_view key, std::string_view text);

/// The hint that shows `key` with a value of the right form: made of `text` where it can be read.
std::string amount_hint(std::string_view key, std::string_view text);
std::string percent_hint(std::string_view key, std::string_view text);
std::string rate_hint(std::string_view key, std::string_view text);

/// "810,000,000.00 USD": for messages and notes.
std::string shown_amount(const Amount& amount);

}  // namespace accrue

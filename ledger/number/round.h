#pragma once

#include <cstdint>

#include "ledger/number/decimal.h"

namespace accrue {

/// numerator / denominator to a whole number, half to even: the one rounding of the books
/// (semantics: cumulative amounts are rounded, what is posted is a difference).
///
/// Errors: stops the program when the denominator is zero or the result leaves 64 bits.
std::int64_t round_half_even(const Int1024& numerator, const Int1024& denominator);

/// As round_half_even, for results that may leave 64 bits (percentages of large ratios).
Int1024 round_half_even_wide(const Int1024& numerator, const Int1024& denominator);

/// `amount` in minor units of a currency with `minor_digits` digits, half to even.
std::int64_t round_to_minor(const Decimal& amount, int minor_digits);

}  // namespace accrue

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ledger/number/decimal.h"

namespace accrue {

/// Splits `total` whole units in proportion to `weights`; the parts sum to `total` exactly.
///
/// Each part is cut down, towards minus infinity, to a whole unit. The units left over go one
/// each to the largest fractions cut; equal fractions are served in the order given, so callers
/// pass ids in byte order.
///
/// Units:   `total` and the parts in one unit (minor units, hundredths of a point); `weights` in
///          any one unit.
/// Errors:  allocation_no_weight (none, or all zero), allocation_negative (a weight below zero).
/// Source:  ASC 606-10-32-31 for the split in proportion; largest remainders for the units left.
Result<std::vector<std::int64_t>> allocate(std::int64_t total, std::span<const Decimal> weights);

/// Rounds exact `parts` (each numerator over the one `denominator` above zero) to whole units that
/// sum to `total`: every part is cut down, what is left goes one each to the largest fractions.
///
/// Errors: stops the program when the parts cut down differ from `total` by less than zero or by
///         more than one unit each: then `total` is not the sum of the parts rounded.
std::vector<Int1024> round_parts_to_total(const Int1024& total, std::span<const Int1024> numerators,
                                          const Int1024& denominator);

}  // namespace accrue

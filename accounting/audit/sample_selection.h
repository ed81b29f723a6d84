#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "ledger/number/decimal.h"
#include "ledger/proof/merkle.h"

namespace accrue {

/// Where the selection of monetary units begins: above zero, at most the interval, a multiple of
/// 10^-`digits`. It is 1 + SHA-256("accrue-sample-1:start:SEED:STRATUM") mod (interval x
/// 10^digits), in units of 10^-digits; the digest is read as one big-endian number. The interval
/// has at most `digits` fraction digits and is above zero.
Decimal random_start(std::int64_t seed, std::string_view stratum, const Decimal& interval,
                     int digits);

/// The ticket of an item in a random draw: SHA-256("accrue-sample-1:ticket:SEED:REF"). The items
/// with the lowest tickets are drawn, so that neither their order nor their number matters.
/// Source: R. L. Rivest, "Consistent sampling with replacement" (2018), without the replacement.
Digest ticket(std::int64_t seed, std::string_view ref);

/// How many fraction digits it takes to count every amount exactly, at least `least`.
int digits_of(std::span<const Decimal> amounts, int least);

/// An item that was selected.
struct Selected {
  std::size_t item = 0;
  /// The monetary unit that hit it, counted over the items below the interval; none for an item of
  /// the top stratum.
  std::optional<Decimal> point = {};
};

/// Monetary unit sampling with a fixed interval. Items of the interval or more are the top
/// stratum: all are taken, and they take no part in the counting. The others, in their order, are
/// laid end to end, and those are taken that hold the units start, start + interval, ...: each
/// with probability amount / interval. Items of zero or less are never taken.
///
/// Source: AICPA Audit Guide, Audit Sampling, chapter 6 (monetary unit sampling).
std::vector<Selected> select_monetary_units(std::span<const Decimal> amounts,
                                            const Decimal& interval, const Decimal& start);

}  // namespace accrue

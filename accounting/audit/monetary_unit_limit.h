#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ledger/credit/grant.h"
#include "ledger/number/decimal.h"

namespace accrue {

/// The confidence factor of so many misstatements: the least hundredth R for which a Poisson
/// variable of mean R is at most `misstatements` with a probability of at most
/// 100 - `confidence_percent` percent. 3.00, 4.75, 6.30, ... at 95%.
///
/// `confidence_percent` from 50 to 99.
/// Source: AICPA Audit Guide, Audit Sampling, appendix C (confidence factors for monetary unit
///         sampling), which these reproduce.
Decimal confidence_factor(int confidence_percent, std::int64_t misstatements);

/// By how much an item of the sample is misstated, in one direction: both above zero.
struct Misstated {
  std::size_t item = 0;  ///< as the caller counts
  Decimal book_value;
  Decimal misstatement;
};

/// A misstatement of an item below the interval, projected to what the item stands for.
struct Projected {
  Misstated found;
  Ratio projected;  ///< tainting x interval
  Decimal factor;   ///< by how much the confidence factor grows with this misstatement
  Ratio allowance;  ///< (factor - 1) x projected
};

/// What the misstatements of one direction come to in the population, exactly.
struct MonetaryUnitLimit {
  std::vector<Projected> below;  ///< highest tainting first
  Decimal known;                 ///< found in the sample
  Ratio projected;               ///< the top stratum as found
  Ratio basic_precision;
  Ratio limit;                   ///< upper; the Stringer bound
};

/// Whether the population has items below the interval.
enum class Remainder { none, some };

/// `below` are the misstatements of items below the interval, `top` their sum in the top stratum,
/// where nothing is projected. Without items below the interval there is no basic precision.
///
/// Source: K. W. Stringer (1963); AICPA Audit Guide, Audit Sampling, chapter 6.
MonetaryUnitLimit monetary_unit_limit(const Decimal& interval, int confidence_percent,
                                      std::vector<Misstated> below, const Decimal& top,
                                      Remainder below_interval);

/// `value` rounded half to even to so many digits.
Decimal rounded(const Ratio& value, int digits);

}  // namespace accrue

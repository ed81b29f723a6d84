#pragma once

#include <string>

#include "ledger/number/decimal.h"

namespace accrue {

/// A ratio of minor units as a decimal number of units: exact where it ends within twelve digits
/// behind the minor unit, else cut there, with "..." behind it. For people; nothing is computed
/// from it.
std::string exact_text(const Int1024& numerator, const Int1024& denominator, int minor_digits);

}  // namespace accrue

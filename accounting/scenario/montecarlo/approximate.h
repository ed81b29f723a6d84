#pragma once

#include "ledger/credit/grant.h"
#include "ledger/number/decimal.h"

namespace accrue {

// The one way from exact numbers to the floating point of a simulation, and back.

/// The nearest floating-point number, near enough: within 2^-50 of it.
double approximately(const Ratio& exact);
double approximately(const Decimal& exact);

/// The nearest whole number, half to even, for numbers from zero to 2^51. The sum leaves no room
/// for a fraction; unlike std::nearbyint, compilers do many at once.
inline double nearest_whole(double number) { return number + 0x1p52 - 0x1p52; }

/// An amount of minor units as a whole number of them; half away from zero.
Decimal in_whole_minor_units(double minor_units, int minor_digits);

}  // namespace accrue

#include "accounting/scenario/exact.h"

namespace accrue {

namespace {

using BigInt = boost::multiprecision::cpp_int;

}  // namespace

Ratio ratio_of(const Decimal& value) {
  return Ratio{BigInt{value.units()}, BigInt{power_of_ten(Decimal::fraction_digits)}};
}

Result<Decimal> product_of(const Decimal& a, const Decimal& b) {
  const Int1024 product = Int1024{a.units()} * Int1024{b.units()};
  const Int1024 one{power_of_ten(Decimal::fraction_digits)};
  if (product % one != 0) {
    return Error{.code = ErrorCode::decimal_too_wide,
                 .message = a.to_string() + " x " + b.to_string() + " has more than " +
                            std::to_string(Decimal::fraction_digits) + " fraction digits"};
  }
  return Decimal::from_units(Int256{product / one});
}

}  // namespace accrue

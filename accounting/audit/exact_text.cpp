#include "accounting/audit/exact_text.h"

namespace accrue {

std::string exact_text(const Int1024& numerator, const Int1024& denominator, int minor_digits) {
  constexpr int digits_behind = 12;
  const Int1024 scale{power_of_ten(digits_behind)};
  const Int1024 scaled = numerator * scale;
  const Int1024 cut = scaled / denominator;
  const bool ends = scaled % denominator == 0;
  const Int256 units =
      Int256{cut} * power_of_ten(Decimal::fraction_digits - digits_behind - minor_digits);
  return Decimal::from_units(units).to_string(minor_digits) + (ends ? "" : "...");
}

}  // namespace accrue

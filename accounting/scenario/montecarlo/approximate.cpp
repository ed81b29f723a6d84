#include "accounting/scenario/montecarlo/approximate.h"

#include <cmath>

namespace accrue {

double approximately(const Ratio& exact) { return exact.convert_to<double>(); }

double approximately(const Decimal& exact) {
  return approximately(
      Ratio{boost::multiprecision::cpp_int{exact.units()},
            boost::multiprecision::cpp_int{power_of_ten(Decimal::fraction_digits)}});
}

Decimal in_whole_minor_units(double minor_units, int minor_digits) {
  return Decimal::from_scaled(std::llround(minor_units), minor_digits);
}

}  // namespace accrue

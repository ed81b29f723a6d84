#include "ledger/number/round.h"

#include <limits>
#include <string>

#include "ledger/error/check.h"

namespace accrue {

Int1024 round_half_even_wide(const Int1024& numerator, const Int1024& denominator) {
  LEDGER_CHECK(!denominator.is_zero(), numerator.str(), "a denominator that is not zero");
  const bool negative = (numerator.sign() < 0) != (denominator.sign() < 0);
  const Int1024 dividend = boost::multiprecision::abs(numerator);
  const Int1024 divisor = boost::multiprecision::abs(denominator);
  Int1024 quotient;
  Int1024 remainder;
  boost::multiprecision::divide_qr(dividend, divisor, quotient, remainder);
  const Int1024 twice = remainder * 2;
  if (twice > divisor || (twice == divisor && boost::multiprecision::bit_test(quotient, 0))) {
    ++quotient;
  }
  return negative ? Int1024{-quotient} : quotient;
}

std::int64_t round_half_even(const Int1024& numerator, const Int1024& denominator) {
  const Int1024 rounded = round_half_even_wide(numerator, denominator);
  LEDGER_CHECK(rounded <= std::numeric_limits<std::int64_t>::max() &&
                   rounded >= std::numeric_limits<std::int64_t>::min(),
               rounded.str(), "64 bits of minor units");
  return rounded.convert_to<std::int64_t>();
}

std::int64_t round_to_minor(const Decimal& amount, int minor_digits) {
  return round_half_even(Int1024{amount.units()},
                         Int1024{power_of_ten(Decimal::fraction_digits - minor_digits)});
}

}  // namespace accrue

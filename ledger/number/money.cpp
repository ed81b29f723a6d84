#include "ledger/number/money.h"

#include <limits>

#include "ledger/error/check.h"

namespace accrue {

namespace {

void require_same_currency(const Money& a, const Money& b) {
  LEDGER_CHECK(a.currency() == b.currency(), std::string{a.currency().code()},
               std::string{b.currency().code()});
}

std::string text_of(const Money& money) {
  return money.to_string() + " " + std::string{money.currency().code()};
}

}  // namespace

Result<Money> Money::parse(std::string_view text, Currency currency) {
  ACCRUE_TRY(amount, Decimal::parse(text));
  Int256 minor_units;
  Int256 cut;
  boost::multiprecision::divide_qr(amount.units(),
                                   power_of_ten(Decimal::fraction_digits - currency.minor_digits()),
                                   minor_units, cut);
  if (!cut.is_zero()) {
    return Error{.code = ErrorCode::too_precise,
                 .message = "'" + std::string{text} + "' has more than the " +
                            std::to_string(currency.minor_digits()) + " fraction digits of " +
                            std::string{currency.code()}};
  }
  if (minor_units > std::numeric_limits<std::int64_t>::max() ||
      minor_units < std::numeric_limits<std::int64_t>::min()) {
    return Error{.code = ErrorCode::amount_overflow,
                 .message = "'" + std::string{text} + "' does not fit 64 bits of minor units of " +
                            std::string{currency.code()}};
  }
  return Money{minor_units.convert_to<std::int64_t>(), currency};
}

Money& Money::operator+=(Money other) {
  require_same_currency(*this, other);
  std::int64_t sum = 0;
  LEDGER_CHECK(!__builtin_add_overflow(minor_units_, other.minor_units_, &sum), text_of(*this),
               text_of(other));
  minor_units_ = sum;
  return *this;
}

Money& Money::operator-=(Money other) {
  require_same_currency(*this, other);
  std::int64_t difference = 0;
  LEDGER_CHECK(!__builtin_sub_overflow(minor_units_, other.minor_units_, &difference),
               text_of(*this), text_of(other));
  minor_units_ = difference;
  return *this;
}

Money Money::operator-() const { return Money{0, currency_} - *this; }

}  // namespace accrue

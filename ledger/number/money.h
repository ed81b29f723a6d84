#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/number/currency.h"
#include "ledger/number/decimal.h"

namespace accrue {

/// An exact amount of one currency, counted in whole minor units (cents for USD).
class Money {
 public:
  /// Errors: bad_decimal, decimal_too_wide, too_precise (more digits than the currency has),
  ///         amount_overflow.
  static Result<Money> parse(std::string_view text, Currency currency);
  static Money from_minor(std::int64_t minor_units, Currency currency) {
    return Money{minor_units, currency};
  }
  template <std::floating_point Float>
  static Money from_minor(Float, Currency) = delete;

  std::int64_t minor_units() const { return minor_units_; }
  Currency currency() const { return currency_; }
  Decimal to_decimal() const {
    return Decimal::from_scaled(minor_units_, currency_.minor_digits());
  }
  /// With all minor digits and no grouping: "-1234.50".
  std::string to_string() const { return to_decimal().to_string(currency_.minor_digits()); }

  // Two currencies, or a sum beyond 64 bits, stop the program: no report may show either.
  Money& operator+=(Money other);
  Money& operator-=(Money other);
  friend Money operator+(Money a, Money b) { return a += b; }
  friend Money operator-(Money a, Money b) { return a -= b; }
  Money operator-() const;
  friend bool operator==(const Money&, const Money&) = default;

 private:
  Money(std::int64_t minor_units, Currency currency)
      : minor_units_{minor_units}, currency_{currency} {}
  std::int64_t minor_units_;
  Currency currency_;
};

/// A decimal amount with its currency, as terms state it: "300_000_000 USD".
struct Amount {
  Decimal value;
  Currency currency;
};

}  // namespace accrue

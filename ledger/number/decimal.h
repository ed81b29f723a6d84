#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include <boost/multiprecision/cpp_int.hpp>

#include "ledger/error/error.h"

namespace accrue {

/// 256 bits with a check on every operation: overflow throws, it never wraps.
using Int256 = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<
    256, 256, boost::multiprecision::signed_magnitude, boost::multiprecision::checked, void>>;

/// Room for a product of three amounts (price x drawn x rate) before the one rounding.
using Int1024 = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<
    1024, 1024, boost::multiprecision::signed_magnitude, boost::multiprecision::checked, void>>;

/// An exact decimal: usage amounts, faces, quantities, unit prices and rates.
///
/// Every text of up to 38 significant and 30 fraction digits is held without loss; sums have
/// room for more than 10^8 of the widest. Held as a count of 10^-30.
class Decimal {
 public:
  static constexpr int fraction_digits = 30;
  static constexpr int significant_digits = 38;

  Decimal() = default;
  static Decimal from_integer(std::int64_t value);
  /// `units` counts 10^-30.
  static Decimal from_units(Int256 units) { return Decimal{std::move(units)}; }
  /// `value` x 10^-`digits`, `digits` from 0 to 30.
  static Decimal from_scaled(std::int64_t value, int digits);
  template <typename Float>
  requires std::is_floating_point_v<Float>
  static Decimal from_integer(Float) = delete;
  template <typename Float>
  requires std::is_floating_point_v<Float>
  static Decimal from_scaled(Float, int) = delete;

  /// Reads `[-]digits[.digits][E[-]digits]`; `.5` and `5.` are refused.
  /// Errors: bad_decimal, decimal_too_wide (never rounds). No place is set: the caller knows it.
  static Result<Decimal> parse(std::string_view text);

  /// Plain digits without exponent or trailing zeros: "-0.5", "1200", "0".
  std::string to_string() const;
  /// As to_string with at least `digits` fraction digits, from 0 to 30.
  std::string to_string(int digits) const;

  const Int256& units() const { return units_; }
  bool is_zero() const { return units_.is_zero(); }
  int sign() const { return units_.sign(); }

  Decimal& operator+=(const Decimal& other) {
    units_ += other.units_;
    return *this;
  }
  Decimal& operator-=(const Decimal& other) {
    units_ -= other.units_;
    return *this;
  }
  friend Decimal operator+(Decimal a, const Decimal& b) { return a += b; }
  friend Decimal operator-(Decimal a, const Decimal& b) { return a -= b; }
  Decimal operator-() const { return Decimal{-units_}; }
  friend bool operator==(const Decimal& a, const Decimal& b) { return a.units_ == b.units_; }
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
    const int order = a.units_.compare(b.units_);
    return order <=> 0;
  }

 private:
  explicit Decimal(Int256 units) : units_{std::move(units)} {}
  Int256 units_ = 0;
};

/// 10^exponent, exponent from 0 to 76.
const Int256& power_of_ten(int exponent);

}  // namespace accrue

#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace accrue {

// Exponential and logarithm of sums, products and quotients alone, each of which IEEE 754 rounds in
// one way: the same number on every machine, whatever its library, and however many at once.

/// Evaluates a polynomial, highest power first.
template <std::size_t Count>
inline double polynomial(const std::array<double, Count>& coefficients, double x) {
  double sum = coefficients[0];
  for (std::size_t i = 1; i < Count; ++i) sum = sum * x + coefficients[i];
  return sum;
}

// ln 2 in two parts: the first has 32 bits, so that its product with an exponent is exact.
inline constexpr double ln2_high = 0x1.62e42feep-1;
inline constexpr double ln2_low = 0x1.a39ef35793c76p-33;

/// e to the power `x`, which is cut to [-700, 700]. Relative error below 2^-52.
///
/// x = k ln 2 + r with |r| <= ln 2 / 2; of e^r the Taylor series to r^13, the rest is below 2^-57.
inline double exponential(double x) {
  constexpr std::array series{1 / 6227020800.0, 1 / 479001600.0, 1 / 39916800.0, 1 / 3628800.0,
                              1 / 362880.0,     1 / 40320.0,     1 / 5040.0,     1 / 720.0,
                              1 / 120.0,        1 / 24.0,        1 / 6.0,        0.5};
  constexpr double log2_e = 0x1.71547652b82fep+0;
  const double low = x < -700 ? -700 : x;
  const double cut = low > 700 ? 700 : low;
  // The sum leaves no room for a fraction: k is in its last bits, and moves into the exponent.
  const double shifted = cut * log2_e + 0x1.8p52;
  const double k = shifted - 0x1.8p52;
  const double r = (cut - k * ln2_high) - k * ln2_low;
  const double power = 1 + (r + r * r * polynomial(series, r));
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(power) +
                               (std::bit_cast<std::uint64_t>(shifted) << 52));
}

/// The natural logarithm of a normal number above zero. Relative error below 2^-51.
///
/// x = 2^k m with m in [sqrt(1/2), sqrt(2)); ln m = 2 artanh s, s = (m - 1) / (m + 1), to s^21.
inline double logarithm(double x) {
  constexpr std::array series{2 / 21.0, 2 / 19.0, 2 / 17.0, 2 / 15.0, 2 / 13.0,
                              2 / 11.0, 2 / 9.0,  2 / 7.0,  2 / 5.0,  2 / 3.0};
  constexpr std::uint64_t root_of_half = 0x3FE6A09E667F3BCD;
  constexpr std::uint64_t one = 0x3FF0000000000000;
  constexpr std::uint64_t two_to_52 = 0x4330000000000000;
  // Counted from the root of one half, the exponent changes where m begins anew; 1023 is added to
  // it, so that it is not below zero.
  const std::uint64_t from_root = std::bit_cast<std::uint64_t>(x) - root_of_half + one;
  const std::uint64_t biased = from_root >> 52;
  const double k = std::bit_cast<double>(biased | two_to_52) - (0x1p52 + 1023);
  const double m = std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) - (biased << 52) + one);
  const double s = (m - 1) / (m + 1);
  const double square = s * s;
  const double rest = s * square * polynomial(series, square);
  return k * ln2_high + (2 * s + (rest + k * ln2_low));
}

}  // namespace accrue

#include "accounting/scenario/montecarlo/elementary.h"

#include <cmath>
#include <cstdint>

#include <doctest/doctest.h>

using namespace accrue;

namespace {

/// In units of 2^-52 of the true value.
double error(double found, long double exact) {
  return static_cast<double>(std::abs((static_cast<long double>(found) - exact) / exact) * 0x1p52L);
}

}  // namespace

TEST_CASE("elementary: the exponential is within 2^-52 of its value, the logarithm within 2^-51") {
  double of_exponential = 0;
  double of_logarithm = 0;
  for (double x = -40; x < 40; x += 0x1.3579bp-9) {
    const double power = exponential(x);
    of_exponential = std::max(of_exponential, error(power, std::exp(static_cast<long double>(x))));
    of_logarithm = std::max(of_logarithm,
                            error(logarithm(power), std::log(static_cast<long double>(power))));
  }
  CHECK(of_exponential < 1);
  CHECK(of_logarithm < 2);
}

TEST_CASE("elementary: exact where the true value is, and far out") {
  CHECK(exponential(0) == 1);
  CHECK(logarithm(1) == 0);
  CHECK(error(exponential(1), 2.71828182845904523536028747135L) < 1);
  CHECK(error(logarithm(2), 0.69314718055994530941723212146L) < 2);
  CHECK(error(exponential(-600), std::exp(-600.0L)) < 1);
  CHECK(error(exponential(600), std::exp(600.0L)) < 1);
  // Cut, not infinite: a factor is cut to a million in any case.
  CHECK(exponential(1e9) == exponential(700));
  CHECK(exponential(-1e9) == exponential(-700));
}

TEST_CASE("elementary: as many digits of a factor are right as are kept") {
  // Nine of them: another result than the library's would be one rounding in ten million.
  std::uint64_t differences = 0;
  for (double z = -6; z < 6; z += 0x1.1p-14) {
    const double x = 0.25 * z - 0.03125;
    const double kept = std::nearbyint(exponential(x) * 1e9);
    differences += kept == std::nearbyint(std::exp(x) * 1e9) ? 0 : 1;
  }
  CHECK(differences <= 1);
}

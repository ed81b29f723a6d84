#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "ledger/number/decimal.h"

namespace accrue {

// What a simulation draws at random. Parameters are exact as written; what is drawn is not money.

/// 1 + mean + sd x z, never below zero.
struct NormalShock {
  Decimal mean_percent;
  Decimal sd_percent;
};
/// exp(sd x z - sd^2 / 2): its mean is one.
struct LognormalShock {
  Decimal sd_percent;
};
struct TriangularShock {
  Decimal low;
  Decimal mode;
  Decimal high;
};
struct UniformShock {
  Decimal low;
  Decimal high;
};
/// Happens with this probability: in a month, or at all.
struct BernoulliShock {
  Decimal probability_percent;
};
using Distribution =
    std::variant<NormalShock, LognormalShock, TriangularShock, UniformShock, BernoulliShock>;

/// One thing that is uncertain. Deals of the pipeline are so by their own probability.
struct Uncertainty {
  enum class Of {
    volume,  ///< a factor on an investee's usage (triangular, uniform: in percent)
    price,   ///< a factor on the price of SKUs (triangular, uniform: in percent)
    delay,   ///< whole months by which a tranche comes later (cut down to whole months)
    stop,    ///< in each month the investee stops for good with this probability (bernoulli)
  };
  enum class Lasts {
    month,  ///< each month is drawn anew
    path,   ///< drawn once a path
    walk,   ///< each month's factor multiplies those before
  };
  Of of = Of::volume;
  Lasts lasts = Lasts::month;
  std::string subject;  ///< shell pattern of investees or SKUs; a grant for delay
  Distribution distribution;
  std::string source;  ///< where the figures come from; printed with every result
};

}  // namespace accrue

#pragma once

#include <string>
#include <vector>

#include "ledger/number/decimal.h"

namespace accrue {

/// The values at which an axis is marked: zero among them, evenly spaced by 1, 2 or 5 times a
/// power of ten, all exact. The first and the last are the ends of the axis.
struct Axis {
  Decimal step;
  std::vector<Decimal> ticks;

  const Decimal& low() const { return ticks.front(); }
  const Decimal& high() const { return ticks.back(); }
};

/// The tightest axis that holds `low`, `high` and zero in at most `most_steps` steps, 2 or more.
Axis nice_axis(const Decimal& low, const Decimal& high, int most_steps);

/// A tick in words, exact: "0", "2.5", "-500k", "150m", "1.2bn". All ticks of an axis have one
/// unit.
std::string tick_label(const Axis& axis, const Decimal& tick);

/// Where a value lies on a stretch of pixels, to the nearest one.
struct Scale {
  Decimal low;
  Decimal high;   ///< above `low`
  int begin = 0;  ///< the pixel of `low`
  int end = 0;    ///< the pixel of `high`; before `begin` where the axis points up

  int at(const Decimal& value) const;
};

/// Places for labels in the order of `wanted`, which rises: at least `distance` apart, from `first`
/// to `last`, as near as that allows. There must be room.
std::vector<int> spread(std::vector<int> wanted, int distance, int first, int last);

}  // namespace accrue

#include "cli/page/axis.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "accounting/report/report.h"
#include "cli/render_text.h"
#include "ledger/number/round.h"

namespace accrue {

namespace {

/// Steps from zero that reach `distance`, which is zero or more.
Int256 steps_to(const Int256& distance, const Int256& step) { return (distance + step - 1) / step; }

struct TickUnit {
  int digits;  ///< the unit is ten to this power
  std::string_view suffix;
};

/// A tick has at most one fraction digit then: the steps are at least a fiftieth of the largest.
TickUnit unit_of(const Axis& axis) {
  const Decimal largest = std::max(axis.high(), -axis.low());
  for (const TickUnit unit : {TickUnit{9, "bn"}, TickUnit{6, "m"}, TickUnit{3, "k"}}) {
    if (largest.units() >= power_of_ten(unit.digits + Decimal::fraction_digits)) return unit;
  }
  return {0, ""};
}

}  // namespace

Axis nice_axis(const Decimal& low, const Decimal& high, int most_steps) {
  const Int256 below = low.sign() < 0 ? Int256{-low.units()} : Int256{0};
  Int256 above = high.sign() > 0 ? high.units() : Int256{0};
  if (below.is_zero() && above.is_zero()) above = Decimal::from_integer(1).units();
  Int256 step = 1;
  constexpr std::array factors{1, 2, 5};
  for (std::size_t i = 0;; ++i) {
    step = power_of_ten(static_cast<int>(i / factors.size())) * factors[i % factors.size()];
    if (steps_to(below, step) + steps_to(above, step) <= most_steps) break;
  }
  Axis axis{Decimal::from_units(step), {}};
  const Int256 last = steps_to(above, step);
  for (Int256 i = -steps_to(below, step); i <= last; ++i) {
    axis.ticks.push_back(Decimal::from_units(Int256{i * step}));
  }
  return axis;
}

std::string tick_label(const Axis& axis, const Decimal& tick) {
  const TickUnit unit = unit_of(axis);
  const Decimal in_unit = Decimal::from_units(Int256{tick.units() / power_of_ten(unit.digits)});
  if (in_unit.is_zero()) return "0";
  return figure_text({in_unit, 0}, true) + std::string{unit.suffix};
}

int Scale::at(const Decimal& value) const {
  const Int1024 along = Int1024{(value - low).units()} * (end - begin);
  return begin + static_cast<int>(round_half_even(along, Int1024{(high - low).units()}));
}

std::vector<int> spread(std::vector<int> wanted, int distance, int first, int last) {
  int least = first;
  for (int& place : wanted) {
    place = std::max(place, least);
    least = place + distance;
  }
  int most = last;
  for (std::size_t i = wanted.size(); i-- > 0;) {
    wanted[i] = std::min(wanted[i], most);
    most = wanted[i] - distance;
  }
  return wanted;
}

}  // namespace accrue

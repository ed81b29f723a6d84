#include "accounting/report/exhaustion.h"

#include <algorithm>
#include <map>
#include <utility>

#include "accounting/report/face.h"

namespace accrue {

namespace {

constexpr int most_months_averaged = 3;
constexpr int months_looked_ahead = 1200;

Ratio exact(const Decimal& value) {
  return Ratio{boost::multiprecision::cpp_int{value.units()},
               boost::multiprecision::cpp_int{power_of_ten(Decimal::fraction_digits)}};
}

/// Cut to the digits a Decimal has: only for what is shown.
Decimal shown(const Ratio& value) {
  const Ratio scaled = value * boost::multiprecision::cpp_int{power_of_ten(Decimal::fraction_digits)};
  return Decimal::from_units(
      Int256{boost::multiprecision::cpp_int{numerator(scaled) / denominator(scaled)}});
}

struct OpenGrant {
  const Grant* grant;
  Ratio left;
};

/// Averages the draws of the last three months, or of those since the first draw.
void average(Exhaustion& exhaustion, const Faces& faces, const std::vector<OpenGrant>& grants,
             Period through) {
  const auto drawn_in = [&](PeriodRange range) {
    Decimal sum;
    for (const OpenGrant& open : grants) sum += faces.drawn_in(range, open.grant->id);
    return sum;
  };
  int months = most_months_averaged;
  while (months > 1 && drawn_in({Period{INT32_MIN}, Period{through.months - months + 1}}).is_zero()) {
    --months;
  }
  exhaustion.months_averaged = months;
  exhaustion.per_month =
      exact(drawn_in({Period{through.months - months + 1}, through})) / months;
}

void draw_down(Exhaustion& exhaustion, std::vector<OpenGrant>& grants, Period through) {
  for (int month = 1; month <= months_looked_ahead; ++month) {
    const Period period{through.months + month};
    Ratio wanted = exhaustion.per_month;
    bool any_left = false;
    for (OpenGrant& open : grants) {
      if (Period::of(open.grant->issued_on) > period) {
        any_left = any_left || open.left > 0;
        continue;
      }
      const Ratio drawn = std::min(wanted, open.left);
      open.left -= drawn;
      wanted -= drawn;
      if (open.grant->expiry_period == period && open.left > 0) {
        exhaustion.expiring.push_back({open.grant->id, period, shown(open.left)});
        open.left = 0;
      }
      any_left = any_left || open.left > 0;
    }
    if (any_left) continue;
    exhaustion.used_up = period;
    return;
  }
}

}  // namespace

std::vector<Exhaustion> exhaustion_after(const BookView& view, Period through, OriginView by) {
  const Faces faces{view, by};
  std::map<std::pair<std::string, Currency>, std::vector<OpenGrant>> pools;
  for (const HeldGrant& held : view.state.grants) {
    const Grant& grant = held.grant;
    if (grant.expiry_period && *grant.expiry_period <= through) continue;
    const Decimal left = grant.face.value - faces.at_end_of(through, held).drawn;
    pools[{grant.investee, grant.face.currency}].push_back({&grant, exact(left)});
  }
  std::vector<Exhaustion> list;
  for (auto& [key, grants] : pools) {
    std::sort(grants.begin(), grants.end(), [](const OpenGrant& a, const OpenGrant& b) {
      return pays_before(*a.grant, *b.grant);
    });
    Exhaustion exhaustion{key.first, key.second, {}, 0, 0, {}, {}};
    average(exhaustion, faces, grants, through);
    Ratio left = 0;
    for (const OpenGrant& open : grants) left += open.left;
    exhaustion.left = shown(left);
    if (left > 0) draw_down(exhaustion, grants, through);
    list.push_back(std::move(exhaustion));
  }
  return list;
}

}  // namespace accrue

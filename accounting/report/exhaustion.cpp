#include "accounting/report/exhaustion.h"

#include <algorithm>

#include "accounting/report/draw_path.h"

namespace accrue {

namespace {

Exhaustion exhaustion_of(const PoolPath& pool) {
  Exhaustion exhaustion{pool.investee, pool.currency, {}, pool.per_month, pool.months_averaged,
                        {}, {}};
  Ratio left = 0;
  Ratio left_standing = 0;
  for (const GrantPath& path : pool.grants) {
    left += path.left;
    left_standing += path.left_standing;
    if (path.steps.empty()) continue;
    const PathStep& last = path.steps.back();
    exhaustion.used_up = std::max(exhaustion.used_up, std::optional{last.period});
    if (last.expired == 0) continue;
    exhaustion.expiring.push_back({path.held->grant.id, last.period, shown(last.expired)});
  }
  exhaustion.left = shown(left);
  if (left_standing != 0) exhaustion.used_up.reset();
  std::stable_sort(exhaustion.expiring.begin(), exhaustion.expiring.end(),
                   [](const ExpiringCredit& a, const ExpiringCredit& b) {
                     return a.period < b.period;
                   });
  return exhaustion;
}

}  // namespace

std::vector<Exhaustion> exhaustion_after(const BookView& view, Period through, OriginView by) {
  std::vector<Exhaustion> list;
  for (const PoolPath& pool : draw_paths(view, through, by, usual_draw_forecast)) {
    list.push_back(exhaustion_of(pool));
  }
  return list;
}

}  // namespace accrue

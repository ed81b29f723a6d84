#include "accounting/report/movements.h"

#include "accounting/report/frame.h"

namespace accrue {

std::int64_t balance_at_end(const BookView& view, AccountRole role, Period period, OriginView by) {
  std::int64_t sum = 0;
  for (const auto& [key, amount] : view.balances) {
    if (key.account.role == role && counted_in(by, key) <= period) sum += amount;
  }
  return sum;
}

std::map<Account, Movement> movements_of(const BookView& view, PeriodRange range, OriginView by) {
  std::map<Account, Movement> movements;
  for (const auto& [key, amount] : view.balances) {
    const Period period = counted_in(by, key);
    if (period > range.last) continue;
    Movement& movement = movements[key.account];
    movement.at_end += amount;
    if (period < range.first) movement.before += amount;
  }
  return movements;
}

}  // namespace accrue

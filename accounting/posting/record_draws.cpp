#include "accounting/posting/record_draws.h"

#include "accounting/posting/view.h"

namespace accrue {

DrawTotals draws_of_record(const Store& store, std::int64_t record) {
  DrawTotals change;
  for (const PostedDraws& posted : load_view(store, record).draws) {
    for (const auto& [key, amount] : posted.totals) change[key] += amount;
  }
  if (record > 1) {
    for (const PostedDraws& posted : load_view(store, record - 1).draws) {
      for (const auto& [key, amount] : posted.totals) change[key] -= amount;
    }
  }
  std::erase_if(change, [](const auto& cell) { return cell.second.is_zero(); });
  return change;
}

}  // namespace accrue

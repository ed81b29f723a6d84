#pragma once

#include <cstdint>
#include <map>

#include "accounting/posting/view.h"
#include "accounting/report/reports.h"
#include "ledger/book/account.h"

namespace accrue {

/// Balances of one account in minor units, debits above zero.
struct Movement {
  std::int64_t before = 0;  ///< at the end of the period before the range
  std::int64_t at_end = 0;  ///< at the end of the range
  std::int64_t in_range() const { return at_end - before; }
};

/// What all accounts of a role hold at the end of a period, debits above zero.
std::int64_t balance_at_end(const BookView& view, AccountRole role, Period period, OriginView by);

/// Every account that has moved by the end of the range.
std::map<Account, Movement> movements_of(const BookView& view, PeriodRange range, OriginView by);

}  // namespace accrue

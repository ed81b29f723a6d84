#pragma once

#include <cstdint>
#include <optional>

#include "accounting/posting/view.h"
#include "accounting/report/report.h"
#include "ledger/store/store.h"

namespace accrue {

/// An account is silent when it has had no rows for more than so many days before the last row of
/// all.
inline constexpr std::int32_t silent_days = 7;

/// Whether all usage is there: per source the months with and without a delivery, from its first
/// to the last of all (or the end of the range); days and hours without rows inside the time of an
/// account that has them on three of four; accounts gone silent, or named in terms and never seen;
/// what providers say of their bills.
Report completeness_report(const Store& store, const BookView& view,
                           std::optional<PeriodRange> range);

}  // namespace accrue

#include "ledger/intake/bill.h"

#include <algorithm>
#include <cstdint>

namespace accrue {

Period month_of_bill(Instant begin_at, Instant end_at, const TimeZone& zone) {
  constexpr std::int64_t four_weeks = 28 * std::int64_t{86'400'000'000};
  const std::int64_t length =
      std::min(end_at.microseconds - begin_at.microseconds, four_weeks);
  return zone.period_of(Instant{begin_at.microseconds + length / 2});
}

}  // namespace accrue

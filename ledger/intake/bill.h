#pragma once

#include "ledger/time/date.h"
#include "ledger/time/period.h"
#include "ledger/time/zone.h"

namespace accrue {

/// The month of the book that a bill is of: the one that holds the middle of its first 28 days, so
/// that a bill cut in another zone than the book's keeps its month. Source: semantics, section 3.
Period month_of_bill(Instant begin_at, Instant end_at, const TimeZone& zone);

}  // namespace accrue

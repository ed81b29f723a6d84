#pragma once

#include <cstdint>
#include <vector>

#include "accounting/posting/state.h"
#include "accounting/report/report.h"
#include "ledger/intake/fact.h"

namespace accrue {

// What a record brought that is neither usage nor a table of segment, base or rates. Each fills
// columns, rows and notes of a report that is started; `record` is what its refs address.

/// One row per issuer and month, with how the book holds the month.
void add_provider_periods(Report& report, const std::vector<ProviderPeriod>& rows,
                          const BookState& state, std::int64_t record);

/// One row per unit price.
void add_rate_card(Report& report, const RateCardAdded& fact, std::int64_t record);

/// One row per investee (none: other customers) and currency: how many events, their sum, and the
/// first and last time.
void add_events(Report& report, const EventsAccepted& fact, std::int64_t record);

}  // namespace accrue

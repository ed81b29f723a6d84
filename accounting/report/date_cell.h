#pragma once

#include <optional>

#include "accounting/report/report.h"
#include "ledger/time/date.h"
#include "ledger/time/zone.h"

namespace accrue {

/// The day of an instant in the zone; nothing where there is none.
Cell date_cell(const TimeZone& zone, const std::optional<Instant>& at);

}  // namespace accrue

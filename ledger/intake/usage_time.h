#pragma once

#include <string_view>

#include "ledger/error/error.h"
#include "ledger/intake/usage_map.h"
#include "ledger/time/date.h"
#include "ledger/time/zone.h"

namespace accrue::usage {

/// Reads a time written in `form`; one that states no zone is that of a clock in `zone`, and a day
/// or a month alone its first instant. A local time that occurs twice is the first; one that does
/// not occur is the instant of the jump.
/// Errors: bad_date.
Result<Instant> read_time(std::string_view text, DateForm form, const TimeZone& zone);

}  // namespace accrue::usage

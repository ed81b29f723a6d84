#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "accounting/scenario/scenario.h"
#include "accounting/scenario/walk/usage_plan.h"
#include "ledger/error/error.h"
#include "ledger/time/period.h"

namespace accrue {

/// Whether a capacity is shared by an investee.
bool is_capped(const CapacityCap& cap, const std::string& investee);

/// Whether a capacity is in force in a month.
bool holds_in(const CapacityCap& cap, Period period);

/// Errors: bad_value (a capacity in another currency than what is used under it).
Result<Done> check_capacity(const Scenario& scenario, const UsagePlan& plan);

/// Cuts what flows use in a month, whole minor units, to the capacities in force, one after the
/// other: each is shared in proportion to what would be used.
void cut_to_capacity(const Scenario& scenario, const UsagePlan& plan, Period period,
                     std::vector<std::int64_t>& amounts);

}  // namespace accrue

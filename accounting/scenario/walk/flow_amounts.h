#pragma once

#include <cstdint>
#include <vector>

#include "accounting/scenario/scenario.h"
#include "accounting/scenario/shocks.h"
#include "accounting/scenario/walk/usage_plan.h"

namespace accrue {

/// What each flow uses in a month of the forecast (0 the first), in whole minor units of its
/// currency: with the shocks, without those that have left or stopped, cut to the capacity. The
/// flows of one drawdown add up to its rounded total; what is left over goes to the largest
/// fractions.
std::vector<std::int64_t> usage_of_month(const Scenario& scenario, const UsagePlan& plan,
                                         const Shocks& shocks, int month);

}  // namespace accrue

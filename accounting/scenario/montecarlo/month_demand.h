#pragma once

#include <cstddef>

#include "accounting/scenario/montecarlo/block_state.h"

namespace accrue {

/// What each flow uses in a month on each path, in whole minor units, before anything runs out: as
/// usage_of_month says, shocked, stopped, rounded and cut to the capacity.
void demand_of_month(const SimulationInput& input, const PathBlock& shocks, std::size_t month,
                     BlockState& state);

}  // namespace accrue

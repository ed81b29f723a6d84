#pragma once

#include "accounting/scenario/montecarlo/input_parts.h"

namespace accrue {

/// The drawdowns and their flows, before shocks; after the grants, which some curves divide.
void add_flows(InputParts& parts);

void add_caps(InputParts& parts);

}  // namespace accrue

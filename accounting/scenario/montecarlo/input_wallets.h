#pragma once

#include "accounting/scenario/montecarlo/input_parts.h"

namespace accrue {

/// Puts the grants of each wallet in the order of paying and the flows in that of serving.
void order_wallets(InputParts& parts);

/// What cash in each wallet's currency is worth, by day; a note where that is not known.
void add_rates(InputParts& parts);

}  // namespace accrue

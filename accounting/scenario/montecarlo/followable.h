#pragma once

#include <vector>

#include "accounting/scenario/montecarlo/grants_to_come.h"
#include "accounting/scenario/montecarlo/input_parts.h"
#include "ledger/error/error.h"

namespace accrue {

/// Refuses what the paths of a scenario can change and the loop cannot follow: the rate of cash in
/// another currency when it depends on which deals are signed, and a grant that may not come or may
/// come later when the book already holds usage that it paid for. Notes where a delay can change the
/// order of paying, which the loop leaves as it is, and where the book has usage of the forecast's
/// months.
///
/// Errors: unsupported_term.
Result<Done> require_followable(InputParts& parts, const std::vector<GrantVariants>& variants);

}  // namespace accrue

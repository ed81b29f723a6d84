#pragma once

#include <vector>

#include "accounting/posting/view.h"
#include "accounting/scenario/montecarlo/grants_to_come.h"
#include "accounting/scenario/montecarlo/input_parts.h"
#include "ledger/error/error.h"

namespace accrue {

/// The grants of the walk, each with its windows by months of delay.
void add_grants(InputParts& parts, const std::vector<GrantVariants>& variants);

/// What the book holds of draws and revenue, before the forecast and in it.
void add_known(InputParts& parts, const BookView& view);

/// Grants that follow exhaustion, as the exact walk issues them: with the scope of the grant that
/// was to pay last. Errors: those of new_grants_by_day.
Result<Done> add_new_grants(InputParts& parts);

}  // namespace accrue

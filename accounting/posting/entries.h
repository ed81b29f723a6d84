#pragma once

#include <vector>

#include "accounting/posting/target.h"
#include "ledger/book/entry.h"
#include "ledger/intake/fact.h"

namespace accrue {

/// What a fact changes as entries: one per posting period, origin period and investee. A signing is
/// dated on its day; all else on the last day of the period it is booked in.
std::vector<Entry> entries_of(const Fact& fact, const Balances& change);

}  // namespace accrue

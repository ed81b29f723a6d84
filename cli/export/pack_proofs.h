#pragma once

#include <vector>

#include "accounting/posting/view.h"
#include "cli/export/members.h"
#include "ledger/store/store.h"

namespace accrue {

/// Of the tree over the records of the view: that every close of the range is in it, that it grew
/// out of every checkpoint before; and the checkpoints, keys and time stamps as the book keeps them.
std::vector<Member> pack_proofs(const Store& store, const BookView& view, PeriodRange range);

}  // namespace accrue

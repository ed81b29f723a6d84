#pragma once

#include "accounting/posting/state.h"
#include "accounting/recognition/transaction_price.h"
#include "ledger/credit/grant.h"

namespace accrue {

/// The grant that a tranche of a deal promises. It is named as its tranche, or `deal/tranche` where
/// the book has a grant of that name; its days are the book's own days.
Grant make_grant(const BookState& state, const Investment& deal, const Tranche& tranche,
                 const TranchePrice& price);

}  // namespace accrue

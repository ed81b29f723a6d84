#pragma once

#include <span>

#include "accounting/posting/state.h"
#include "ledger/credit/burn_down.h"
#include "ledger/credit/draw.h"
#include "ledger/store/store.h"
#include "ledger/time/zone.h"

namespace accrue {

/// What stands served by the closes in force.
DrawTotals load_frozen_draws(const Store& store, const BookState& state);

/// Adds charges, none of them frozen, to what is served.
void serve_charges(BurnDown& served, std::span<const StoredCharge> charges, const TimeZone& zone);

/// The charges that no close has frozen, of the first `state.record_count` records, served from
/// the face that `frozen` left.
BurnDown serve_open_charges(const Store& store, const BookState& state, const DrawTotals& frozen);

}  // namespace accrue

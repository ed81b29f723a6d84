#pragma once

#include <optional>

#include "accounting/posting/state.h"
#include "accounting/posting/target.h"
#include "ledger/credit/burn_down.h"
#include "ledger/credit/draw.h"

namespace accrue {

/// What stands between facts and entries at one moment: derived, never stored.
struct Derivation {
  const BurnDown& served;  ///< kept by whoever derived
  DrawTotals frozen;
  DrawTotals drawn;  ///< of the open charges
  Balances booked;
  Target target;
};

/// What is so in the open periods, `closing` being the one that is about to close.
/// Errors: rate_missing.
Result<Derivation> derive(const BookState& state, const BurnDown& served,
                          const DrawTotals& frozen, Balances booked,
                          std::optional<Period> closing);

}  // namespace accrue

#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "accounting/posting/state.h"
#include "accounting/recognition/recognise.h"
#include "ledger/credit/burn_down.h"
#include "ledger/store/store.h"

namespace accrue {

/// A grant as it stands at the end of one step of recognition.
struct GrantStep {
  std::string grant;
  Period origin_period;
  Period posting_period;
  Decimal drawn;            ///< cumulative
  Decimal expected_unused;  ///< in units of face
  ExpiryState expiry = ExpiryState::running;
  Recognised recognised;    ///< cumulative
};

/// What the open periods should hold: for every account and origin period, in its posting period.
struct Target {
  Balances cells;
  std::vector<GrantStep> steps;  ///< per grant in order of its steps
};

/// Everything that decides what is so.
struct Situation {
  const BookState& state;
  const Balances& booked;       ///< all balances of the book
  const DrawTotals& frozen;     ///< of the closes in force
  const BurnDown& served;
  const DrawTotals& drawn;      ///< of what is served
  std::optional<Period> closing;  ///< the period whose close is being booked
};

/// What is so in the open periods (semantics, section 7): step 0 is what is booked in closed
/// periods; then each closed origin that holds open draws, oldest first, with the estimate and
/// expiry state of the last close; then the open periods in order.
///
/// Errors: rate_missing (cash-funded usage in a currency without a rate).
Result<Target> derive_target(const Situation& situation);

/// `target - booked` for every cell of the open periods; zero differences are left out.
Balances difference(const BookState& state, const Balances& target, const Balances& booked);

}  // namespace accrue

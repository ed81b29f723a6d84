#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "accounting/recognition/rates.h"
#include "ledger/credit/grant.h"
#include "ledger/credit/investment.h"
#include "ledger/error/error.h"

namespace accrue {

/// What the investor may recognise for one tranche.
struct TranchePrice {
  std::string tranche;
  std::int64_t price_minor_units = 0;  ///< functional currency
  Ratio price_per_unit;                ///< functional units per unit of face, before rounding
  Date received_on;
};

/// The price of a whole deal, for the side-by-side view that review asks for.
struct DealPrice {
  std::vector<TranchePrice> tranches;        ///< in the order of the terms
  std::int64_t cash_minor_units = 0;         ///< functional currency
  Decimal credits_total;                     ///< in the deal's currency, before translation
  Decimal face_total;                        ///< in the faces' currency
  std::vector<std::string> assumptions;      ///< what was assumed for want of a statement
};

/// The transaction price of each tranche (semantics, section 5): the fair value of the stake less
/// the cash paid for it, or the stand-alone selling price of the paid credits; less what tranches
/// state; the rest in proportion to face by largest remainders; each part translated once.
///
/// Errors: price_below_zero, price_above_face, face_does_not_add_up, rate_missing, bad_value
///         (currencies that cannot be compared).
/// Source: ASC 606-10-32-21..27 (non-cash consideration, payments to a customer), 606-10-32-31
///         (allocation); ASC 830-20-30-1 (the rate of the day of receipt).
Result<DealPrice> price_deal(const Investment& investment, Currency functional,
                             const RateTable& rates);

}  // namespace accrue

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "accounting/audit/serving.h"
#include "accounting/posting/state.h"
#include "accounting/report/reports.h"
#include "ledger/credit/burn_down.h"
#include "ledger/store/store.h"

namespace accrue {

/// The part of a served sum that one payer pays; below zero for what a refund takes back. A served
/// sum is what all charges of one instant and key add up to: mostly one charge.
struct SingleDraw {
  ChargeAddress first;            ///< of the charges that the served sum adds up
  std::int64_t number = 0;        ///< among the draws of the served sum, from 1
  std::int64_t charge_count = 0;  ///< how many charges the served sum adds up
  Instant at;
  Period posting_period;
  Period origin_period;
  ChargeKey key;
  Consumed consumed;  ///< what of the key; of a refund, what it takes back
  Funding funding = Funding::credits;
  std::string grant;  ///< empty for cash
  Decimal amount;     ///< in the currency of the key
};

/// The draws that are booked in the range, in order of posting period and then of serving.
///
/// The book keeps draws as totals. Those of a closed period are served again as they stood when it
/// closed: the open charges of the records before the close, from the face that earlier closes
/// left. A refund that found nothing is no draw.
std::vector<SingleDraw> single_draws(const Store& store, const BookState& state,
                                     PeriodRange posting);

}  // namespace accrue

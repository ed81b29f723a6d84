#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "accounting/posting/view.h"
#include "accounting/report/forecast_choice.h"
#include "accounting/report/reports.h"

namespace accrue {

/// When the rest of a grant's price is expected to be revenue.
struct ExpectedRevenue {
  const HeldGrant* held;
  std::int64_t liability = 0;  ///< at the end of the period asked about, minor units
  /// In minor units; what is due in the period asked about itself stands in the one after it.
  std::map<Period, std::int64_t> by_period;
  std::int64_t undated = 0;  ///< what the forecast never comes to
  /// Of the liability, what falls in the next twelve months.
  std::int64_t current(Period through) const;
};

/// For every grant with a contract liability at the end of `through`: the forecast's draws, put
/// through recognition with the estimate in force. The parts are the liability.
std::vector<ExpectedRevenue> expected_revenue(const BookView& view, Period through, OriginView by,
                                              const DrawSource& source);

}  // namespace accrue

#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "ledger/number/currency.h"
#include "ledger/number/decimal.h"
#include "ledger/store/store.h"
#include "ledger/time/period.h"

namespace accrue {

/// The catch-ups of a period beside its revenue (docs/decisions/0017-book-time-and-materiality.md).
///
/// Units: minor units of the functional currency.
struct CatchUpWeight {
  /// Revenue booked in the period for earlier ones: net within an origin period, and what the
  /// origins hold added up without their signs, so that two errors do not hide each other.
  std::int64_t catch_ups = 0;
  std::int64_t revenue = 0;  ///< as reported, catch-ups included

  /// Catch-ups in percent of the revenue, two decimals, half to even; nothing where the revenue is
  /// zero or less.
  std::optional<Decimal> percent() const;
  /// Whether the catch-ups are more than `threshold_percent` of the revenue, before any rounding.
  /// Of a revenue of zero or less any catch-up is.
  bool is_above(const Decimal& threshold_percent) const;
};

/// Of the cells that are booked in the range. Those of a range belong to it as a whole: what was
/// booked in one of its months for another is no catch-up.
CatchUpWeight weigh_catch_ups(const Balances& cells, PeriodRange range);

/// "catch-ups of 12.00 USD are 8.00% of the revenue of 2024-06, 150.00 USD".
std::string weight_text(const CatchUpWeight& weight, Currency functional, Period period);

}  // namespace accrue

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "accounting/posting/books.h"
#include "accounting/scenario/scenario.h"
#include "accounting/scenario/walk/usage_plan.h"
#include "ledger/credit/charge.h"

namespace accrue {

/// What of one month is assumed to be charged, day by day, and whose credits last how long.
struct MonthUsage {
  std::vector<Charge> charges;  ///< in order of (at, key)
  /// Drawdowns that found nothing to draw on any more, with the first day on which they did.
  std::map<std::size_t, Date> uncovered;
  /// By investee and currency: the days of the month at whose end there was credit to draw.
  std::map<std::pair<std::string, std::string>, std::vector<Date>> days_with_credit;
};

/// Spreads what each flow uses in a month over its days and serves it, with what the book knows of
/// the month, from what the closes left. What no grant pays that one could have paid before
/// follows the drawdown's rule for exhaustion; drawdowns in `granted_anew` have had their new
/// grant, and pay cash.
MonthUsage usage_by_day(const Books& books, const Scenario& scenario, const UsagePlan& plan,
                        Period period, const std::vector<std::int64_t>& amounts,
                        const std::set<std::size_t>& granted_anew);

}  // namespace accrue

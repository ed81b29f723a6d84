#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "accounting/posting/books.h"
#include "accounting/scenario/scenario.h"
#include "accounting/scenario/shocks.h"
#include "accounting/scenario/walk/starting_book.h"
#include "accounting/scenario/walk/usage_plan.h"
#include "ledger/credit/charge.h"
#include "ledger/error/error.h"
#include "ledger/time/period.h"

namespace accrue {

/// What one month of a forecast comes to, of all investees or of one.
struct ForecastMonth {
  Period period;
  // Minor units of the functional currency.
  std::int64_t credit_revenue = 0;  ///< from usage that credits paid
  std::int64_t cash_revenue = 0;
  std::int64_t breakage = 0;
  std::int64_t liability = 0;  ///< contract liability at the end of the month
  // In the currency of the credits; sums mean something where there is one.
  Decimal used;     ///< what the book knows and what is assumed
  Decimal drawn;    ///< of it, paid by credits
  Decimal expired;  ///< face lost undrawn
  Decimal left;     ///< face at the end of the month
  /// Functional currency, exact: what it costs to serve what is assumed.
  Ratio cost;

  std::int64_t revenue() const { return credit_revenue + cash_revenue + breakage; }
};

/// A time in which an investee has no credits that could pay.
struct RunOut {
  std::string investee;
  std::string currency;
  Date on;  ///< the day at whose end nothing is left, or on which the last of it expired
  std::optional<Date> until;  ///< the day from which a grant pays again
};

/// What becomes of a grant by the end of the forecast.
struct GrantEnd {
  std::string grant;
  std::string investee;
  std::string currency;
  Decimal face;
  std::optional<Period> expired_in;  ///< when it is in the forecast
  Decimal expired;  ///< then
  Decimal left;     ///< at the end
};

/// A span of the forecast in which a segment's growth can be told.
struct GrowthSpan {
  PeriodRange range;
  std::string segment;
  std::string basis;
};

/// A scenario, walked to its end: the book of the start with the assumed facts recorded in it, by
/// the one path, each month closed.
struct Forecast {
  Books books;
  PeriodRange months;
  std::int64_t start_records = 0;
  std::string start_root;  ///< hexadecimal
  UsagePlan plan;
  std::vector<Charge> assumed_charges;  ///< in order of time
  std::vector<ForecastMonth> by_month;  ///< of all investees
  std::map<std::string, std::vector<ForecastMonth>> by_investee;
  /// The currency of all credits, where they have one.
  std::optional<Currency> face_currency;
  std::vector<RunOut> run_outs;   ///< in order of (day, investee)
  std::vector<GrantEnd> grants;   ///< in order of id
  std::vector<GrowthSpan> growth; ///< in order of (segment, basis, range)
  std::vector<std::string> notes;  ///< what was assumed, and which exceptions were accepted
};

/// Told the months walked so far.
using ForecastProgress = std::function<void(int done, int all)>;

/// Walks a scenario. The forecast begins with the first open month that the book does not know the
/// whole usage of: the month of its last usage, or the one after where that is its last day; open
/// months before are closed as they stand. What is assumed of a month is spread evenly over its
/// days (the part to date rounded half to even to minor units), at the begin of each day.
///
/// Errors: those of plan_usage; those of recording an assumed fact; nothing_to_report (growth is
///         assumed of a segment whose year before is not known).
Result<Forecast> walk(const Scenario& scenario, const StartingBook& start, const Shocks& shocks,
                      const ForecastProgress& progress = {});

}  // namespace accrue

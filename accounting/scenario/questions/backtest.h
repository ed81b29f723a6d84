#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "accounting/posting/view.h"
#include "accounting/report/report.h"
#include "accounting/scenario/curve.h"
#include "ledger/error/error.h"
#include "ledger/number/decimal.h"
#include "ledger/store/store.h"
#include "ledger/time/period.h"

namespace accrue {

/// A curve that needs nothing but the book's own usage.
struct NamedCurve {
  std::string name;  ///< "trailing 3", "fit linear"
  Curve curve;
};
/// Trailing averages of 3, 6 and 12 months; fits of a mean, a line and a growth to twelve months, of
/// a season to twenty-four.
std::vector<NamedCurve> backtested_curves();

/// Usage by month, of one investee in one currency.
using MonthlyUsage = std::map<Period, Decimal>;

/// What a book knew when it closed a period.
struct KnownUsage {
  Period closed;
  std::map<std::pair<std::string, std::string>, MonthlyUsage> by_whom;  ///< (investee, currency)
};

/// What the book knew at each close in force, in order, as of the close's own record: what came
/// later is not in it, for whatever month it is. Read once, from the first record to the last.
std::vector<KnownUsage> usage_known_at_closes(const Store& store, const BookView& book);

/// Forecasts of one curve, so many months ahead, against what then happened.
struct ForecastErrors {
  int comparisons = 0;
  std::optional<Ratio> mean_absolute_percent;  ///< of |forecast - actual| / actual, of months with usage
  std::optional<Ratio> bias_percent;  ///< of the sum of actual usage; none where that is not above zero
};

/// Of (forecast, actual), month by month.
ForecastErrors errors_of(const std::vector<std::pair<Ratio, Decimal>>& months);

/// What a backtest shows: how far forecasts were off, or each of them beside what happened.
enum class BacktestView { errors, months };

struct BacktestOptions {
  int first_close = 3;  ///< forecasts are made from this close on; 1 is the first of the book
  std::optional<std::string> investee = {};  ///< left out: all of them
  BacktestView view = BacktestView::errors;
};

/// Forecasts made at the closes of a book, 1, 3, 6 and 12 months ahead, against the usage of those
/// months as the book knows it at its last close. A report "scenario-backtest": investee, currency,
/// curve, months ahead. Or "scenario-backtest-months", the same by month: what its errors are of.
///
/// Errors: nothing_to_report (no close before the last one that could be looked at), bad_value
///         (a first close below 1), unknown_id (an investee).
Result<Report> backtest_report(const Store& store, const BookView& book,
                               const BacktestOptions& options = {});

}  // namespace accrue

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "accounting/scenario/walk/forecast.h"
#include "ledger/error/error.h"

namespace accrue {

/// Figures of a forecast that can be asked for.
enum class ForecastFigure {
  revenue, credit_revenue, cash_revenue, breakage,  ///< of the range
  liability, left,                                  ///< at its end
  growth, growth_without_investees,                 ///< of the segment, percent with two digits
  run_out,  ///< months of the forecast up to and with the one in which the credits run out
};
/// "growth_without_investees", "run_out".
std::string_view to_string(ForecastFigure figure);
std::optional<ForecastFigure> forecast_figure_named(std::string_view name);

struct OutcomeTarget {
  ForecastFigure figure = ForecastFigure::revenue;
  std::optional<std::string> investee;  ///< left out: all of them
  PeriodRange range;                    ///< of the forecast; run_out asks for none
  /// Which series growth is of, where the book has several for the range.
  std::optional<std::string> segment = {};
  std::optional<std::string> basis = {};
};

/// Amounts in units of the functional currency (left: of the credits'), exact. Nothing where there
/// is no such figure: credits that do not run out, growth over a denominator of zero or less.
///
/// Errors: bad_period (a range that is not in the forecast), unknown_id (an investee), usage (more
///         than one series and none chosen), those of growth_report.
Result<std::optional<Decimal>> figure_of(const Forecast& forecast, const OutcomeTarget& target);

}  // namespace accrue

#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "ledger/credit/grant.h"
#include "ledger/error/error.h"
#include "ledger/number/decimal.h"
#include "ledger/time/period.h"

namespace accrue {

// How usage goes from month to month: in the drawdown's currency, or in units.

/// Month by month as stated; after the last nothing, or as in the last.
struct TableCurve {
  enum class Then { nothing, last };
  std::vector<Decimal> amounts;
  Then then = Then::nothing;
};

/// The average of the last months of the book, for ever. Fewer where the first usage is later.
struct TrailingCurve {
  int months = 3;
};

/// From an amount on, growing by a percentage each month, never above a cap.
struct RampCurve {
  std::optional<Decimal> from;  ///< left out: the average of the last three months
  Decimal growth_percent;
  std::optional<Decimal> cap;
};

/// A total in proportion to weights, each over the same number of months in equal parts: straight
/// lines, bursts, commitment ramps (1, 2, 3, ...), front and tail.
struct WeightsCurve {
  std::optional<Decimal> total;  ///< left out: the face that is left
  std::vector<Decimal> weights;
  int months_per_weight = 1;
};

/// A total along an S: to date it is total x (3 x^2 - 2 x^3), x being the part of the months that
/// has gone.
struct SCurve {
  std::optional<Decimal> total;  ///< left out: the face that is left
  int months = 12;
};

/// Fitted to the last months of the book's own usage, and carried on (fit.h).
struct FitCurve {
  enum class Model {
    mean,      ///< the same each month
    linear,    ///< least squares; never below zero
    growth,    ///< the same percentage each month, from the first month with usage on
    seasonal,  ///< as in the same month a year before, times the growth of the last twelve months
  };
  Model model = Model::linear;
  int months = 12;  ///< of history that is looked at
};

/// Month by month from a plan (CSV); months it does not name have nothing.
struct PlanCurve {
  std::string file;
  std::vector<std::pair<Period, Decimal>> rows;  ///< in order, one of each month
};

using Curve = std::variant<TableCurve, TrailingCurve, RampCurve, WeightsCurve, SCurve, FitCurve,
                           PlanCurve>;

/// What a curve is told of the past and of what is left.
struct CurveInput {
  Period first;  ///< the first month asked for
  int month_count = 0;
  /// Usage of every month up to the one before `first`, from the first that had any.
  std::vector<Decimal> history;
  Decimal left;  ///< face that is left, of the grants meant
};

/// How well a fit tells the past it was fitted to: exact in what is summed, cut when shown.
struct FitError {
  int months = 0;
  /// Mean of |fitted - actual| / actual over months with usage, in percent; none without.
  std::optional<Ratio> mean_absolute_percent;
  Ratio mean_error;  ///< fitted less actual, a month: its bias
};

struct CurvePath {
  std::vector<Ratio> amounts;  ///< one a month, zero or more
  std::optional<FitError> fit;
};

/// Exact: no curve rounds.
///
/// Errors: bad_value (a trailing average, a ramp without `from` or a fit of a book that has no
///         usage; a seasonal fit of fewer than twelve months; weights that sum to zero; a stated
///         amount below zero; fewer than one month; growth below -100 percent).
Result<CurvePath> evaluate(const Curve& curve, const CurveInput& input);

}  // namespace accrue

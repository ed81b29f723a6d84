#pragma once

#include <span>
#include <vector>

#include "accounting/scenario/curve.h"
#include "ledger/error/error.h"
#include "ledger/number/decimal.h"

namespace accrue {

/// A model fitted to the past: what it says of the past, and of what comes.
struct Fitted {
  std::vector<Ratio> amounts;  ///< of the months to come, zero or more
  FitError error;
};

/// Fits the model to the last months of a history and carries it on.
///
/// mean: the average. linear: least squares over the months counted 0, 1, 2, ...; what lies below
/// zero is zero, in the past too. growth: from the first month with usage on, that month times
/// g^k with g = the sum of all but the first / the sum of all but the last. seasonal: the same
/// month a year before x g, with g = the sum of the last twelve months that have a year before
/// them in what is looked at / the sum of those; one where none has. A second year is g^2.
///
/// Errors: bad_value (no usage in what is looked at, fewer than one month asked for; seasonal:
///         fewer than twelve months, or no usage a year before).
Result<Fitted> fit(const FitCurve& curve, std::span<const Decimal> history, int month_count);

}  // namespace accrue

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "accounting/posting/books.h"
#include "accounting/scenario/curve.h"
#include "accounting/scenario/scenario.h"
#include "accounting/scenario/walk/usage_history.h"
#include "ledger/credit/charge.h"
#include "ledger/error/error.h"
#include "ledger/time/period.h"

namespace accrue {

/// One stream of assumed usage: what of a drawdown goes to one key.
struct Flow {
  std::size_t drawdown = 0;  ///< in the scenario
  ChargeKey key;
  /// By month of the forecast, in the key's currency, at the prices of the start: exact.
  std::vector<Ratio> volume;
  /// By month: what the scenario's price changes make of the price. One before any.
  std::vector<Ratio> price;
  /// Functional currency per unit of `volume`: what it costs to serve. Zero without a cost rate.
  Ratio cost_rate;
};

/// What is used in the months of a forecast, before anything runs out.
struct UsagePlan {
  PeriodRange months;
  std::vector<Flow> flows;
  /// By drawdown: the last day that the book itself has usage of, when it is in the forecast:
  /// nothing is assumed up to then.
  std::vector<std::optional<Date>> known_through;
  /// By drawdown: the first month without usage, because the investee leaves or its cash is gone.
  std::vector<std::optional<Period>> ends;
  /// By drawdown, where the curve is a fit.
  std::vector<std::optional<FitError>> fits;
  std::vector<std::string> notes;  ///< what was assumed for want of a statement
};

/// A drawdown on what only a deal that is not signed would bring has no flow, and a note.
///
/// Errors: unknown_id (an investee or a grant that neither the book nor the scenario has),
///         those of evaluate(), missing_key (a SKU without a unit price, a currency that has to be
///         chosen), bad_value (a capacity or a cost in another currency than the usage),
///         rate_missing, amount_overflow (more than 10^15 in a month).
Result<UsagePlan> plan_usage(const Scenario& scenario, const Books& books,
                             const UsageHistory& history, PeriodRange months);

}  // namespace accrue

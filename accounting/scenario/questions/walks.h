#pragma once

#include <functional>
#include <optional>
#include <string>

#include "accounting/report/report.h"
#include "accounting/scenario/questions/varied.h"
#include "accounting/scenario/walk/forecast.h"
#include "accounting/scenario/walk/forecast_reports.h"
#include "accounting/scenario/walk/outcome.h"
#include "ledger/error/error.h"
#include "ledger/number/decimal.h"

// What questions share that take more than one walk of one book.

namespace accrue {

/// The exact walk from one starting book.
using Walk = std::function<Result<Forecast>(const Scenario&, const Shocks&)>;

/// Told the walks done so far, and how many there are at most.
using WalkProgress = std::function<void(int done, int all)>;

/// One figure of what a scenario comes to; nothing where there is none: credits do not run out.
using Outcome = std::function<Result<std::optional<Decimal>>(const Varied&)>;

Outcome outcome_of(const Walk& walk, const OutcomeTarget& target);

/// A report without rows over the months of a forecast, of the book and its currency. Marked as
/// assumed (mark_assumed) it is only when it is whole.
Report start_scenario_report(const Forecast& forecast, std::string name, std::string title);

/// What figure_of says of a forecast, as reports print it.
Cell outcome_cell(ForecastFigure figure, const std::optional<Decimal>& value,
                  const Forecast& of);

/// Face, in the currency of the credits; nothing where they have more than one.
Cell face_cell(const Decimal& value, const Forecast& of);

/// "revenue of Lunar in 2025-Q1".
std::string to_string(const OutcomeTarget& target);

}  // namespace accrue

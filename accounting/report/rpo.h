#pragma once

#include <optional>
#include <vector>

#include "accounting/posting/view.h"
#include "accounting/report/forecast_choice.h"
#include "accounting/report/report.h"
#include "accounting/report/reports.h"
#include "ledger/error/error.h"

namespace accrue {

struct RpoOptions {
  /// The months, counted from the end of the range, at which one band ends and the next begins;
  /// ascending, above zero.
  std::vector<int> bands = {12, 24, 36};
  /// Left out: the one named at the close of the last period, or, while that is open, the usual.
  std::optional<ForecastChoice> forecast = {};
};

/// The transaction price not yet recognised at the end of the range, by when it is expected to be,
/// grant by grant: from the forecast of draws, the estimate of breakage in force and the expiries.
/// What the forecast never comes to has the band "undated". Percents by largest remainder.
/// Checks: the bands are the contract liability.
///
/// Errors: those of forecast_in_force.
/// Source: ASC 606-10-50-13..15; IFRS 15.120-122.
Result<Report> rpo_report(const BookView& view, PeriodRange range, OriginView by,
                          const RpoOptions& options);

}  // namespace accrue

#pragma once

#include <optional>
#include <string>

#include "accounting/posting/view.h"
#include "accounting/report/report.h"
#include "accounting/report/reports.h"
#include "ledger/error/error.h"

namespace accrue {

struct FluxOptions {
  /// The name of a saved forecast; may be left out where one alone is of the range.
  std::optional<std::string> against = {};
};

/// What came of a saved forecast: revenue by investee, funding (credits, cash, breakage) and grant,
/// as it was expected and as it is, for the range and from the forecast's first month to its end.
/// Percents are of what was expected; where that is not above zero there is none.
/// Checks: actual = revenue of the period report, for both ranges; the parts of the forecast are
/// what was saved.
///
/// Errors: nothing_to_report (no saved forecast is of the range, or the one named is not),
///         unknown_id (no such forecast), usage (several are of the range and none is named).
Result<Report> flux_report(const BookView& view, PeriodRange range, OriginView by,
                           const FluxOptions& options);

}  // namespace accrue

#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "accounting/posting/state.h"
#include "accounting/report/reports.h"
#include "ledger/intake/facts.h"

namespace accrue {

/// One series of segment revenue: growth never mixes two.
struct Series {
  std::string segment;
  std::string basis;
  std::vector<SegmentRevenue> rows;
};

/// The series asked for, or the only one.
///
/// Errors: nothing_to_report (no segment revenue), unknown_id, usage (more than one, none chosen).
Result<Series> choose_series(const BookState& state, const GrowthOptions& options);

/// Which of the spans, each one month or more, lie end to end and fill the range exactly; longer
/// ones are preferred. Nothing when a month stays uncovered, whichever are taken.
std::optional<std::vector<std::size_t>> tile(PeriodRange range,
                                             const std::vector<PeriodRange>& spans);

/// The series' revenue in the range, with the published growth when one row is the whole range.
struct SeriesRevenue {
  Decimal revenue;
  std::optional<Decimal> published_growth_pct;
};
/// Errors: nothing_to_report (the rows do not fill the range exactly; naming what is missing, or
///         a row in a currency other than the book's).
Result<SeriesRevenue> revenue_in(const Series& series, PeriodRange range, Currency functional);

/// Growth, as shown, of ten percent or more.
bool is_double_digit(const Figure& growth_pct);

}  // namespace accrue

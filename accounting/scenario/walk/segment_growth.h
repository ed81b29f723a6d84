#pragma once

#include <vector>

#include "accounting/posting/view.h"
#include "accounting/report/report.h"
#include "accounting/scenario/scenario.h"
#include "accounting/scenario/walk/assumed_facts.h"
#include "accounting/scenario/walk/forecast.h"
#include "ledger/error/error.h"

namespace accrue {

/// Records what the scenario assumes of segments: for each row of a series a year before the
/// forecast, one of the same length, in order of time. Growth of the whole is over the year before;
/// growth of what investees do not bring is over the year before without theirs, to which the
/// forecast's own is added (semantics, section 11). Whole minor units, half to even.
///
/// Errors: nothing_to_report (the series has no row a year before any of the forecast).
Result<Done> assume_segments(Assumptions& assumptions, const Scenario& scenario,
                             PeriodRange months);

/// The spans of the forecast whose segment revenue is known or assumed, with the year before.
std::vector<GrowthSpan> growth_spans(const BookState& state, PeriodRange months);

/// The growth report of a span. Errors: those of growth_report.
Result<Report> growth_in_span(const BookView& view, const GrowthSpan& span);

}  // namespace accrue

#pragma once

#include <optional>

#include "accounting/posting/view.h"
#include "accounting/report/report.h"

namespace accrue {

/// Every estimate of what will never be drawn against what came of it by the end of `through`, or
/// to date: expired grants with what was left, grants that have drawn more than the estimate left
/// (refuted) with what is left, running ones without an outcome. Above zero, the difference is use
/// that fell short of the estimate: it was too low.
///
/// Source: ISA 540 (Revised) paragraph 14; AU-C 540.14: outcome of previous estimates, and bias.
Report lookback_report(const BookView& view, std::optional<PeriodRange> through);

}  // namespace accrue

#pragma once

#include <vector>

#include "accounting/posting/view.h"
#include "accounting/scenario/montecarlo/simulation_input.h"
#include "accounting/scenario/walk/forecast.h"

namespace accrue {

/// The spans of the forecast in which growth can be told, with what is known of them before the
/// forecast. Errors: those of year_ago_of.
Result<std::vector<SimulatedSpan>> segment_spans(const Scenario& scenario,
                                                 const StartingBook& start, const BookView& view,
                                                 const Forecast& forecast);

}  // namespace accrue

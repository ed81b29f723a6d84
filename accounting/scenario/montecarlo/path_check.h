#pragma once

#include <cstddef>
#include <cstdint>

#include "accounting/report/report.h"
#include "accounting/scenario/montecarlo/simulation.h"
#include "accounting/scenario/montecarlo/simulation_input.h"
#include "accounting/scenario/walk/forecast.h"
#include "ledger/error/error.h"

namespace accrue {

/// A path walked exactly, through the engine of the books. Errors: those of walk.
Result<Forecast> walk_path(const Scenario& scenario, const StartingBook& start,
                           const SimulationInput& input, std::uint64_t seed, std::uint32_t path);

/// How far the loop's figures of a month can be from the exact ones, minor units of the functional
/// currency (of the credits for what is left).
///
/// The loop works with whole minor units, exact in floating point below 2^53; only a month's usage
/// of a flow is a rounded product. Its error is below 2^-50 of it, which can move its rounding by
/// one minor unit. So up to month m at most flows x m minor units are drawn, or paid in cash,
/// otherwise; revenue to date by as many times the highest price of a unit, and by one minor unit
/// for the rounding of each grant and wallet; what a month brings by twice that. Where a following
/// grant is issued a day later in another month, the bound does not hold.
double path_bound(const SimulationInput& input, SimulatedMeasure measure, std::size_t month);

/// "scenario-path": the path walked exactly beside the loop's figures of it, the differences and
/// the bound, with a check that no difference exceeds it. Errors: those of walk.
Result<Report> path_check(const Scenario& scenario, const StartingBook& start,
                          const SimulationInput& input, std::uint64_t seed, std::uint32_t path);

}  // namespace accrue

#pragma once

#include <string>
#include <string_view>

#include "accounting/report/report.h"
#include "accounting/scenario/montecarlo/simulation.h"
#include "accounting/scenario/scenario.h"
#include "accounting/scenario/walk/starting_book.h"

namespace accrue {

/// A report without rows of what is assumed and simulated: marked as not booked, with the seed, the
/// paths, how near its amounts are, and each uncertainty with the source of its figures.
Report start_simulation_report(const Scenario& scenario, const StartingBook& start,
                               const SimulationInput& input, const Simulation& simulation,
                               std::string name, std::string_view title);

/// "normal, mean 0%, sd 10%".
std::string to_string(const Distribution& distribution);

}  // namespace accrue

#pragma once

#include <vector>

#include "accounting/report/report.h"
#include "accounting/scenario/montecarlo/simulation.h"
#include "accounting/scenario/montecarlo/simulation_input.h"
#include "accounting/scenario/scenario.h"
#include "accounting/scenario/walk/starting_book.h"

namespace accrue {

inline const std::vector<int> usual_percentiles{5, 10, 25, 50, 75, 90, 95};
/// Of a table that people read in a terminal.
inline const std::vector<int> few_percentiles{5, 50, 95};

enum class SimulatedSubjects {
  each,          ///< every investee, and all of them together
  all_together,  ///< months and growth of all together; of each only when its credits run out
};

/// What a report of a simulation shows of it.
struct SimulationShown {
  std::vector<int> percentiles = usual_percentiles;  ///< from 1 to 99, rising
  SimulatedSubjects of = SimulatedSubjects::each;
};

/// The percentile of whole percent: the smallest number that at least so many percent of the
/// numbers do not exceed (nearest rank). `numbers` are put in another order; there is at least one.
double percentile(std::vector<double>& numbers, int percent);

/// "scenario-montecarlo": of each month, measure and investee ("*": all) the mean and the
/// percentiles over the paths. Revenue, liability and face left by month; "exhausted" counts the
/// months of the forecast up to and with the one in which credits first run out, nothing where they
/// do not; "growth_contribution_pp" by span. Amounts are approximate, and a note says so.
///
/// Units: minor units are whole.
Report simulation_report(const Scenario& scenario, const StartingBook& start,
                         const SimulationInput& input, const Simulation& simulation,
                         const SimulationShown& shown = {});

/// "scenario-events": what happens on how many of the paths, in percent, with the standard error of
/// that figure.
Report simulation_events_report(const Scenario& scenario, const StartingBook& start,
                                const SimulationInput& input, const Simulation& simulation);

}  // namespace accrue

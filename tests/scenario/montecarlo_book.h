#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "accounting/scenario/montecarlo/simulation.h"

// Simulation inputs small enough to work out by hand: USD, investees with one wallet each.

namespace accrue_test {

/// Months from January 2025 on, without anything in them.
accrue::SimulationInput months_of_2025(int count);

/// Adds an investee with a wallet. Returns its number.
std::size_t add_investee(accrue::SimulationInput& input, const std::string& name);

/// Adds a grant to an investee, tried after those it has: from day 0 on, priced at its face.
accrue::SimulatedGrant& add_grant(accrue::SimulationInput& input, std::size_t investee,
                                  const std::string& id, double face);

/// Adds a drawdown of an investee with one flow, which all of its grants may pay.
accrue::SimulatedFlow& add_flow(accrue::SimulationInput& input, std::size_t investee,
                                const std::vector<double>& amounts);

/// What the paths come to, in the order of the months, of one path.
std::vector<double> of_path(const accrue::Simulation& simulation, accrue::SimulatedMeasure measure,
                            std::size_t subject, std::size_t path);

/// One path, without shocks.
accrue::Simulation without_shocks(const accrue::SimulationInput& input);

}  // namespace accrue_test

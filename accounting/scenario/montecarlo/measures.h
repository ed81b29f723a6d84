#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "accounting/scenario/montecarlo/simulation.h"

namespace accrue {

/// As a row says it: "credit_revenue".
std::string_view name_of(SimulatedMeasure measure);

/// The name of an investee, or "*" for all of them together, which is subject 0.
std::string subject_name(const SimulationInput& input, std::size_t subject);

}  // namespace accrue

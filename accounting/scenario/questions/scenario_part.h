#pragma once

#include <array>

#include "accounting/scenario/scenario.h"

namespace accrue {

/// What of a scenario moves revenue, in the order in which a bridge takes it over.
enum class ScenarioPart {
  price,     ///< price changes, unit prices
  volume,    ///< drawdowns with all that is theirs, capacity, deals that may be signed
  timing,    ///< tranches that come otherwise, or that nobody has promised yet
  breakage,  ///< estimates
};
inline constexpr std::array all_scenario_parts{ScenarioPart::price, ScenarioPart::volume,
                                               ScenarioPart::timing, ScenarioPart::breakage};

/// "price".
const char* to_string(ScenarioPart part);

/// Whether a scenario assumes anything of the part.
bool has_part(ScenarioPart part, const Scenario& scenario);

/// `to` with the part of `from`. Unit prices of `to` stay behind those of `from` until volume is
/// taken over too: what is used may need them.
Scenario with_part(ScenarioPart part, Scenario to, const Scenario& from);

}  // namespace accrue

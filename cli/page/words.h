#pragma once

#include <string>
#include <string_view>

namespace accrue {

/// The name of a column or a total as a heading: "face_closing" is "Face closing", "growth_pct"
/// "Growth %", "contribution_pp" "Contribution points". Not escaped.
std::string heading_of(std::string_view name);

}  // namespace accrue

#pragma once

#include <string>

#include "accounting/report/report.h"

namespace accrue {

/// An explanation as a tree for people: each step under the one it explains, its value behind it,
/// below it the formula.
std::string render_explanation(const Report& report);

}  // namespace accrue

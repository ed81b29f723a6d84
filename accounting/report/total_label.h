#pragma once

#include <string>

#include "accounting/report/report.h"

namespace accrue {

/// What the row below a table is called in which totals stand under columns of their names: "Total",
/// or, where all that stands there is one figure that the report does not say to be a sum of its
/// column, the name of that figure: "At base".
std::string total_label(const Report& report);

}  // namespace accrue

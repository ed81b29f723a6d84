#pragma once

#include <string>

#include "accounting/report/report.h"

namespace accrue {

/// The envelope accrue.report.NAME/1: flat rows with named fields, figures as decimal strings,
/// counts as numbers, null for what has no value.
std::string render_json(const Report& report);

}  // namespace accrue

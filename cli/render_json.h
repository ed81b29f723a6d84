#pragma once

#include <string>

#include "accounting/report/report.h"
#include "cli/provenance.h"

namespace accrue {

/// The envelope accrue.report.NAME/1: flat rows with named fields, figures as decimal strings,
/// counts as numbers, null for what has no value.
///
/// `filters` and `program` say how the report was asked for and what gave it; both are null where
/// they are not known.
std::string render_json(const Report& report, const Filters& filters, const Program& program);

}  // namespace accrue

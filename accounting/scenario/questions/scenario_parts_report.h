#pragma once

#include "accounting/report/report.h"
#include "accounting/scenario/scenario.h"

namespace accrue {

/// What a scenario says, part by part, and the digest of its files. Of no book: whether one has the
/// grants and investees it names shows when it is walked.
Report scenario_parts_report(const Scenario& scenario);

}  // namespace accrue

#pragma once

#include <vector>

#include "accounting/report/report.h"
#include "accounting/scenario/questions/walks.h"
#include "ledger/error/error.h"

namespace accrue {

struct ScenarioComparison {
  /// "scenario-comparison": scenario by scenario and month by month, with the difference of revenue
  /// to the first; the sum of the months has the period "total".
  Report side_by_side;
  /// "scenario-bridge": from the revenue of the first to that of each other, by cause. Row sums:
  /// the causes are the difference; the first and the difference are the other. Check: the causes
  /// sum to the difference of the two walks.
  Report bridge;
};

/// Compares scenarios of one book with the first of them.
///
/// A cause is what revenue moves by when the first takes over that part of the other: price, then
/// volume, then timing, then breakage (scenario_part.h), and last all the rest: rates, segments,
/// another start. Each step is a whole walk; in another order the causes are others, their sum is
/// not. A step that the books refuse is taken with the next one, and a note says so.
///
/// Only months that both have are compared.
///
/// Errors: bad_value (fewer than two scenarios, a name twice); those of the walk.
Result<ScenarioComparison> compare(const std::vector<Scenario>& scenarios, const Walk& walk,
                                   const WalkProgress& progress = {});

}  // namespace accrue

#pragma once

#include <optional>
#include <vector>

#include "accounting/report/report.h"
#include "accounting/scenario/questions/walks.h"
#include "ledger/error/error.h"
#include "ledger/number/decimal.h"

namespace accrue {

/// For which value of a key does a figure reach a target?
struct GoalSeekQuestion {
  VariedKey key;
  Decimal low;
  Decimal high;
  OutcomeTarget outcome;
  Decimal target;  ///< in the unit of the figure
};

/// A value of the key, and what the figure is there.
struct SeenPoint {
  Decimal value;
  /// Nothing where there is none: credits that do not run out do so later than in any month.
  std::optional<Decimal> figure;
};

/// Where the target is met, or passed between two values one step apart.
struct GoalSolution {
  enum class Kind { met, passed };
  Kind kind = Kind::met;
  SeenPoint from;  ///< passed: the one of the two that is nearer to the target
  SeenPoint to;    ///< met: the last value in a row that meets it
  std::optional<SeenPoint> beside;  ///< one step further; passed: the other of the two
};

/// How the figure goes over the values first looked at.
enum class Course { rises, falls, stays, turns };

struct GoalSeekAnswer {
  std::vector<SeenPoint> looked_at;  ///< evenly spread, the ends among them; in order
  std::vector<GoalSolution> solutions;  ///< in order of value
  SeenPoint nearest;  ///< of all that were looked at; the lowest value of those equally near
  Course course = Course::stays;
};

/// The step in which a key is sought: 0.01 percent or points; whole months of delay; 0.0001 of a
/// rate.
Decimal step_of(const VariedKey& key);

/// Looks at seventeen values from low to high, then halves every gap in which the figure passes
/// the target down to one step. What meets the target twice within one gap can be missed.
///
/// Errors: bad_value (low not below high, or no whole number of steps between them, or more than
///         10^9); those of vary() and of the outcome, with the value at which they came.
Result<GoalSeekAnswer> seek(const Varied& base, const GoalSeekQuestion& question,
                            const Outcome& outcome, const WalkProgress& progress = {});

/// seek() with the exact walk, as a report "scenario-solution".
Result<Report> goal_seek_report(const Scenario& scenario, const GoalSeekQuestion& question,
                                const Walk& walk, const WalkProgress& progress = {});

}  // namespace accrue

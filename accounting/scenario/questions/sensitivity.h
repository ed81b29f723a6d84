#pragma once

#include <optional>
#include <vector>

#include "accounting/posting/state.h"
#include "accounting/report/report.h"
#include "accounting/scenario/questions/walks.h"
#include "ledger/error/error.h"
#include "ledger/number/decimal.h"

namespace accrue {

/// How far one assumption may lie from what the scenario says.
struct VariedRange {
  VariedKey key;
  Decimal low;
  Decimal high;
};

/// Those that a scenario has: volume of each investee and the price of everything from 90 to 110
/// percent; each tranche that is issued from `first` on, by up to three months later; estimates
/// in percent of the face, and growth of segments without investees, by two points either way.
std::vector<VariedRange> usual_ranges(const Scenario& scenario, const BookState& book,
                                      Period first);

/// One assumption at its two ends, all others as the scenario says.
struct Swing {
  VariedRange range;
  std::optional<Decimal> at_low;
  std::optional<Decimal> at_high;

  /// From low to high; nothing where one end has no figure.
  std::optional<Decimal> size() const;
};

/// The largest swing first, whichever way it goes; those without a size last; of equal ones in
/// order of the key. Errors: those of vary() and of the outcome.
Result<std::vector<Swing>> swings_of(const Scenario& scenario,
                                     const std::vector<VariedRange>& ranges,
                                     const Outcome& outcome, const WalkProgress& progress = {});

/// swings_of() with the exact walk, as a report "scenario-sensitivity": one at a time, so what two
/// assumptions do together is not in it. Errors: bad_value (nothing to vary, a key twice).
Result<Report> sensitivity_report(const Scenario& scenario, const std::vector<VariedRange>& ranges,
                                  const OutcomeTarget& target, const Walk& walk,
                                  const WalkProgress& progress = {});

}  // namespace accrue

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "accounting/posting/state.h"
#include "accounting/scenario/scenario.h"
#include "accounting/scenario/walk/forecast.h"
#include "accounting/scenario/walk/starting_book.h"
#include "ledger/credit/grant.h"
#include "ledger/error/error.h"

namespace accrue {

/// A grant as it is when it comes none, one, two, ... months later; as long as it can.
struct GrantVariants {
  std::string name;  ///< as the scenario names it
  std::string id;
  std::vector<Grant> by_delay;  ///< the first: on time
};

/// The grants that the scenario's uncertainties may delay, each as the exact engine makes it of the
/// assumed facts. One that cannot come later any more has one variant.
///
/// Errors: unknown_id (no such grant); those of assume_terms.
Result<std::vector<GrantVariants>> grants_to_come(const Scenario& scenario,
                                                  const StartingBook& start,
                                                  const Forecast& forecast);

/// The grant that follows a drawdown (from 0) when credits are exhausted, for each day of the months
/// on which that can be. Errors: those of price_deal.
Result<std::vector<Grant>> new_grants_by_day(std::size_t drawdown, const NewGrant& wanted,
                                             const std::string& investee, const BookState& state,
                                             PeriodRange months);

}  // namespace accrue

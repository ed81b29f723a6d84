#pragma once

#include <random>

#include "accounting/posting/state.h"
#include "accounting/scenario/scenario.h"
#include "ledger/time/period.h"

namespace accrue::testing {

/// Usage of every wallet of a book for one to five months, and what follows it.
Scenario random_scenario(std::mt19937_64& random, const BookState& state);

/// Adds to it what a simulation draws: shocks of volumes and prices, investees that stop, a tranche
/// that comes late and a deal that may be signed, in the months of the forecast.
void make_uncertain(std::mt19937_64& random, PeriodRange months, Scenario& scenario);

}  // namespace accrue::testing

#pragma once

#include <string>

#include "accounting/scenario/scenario.h"
#include "accounting/scenario/walk/forecast.h"
#include "ledger/intake/fact.h"

namespace accrue {

/// What a book keeps of a walked scenario: for every month of the forecast what each grant is drawn
/// and loses undrawn, and its revenue from usage and breakage, as they are booked in the month; and
/// what each investee uses and pays in cash. A grant has a row in the month in which it expires,
/// also where nothing is left of it.
///
/// Accounts do not know in which currency usage was paid in cash: where an investee pays in several,
/// its cash revenue of the month stands in the first of their rows.
ForecastSaved to_be_saved(const std::string& name, const Scenario& scenario,
                          const Forecast& forecast);

}  // namespace accrue

#pragma once

#include <string>

#include "accounting/scenario/walk/forecast.h"

namespace accrue {

/// The usage that a forecast assumes, as a file that could be imported when it comes true: FOCUS,
/// CSV, a row for each charge of a day, every cost being the amount.
std::string assumed_usage_csv(const Forecast& forecast);

}  // namespace accrue

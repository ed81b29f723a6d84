#pragma once

#include "accounting/scenario/walk/forecast.h"

namespace accrue {

/// Fills in what the walked book says: figures by month and investee, and what becomes of grants.
void add_figures(Forecast& forecast, const UsageHistory& used);

}  // namespace accrue

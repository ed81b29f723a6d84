#pragma once

#include <vector>

#include "accounting/report/report.h"
#include "accounting/scenario/walk/forecast.h"

// The figures of a month of a forecast as columns, the same wherever months stand in rows.

namespace accrue {

/// revenue, credit_revenue, cash_revenue, breakage, liability, face_left.
std::vector<Column> month_columns();
std::vector<Cell> month_cells(const ForecastMonth& month, const Forecast& of);

/// Revenue is the sum of its parts.
RowSum month_sum();

}  // namespace accrue

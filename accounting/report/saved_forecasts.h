#pragma once

#include <string>

#include "accounting/posting/view.h"
#include "accounting/report/report.h"

namespace accrue {

/// The forecasts that the book keeps, in order of record.
Report saved_forecast_list(const BookView& view);

/// What a saved forecast says, row by row: faces, and usage paid in cash, in the currency
/// beside them, revenue in the book's.
Report saved_forecast_report(const BookView& view, const HeldForecast& held);

/// The address of a row of it.
std::string forecast_row_ref(const std::string& name, const ForecastRow& row);

}  // namespace accrue

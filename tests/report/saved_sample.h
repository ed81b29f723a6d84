#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/intake/fact.h"
#include "tests/report/sample_book.h"

// Forecasts that were saved, small enough to work out by hand.

namespace accrue::testing {

/// One row, amounts in USD.
struct SavedRow {
  std::string period;
  std::string investee;
  std::string grant = {};  ///< empty: cash
  std::string drawn = "0";
  std::string expired = "0";
  std::string usage_revenue = "0";
  std::string breakage_revenue = "0";
};

ForecastSaved saved(std::string_view name, std::string_view months,
                    const std::vector<SavedRow>& rows);

/// Records it, as of the book as it stands.
void save(SampleBook& book, ForecastSaved fact);

/// The last forecast that the book keeps, as others cite it.
CitedForecast last_citation(const SampleBook& book);

}  // namespace accrue::testing

#pragma once

#include <string>
#include <string_view>

#include "accounting/scenario/scenario.h"
#include "accounting/scenario/walk/forecast.h"
#include "tests/report/sample_book.h"

// Scenarios small enough to work out by hand.

namespace accrue::testing {

/// Twelve months from the book as it is, without any usage.
Scenario bare_scenario(int months = 12);
/// Usage of an investee, which stops when its credits are gone.
Drawdown drawdown_of(std::string_view investee, Curve curve, AfterExhaustion after = StopUsing{});
Decimal decimal_of(std::string_view text);
Amount dollars(std::string_view text);

/// Fails the test when the scenario is refused.
Forecast walked(const SampleBook& book, const Scenario& scenario, const Shocks& shocks = {});
/// "2024-04 100.00 / 0.00 / 0.00" for each month: credit, cash and breakage revenue.
std::vector<std::string> revenue_of(const std::vector<ForecastMonth>& months);
/// Contract liability month by month: "600.00".
std::vector<std::string> liability_of(const std::vector<ForecastMonth>& months);

}  // namespace accrue::testing

#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "accounting/posting/state.h"
#include "ledger/number/decimal.h"

namespace accrue {

/// The rate to the functional currency that a deal fixes for credits in a currency, if any.
std::optional<Decimal> fixed_rate_of(const Investment& deal, std::string_view currency);

/// The rate to the functional currency that all deals of an investee fix for credits in a currency;
/// none where one of them fixes no rate for it, or another.
std::optional<Decimal> shared_fixed_rate(const std::vector<HeldInvestment>& investments,
                                         std::string_view investee, std::string_view currency);

}  // namespace accrue

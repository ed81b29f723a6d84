#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "accounting/report/report.h"

namespace accrue {

/// Each amount in percent of their sum, two decimals, by largest remainders: they add up to 100.00.
/// None where the sum is zero or less.
std::vector<std::optional<Figure>> shares_of(const std::vector<std::int64_t>& amounts);

}  // namespace accrue

#pragma once

#include <string_view>

#include "ledger/credit/investment.h"

namespace accrue {

/// As terms and reports say it: "remote", "proportional".
std::string_view to_string(BreakageMethod method);

}  // namespace accrue

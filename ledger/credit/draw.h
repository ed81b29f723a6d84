#pragma once

#include <compare>
#include <map>
#include <string>

#include "ledger/number/decimal.h"
#include "ledger/time/period.h"

namespace accrue {

/// What stands served, summed over charges: the unit in which draws are kept and frozen.
///
/// `grant` is empty for overage. A refund is an amount below zero whose `served_period` is the
/// period of what it takes back; everything else serves its own origin period. A refund that finds
/// nothing takes nothing back and is no part of these sums.
struct DrawKey {
  std::string investee;
  std::string currency;
  std::string grant;
  Period origin_period;
  Period served_period;
  std::string service;
  std::string sku;
  std::string region;

  friend auto operator<=>(const DrawKey&, const DrawKey&) = default;
};

/// Exact sums in the credit currency, net of refunds.
using DrawTotals = std::map<DrawKey, Decimal>;

}  // namespace accrue

#pragma once

#include <string>
#include <vector>

#include "ledger/error/error.h"
#include "ledger/number/currency.h"
#include "ledger/number/decimal.h"
#include "ledger/time/date.h"

namespace accrue {

/// What one unit costs from a day on. An empty service, SKU or region is any.
struct UnitPrice {
  std::string service;
  std::string sku;
  std::string region;
  std::string unit;
  Date effective_on;
  Decimal price;  ///< per unit, exact
};

/// Unit prices of one currency, each from a day on.
struct RateCard {
  std::string id;
  Currency currency;
  std::vector<UnitPrice> prices;
};

}  // namespace accrue

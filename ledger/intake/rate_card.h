#pragma once

#include <span>
#include <string>
#include <string_view>
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

/// What a quantity is of, and when.
struct MeteredItem {
  std::string_view service;
  std::string_view sku;
  std::string_view region;
  std::string_view unit;
  Date on;  ///< the day in the book's zone
};

/// The price of an item among the versions of one card, in the order in which they were added; null
/// when there is none. Of the prices for its unit the one that names most decides: a SKU before a
/// service, a service before a region. Of those the latest that is effective on the day; of equal
/// days that of the last version.
const UnitPrice* price_of(std::span<const RateCard> versions, const MeteredItem& item);

/// Reads a rate card (TOML, schema accrue.rate-card/1): `text` is the file's bytes, `file` its name
/// for messages. All that is wrong is listed, with places.
///
/// Errors: bad_toml, bad_schema, unknown_key, missing_key, bad_value, money_not_quoted,
///         bad_decimal, decimal_too_wide, bad_currency, bad_date, duplicate_id (two prices for the
///         same item, unit and day).
Result<RateCard> parse_rate_card(std::string_view text, std::string_view file);

}  // namespace accrue

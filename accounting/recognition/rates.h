#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/number/decimal.h"
#include "ledger/time/date.h"

namespace accrue {

struct DatedRate {
  Date on;
  Decimal rate;
};

/// Exchange rates known to the book: functional units per one unit, by currency and day. Of two
/// recorded for one day the later recorded holds.
class RateTable {
 public:
  void add(std::string_view currency, Date day, Decimal rate);
  /// The latest rate on or before the day.
  std::optional<Decimal> on(std::string_view currency, Date day) const;
  /// The same with its own day.
  std::optional<DatedRate> latest(std::string_view currency, Date day) const;

 private:
  std::map<std::string, std::map<Date, Decimal>, std::less<>> by_currency_;
};

}  // namespace accrue

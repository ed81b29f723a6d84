#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/credit/charge.h"
#include "ledger/number/decimal.h"
#include "ledger/store/store.h"
#include "ledger/time/date.h"
#include "ledger/time/period.h"
#include "ledger/time/zone.h"

namespace accrue {

/// What a book knows of what was used: charges of file deliveries and events, refunds included,
/// whoever paid. Reductions of the price are none.
class UsageHistory {
 public:
  UsageHistory(const Store& store, const TimeZone& zone);

  /// Of every month from the first with usage to `last`; empty where there is none.
  std::vector<Decimal> by_month(const std::string& investee, const std::string& currency,
                                Period last) const;
  /// What was used in the months, by key; what is not above zero is left out.
  std::map<ChargeKey, Decimal> mix(const std::string& investee, const std::string& currency,
                                   PeriodRange months) const;
  /// The last day with usage, of one investee in one currency, or of anybody.
  std::optional<Date> last_day(const std::string& investee, const std::string& currency) const;
  std::optional<Date> last_day() const;

 private:
  std::map<ChargeKey, std::map<Period, Decimal>> used_;
  std::map<std::pair<std::string, std::string>, Date> last_days_;  ///< (investee, currency)
};

}  // namespace accrue

#pragma once

#include <map>
#include <string>
#include <vector>

#include "ledger/number/decimal.h"
#include "ledger/time/period.h"

namespace accrue {

/// What lies between a scenario as its file says and one run of it: a path of a simulation, or a
/// key that is varied. Empty: as the file says.
struct Shocks {
  /// Factors on usage by investee, month by month of the forecast; the last one holds on.
  std::map<std::string, std::vector<Decimal>> volume;
  /// Factors on prices by SKU, so too.
  std::map<std::string, std::vector<Decimal>> price;
  /// Whole months by which a grant is issued and begins later; its expiry stays.
  std::map<std::string, int> delay_months;
  /// The first month without usage, by investee.
  std::map<std::string, Period> stops;
  /// By the id of the investment: whether the deal is signed. Left out: when that is as likely as
  /// not, or likelier.
  std::map<std::string, bool> signed_deals;
};

}  // namespace accrue

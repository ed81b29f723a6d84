#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tests/oracle/oracle.h"

namespace oracle {

/// What section 5 gives a tranche.
struct Price {
  Rational per_face;    ///< functional units per unit of face, before the split rounds
  long long minor = 0;  ///< minor units of the functional currency
};

/// Functional units per one unit of a currency on a day.
using RateOn = std::function<Rational(const std::string& currency, Day)>;

/// The rate at which amounts of the deal are translated on a day.
Rational deal_rate(const Investment&, Day, const Settings&, const RateOn&);

/// The day on which the shares for a tranche are received.
Day shares_received_on(const Investment&, const Tranche&);

/// The transaction price of every tranche, in their order.
///
/// Errors: Refused: below zero; something left that no tranche can take; no rate.
std::vector<Price> prices_of(const Investment&, const Settings&, const RateOn&);

}  // namespace oracle

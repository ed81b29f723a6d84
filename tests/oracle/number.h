#pragma once

#include <map>
#include <string>
#include <utility>

#include "tests/oracle/oracle.h"

namespace oracle {

/// Towards minus infinity.
long long floor_of(const Rational&);
long long round_half_even(const Rational&);
/// How many minor units make one unit.
Rational minor_units(int digits);

/// A service and a region: what splits a revenue account.
using Place = std::pair<std::string, std::string>;

/// A rounded total over places: each is rounded on its own, and what is missing to the total goes
/// to the largest exact amount (ties: the first in byte order). A place of nothing takes no part.
std::map<Place, long long> spread(long long total, const std::map<Place, Rational>& exact);

}  // namespace oracle

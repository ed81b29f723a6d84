#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "ledger/number/decimal.h"

namespace accrue {

/// Whether the expiry of a grant has been booked.
enum class ExpiryState { running, expired };

/// Revenue to date of a grant, in minor units of the functional currency.
struct Recognised {
  std::int64_t total = 0;
  std::int64_t usage = 0;
  std::int64_t breakage() const { return total - usage; }
};

/// What a grant's revenue depends on.
struct Progress {
  std::int64_t price_minor_units = 0;
  Decimal face;
  Decimal drawn;            ///< cumulative, net of refunds
  Decimal expected_unused;  ///< zero for remote breakage
  ExpiryState expiry = ExpiryState::running;
};

/// Revenue to date with usage as the measure of progress: P x D / F from usage; in total
/// P x min(1, D / (F - B)), and P after expiry. Total and usage are rounded half to even each;
/// breakage is their difference and falls again when use overtakes the estimate.
///
/// Source: ASC 606-10-55-46..49; IFRS 15.B44-B47.
Recognised recognise(const Progress& progress);

/// Where revenue of one kind is earned.
using RevenueSpot = std::pair<std::string, std::string>;  ///< (service, region)

/// Rounds exact amounts, each `numerator / denominator` in minor units, so that they sum to
/// `total`: each is rounded half to even on its own, and what is missing to the total goes to the
/// spot with the largest exact amount (ties: the first spot in byte order).
///
/// A spot of exactly zero takes no part. `total` must be the rounded sum; with no spots it must be
/// zero.
std::map<RevenueSpot, std::int64_t> spread(std::int64_t total,
                                           const std::map<RevenueSpot, Int1024>& numerators,
                                           const Int1024& denominator);

/// `price x drawn / face` for each spot, spread to `usage`.
std::map<RevenueSpot, std::int64_t> spread_usage(std::int64_t usage, const Progress& progress,
                                                 const std::map<RevenueSpot, Decimal>& drawn);

}  // namespace accrue

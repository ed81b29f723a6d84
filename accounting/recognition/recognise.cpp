#include "accounting/recognition/recognise.h"

#include "ledger/error/check.h"
#include "ledger/number/round.h"

namespace accrue {

Recognised recognise(const Progress& progress) {
  const Int1024 price = progress.price_minor_units;
  const Int1024 drawn{progress.drawn.units()};
  const Int1024 face{progress.face.units()};
  Recognised recognised;
  recognised.usage = round_half_even(price * drawn, face);
  if (progress.expiry == ExpiryState::expired) {
    recognised.total = progress.price_minor_units;
    return recognised;
  }
  const Int1024 expected{(progress.face - progress.expected_unused).units()};
  recognised.total =
      drawn >= expected ? progress.price_minor_units : round_half_even(price * drawn, expected);
  return recognised;
}

std::map<RevenueSpot, std::int64_t> spread(std::int64_t total,
                                           const std::map<RevenueSpot, Int1024>& numerators,
                                           const Int1024& denominator) {
  std::map<RevenueSpot, std::int64_t> rounded;
  std::int64_t sum = 0;
  auto largest = numerators.end();
  for (auto spot = numerators.begin(); spot != numerators.end(); ++spot) {
    // What was charged and taken back in full takes no part: it leaves no trace.
    if (spot->second.is_zero()) continue;
    const std::int64_t amount = round_half_even(spot->second, denominator);
    rounded.emplace(spot->first, amount);
    sum += amount;
    if (largest == numerators.end() || spot->second > largest->second) largest = spot;
  }
  if (largest == numerators.end()) {
    LEDGER_CHECK(total == 0, std::to_string(total), "a spot to put it on");
    return rounded;
  }
  rounded[largest->first] += total - sum;
  return rounded;
}

std::map<RevenueSpot, std::int64_t> spread_usage(std::int64_t usage, const Progress& progress,
                                                 const std::map<RevenueSpot, Decimal>& drawn) {
  std::map<RevenueSpot, Int1024> numerators;
  for (const auto& [spot, amount] : drawn) {
    numerators.emplace(spot, Int1024{progress.price_minor_units} * Int1024{amount.units()});
  }
  return spread(usage, numerators, Int1024{progress.face.units()});
}

}  // namespace accrue

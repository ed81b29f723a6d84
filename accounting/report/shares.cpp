#include "accounting/report/shares.h"

#include "ledger/number/allocate.h"

namespace accrue {

std::vector<std::optional<Figure>> shares_of(const std::vector<std::int64_t>& amounts) {
  std::vector<std::optional<Figure>> shares(amounts.size());
  Int1024 sum = 0;
  for (const std::int64_t amount : amounts) sum += amount;
  if (sum <= 0) return shares;
  constexpr int hundredths = 10'000;
  std::vector<Int1024> numerators;
  for (const std::int64_t amount : amounts) numerators.push_back(Int1024{amount} * hundredths);
  const std::vector<Int1024> parts = round_parts_to_total(hundredths, numerators, sum);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    shares[i] = Figure{Decimal::from_units(Int256{parts[i]} *
                                           power_of_ten(Decimal::fraction_digits - 2)),
                       2, Measure::percent};
  }
  return shares;
}

}  // namespace accrue

#include "accounting/posting/materiality.h"

#include <cstdlib>
#include <map>

#include "ledger/number/round.h"

namespace accrue {

std::optional<Decimal> CatchUpWeight::percent() const {
  if (revenue <= 0) return std::nullopt;
  return Decimal::from_scaled(round_half_even(Int1024{catch_ups} * 10'000, Int1024{revenue}), 2);
}

bool CatchUpWeight::is_above(const Decimal& threshold_percent) const {
  if (revenue <= 0) return catch_ups > 0;
  const Int1024 one_percent = Int1024{power_of_ten(Decimal::fraction_digits)};
  return Int1024{catch_ups} * 100 * one_percent >
         Int1024{threshold_percent.units()} * Int1024{revenue};
}

CatchUpWeight weigh_catch_ups(const Balances& cells, PeriodRange range) {
  CatchUpWeight weight;
  std::map<Period, std::int64_t> by_origin;
  for (const auto& [key, amount] : cells) {
    if (key.account.type() != AccountType::revenue || !range.contains(key.posting_period)) continue;
    // Revenue is a credit.
    weight.revenue -= amount;
    if (key.origin_period < range.first) by_origin[key.origin_period] -= amount;
  }
  for (const auto& [origin, amount] : by_origin) weight.catch_ups += std::abs(amount);
  return weight;
}

std::string weight_text(const CatchUpWeight& weight, Currency functional, Period period) {
  const auto money = [&](std::int64_t minor_units) {
    return Decimal::from_scaled(minor_units, functional.minor_digits())
               .to_string(functional.minor_digits()) +
           " " + std::string{functional.code()};
  };
  const std::optional<Decimal> percent = weight.percent();
  return "catch-ups of " + money(weight.catch_ups) + " are " +
         (percent ? percent->to_string(2) + "%" : "n/m") + " of the revenue of " +
         period.to_string() + ", " + money(weight.revenue);
}

}  // namespace accrue

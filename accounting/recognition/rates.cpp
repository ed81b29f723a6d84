#include "accounting/recognition/rates.h"

#include <iterator>

namespace accrue {

void RateTable::add(std::string_view currency, Date day, Decimal rate) {
  by_currency_[std::string{currency}].insert_or_assign(day, std::move(rate));
}

std::optional<DatedRate> RateTable::latest(std::string_view currency, Date day) const {
  const auto rates = by_currency_.find(currency);
  if (rates == by_currency_.end()) return std::nullopt;
  const auto after = rates->second.upper_bound(day);
  if (after == rates->second.begin()) return std::nullopt;
  return DatedRate{std::prev(after)->first, std::prev(after)->second};
}

std::optional<Decimal> RateTable::on(std::string_view currency, Date day) const {
  const std::optional<DatedRate> rate = latest(currency, day);
  return rate ? std::optional{rate->rate} : std::nullopt;
}

}  // namespace accrue

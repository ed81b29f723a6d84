#include "accounting/posting/fixed_rate.h"

namespace accrue {

std::optional<Decimal> fixed_rate_of(const Investment& deal, std::string_view currency) {
  if (deal.tranches.front().face.currency.code() != currency) return std::nullopt;
  return deal.fixed_rate;
}

std::optional<Decimal> shared_fixed_rate(const std::vector<HeldInvestment>& investments,
                                         std::string_view investee, std::string_view currency) {
  std::optional<Decimal> shared;
  for (const HeldInvestment& held : investments) {
    if (held.investment.investee != investee) continue;
    const std::optional<Decimal> rate = fixed_rate_of(held.investment, currency);
    if (!rate || (shared && *shared != *rate)) return std::nullopt;
    shared = rate;
  }
  return shared;
}

}  // namespace accrue

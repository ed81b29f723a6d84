#include "accounting/posting/fixed_rate.h"

namespace accrue {

std::optional<Decimal> shared_fixed_rate(const std::vector<HeldInvestment>& investments,
                                         std::string_view investee, std::string_view currency) {
  std::optional<Decimal> shared;
  for (const HeldInvestment& held : investments) {
    const Investment& deal = held.investment;
    if (deal.investee != investee) continue;
    const bool fixes_currency =
        deal.fixed_rate && deal.tranches.front().face.currency.code() == currency;
    if (!fixes_currency || (shared && *shared != *deal.fixed_rate)) return std::nullopt;
    shared = deal.fixed_rate;
  }
  return shared;
}

}  // namespace accrue

#include "accounting/report/price_comparison.h"

#include <algorithm>
#include <optional>

#include "ledger/number/round.h"

namespace accrue {

namespace {

/// The price of a tranche before translation: so much, in the deal's currency, for so much face.
struct UnroundedPrice {
  Decimal price;
  Decimal face;
  Currency currency;
};

/// A stated price is for the tranche's own face; else all that state none share what is left.
UnroundedPrice unrounded_price(const HeldInvestment& held, const Tranche& tranche) {
  const Investment& deal = held.investment;
  Currency currency = tranche.face.currency;
  UnroundedPrice shared{held.price.credits_total, {}, currency};
  for (const Tranche& other : deal.tranches) {
    if (other.transaction_price) {
      shared.price -= other.transaction_price->value;
      currency = other.transaction_price->currency;
    } else {
      shared.face += other.face.value;
    }
  }
  shared.currency = deal.fair_value_of_stake ? deal.fair_value_of_stake->currency : currency;
  if (!tranche.transaction_price) return shared;
  return {tranche.transaction_price->value, tranche.face.value, shared.currency};
}

std::optional<Decimal> rate_of(const BookState& state, const Investment& deal,
                               const Currency& currency, Date day) {
  if (currency == state.functional()) return Decimal::from_integer(1);
  if (deal.fixed_rate) return deal.fixed_rate;
  return state.rates.on(currency.code(), day);
}

}  // namespace

Decimal stand_alone_price(const Investment& deal, const Decimal& face) {
  // Exact unless face and percent have more than 28 fraction digits together.
  const Int1024 hundred_ones = Int1024{power_of_ten(Decimal::fraction_digits)} * 100;
  return Decimal::from_units(Int256{round_half_even_wide(
      Int1024{face.units()} * Int1024{deal.ssp_percent.units()}, hundred_ones)});
}

std::string price_flags(const BookState& state, const HeldInvestment& held, const Grant& grant) {
  const Investment& deal = held.investment;
  const auto tranche =
      std::find_if(deal.tranches.begin(), deal.tranches.end(),
                   [&](const Tranche& one) { return one.id == grant.tranche; });
  if (tranche == deal.tranches.end()) return {};
  std::string flags;
  const auto add = [&](const std::string& flag) { flags += (flags.empty() ? "" : "; ") + flag; };
  if (tranche->bonus) add("bonus");

  const UnroundedPrice unrounded = unrounded_price(held, *tranche);
  // One rate on both sides says nothing, so that one corrected since then moves no answer.
  const auto price_rate = rate_of(state, deal, unrounded.currency, grant.received_on);
  const auto face_rate = rate_of(state, deal, grant.face.currency, grant.received_on);
  if (!price_rate || !face_rate) return flags;
  // Percent of face: price x rate / (face x its rate), multiplied out.
  const Int1024 price = Int1024{unrounded.price.units()} * Int1024{price_rate->units()} * 100;
  const Int1024 face = Int1024{unrounded.face.units()} * Int1024{face_rate->units()};
  const Int1024 one{power_of_ten(Decimal::fraction_digits)};
  if (price > face * 100) add("price above face");
  if (price * one > face * Int1024{deal.ssp_percent.units()}) add("price above stand-alone price");
  return flags;
}

}  // namespace accrue

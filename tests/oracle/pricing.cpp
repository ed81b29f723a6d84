#include "tests/oracle/pricing.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "tests/oracle/number.h"

namespace oracle {

namespace {

Rational credits_total(const Investment& deal) {
  if (deal.fair_value) return *deal.fair_value - deal.cash.value_or(0);
  Rational total = 0;
  for (const Tranche& tranche : deal.tranches) {
    if (tranche.face_currency != deal.currency) {
      throw Refused("without a fair value the faces are in the currency of the deal");
    }
    if (!tranche.bonus) total += tranche.face * deal.ssp_percent / 100;
  }
  return total;
}

/// Largest remainders; ties go to the first id in byte order. A tranche of weight zero is not in
/// it.
std::vector<long long> split(long long total, const std::vector<Tranche>& tranches,
                             const std::vector<Rational>& weights) {
  Rational weight = 0;
  for (const Rational& w : weights) weight += w;
  std::vector<long long> parts(weights.size(), 0);
  std::vector<Rational> fractions(weights.size(), 0);
  std::vector<std::size_t> order;
  long long units_left = total;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] == 0) continue;
    const Rational exact = Rational(total) * weights[i] / weight;
    parts[i] = floor_of(exact);
    fractions[i] = exact - Rational(parts[i]);
    units_left -= parts[i];
    order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (fractions[a] != fractions[b]) return fractions[a] > fractions[b];
    return tranches[a].id < tranches[b].id;
  });
  for (std::size_t i = 0; units_left > 0; ++i, --units_left) ++parts[order.at(i)];
  return parts;
}

}  // namespace

Rational deal_rate(const Investment& deal, Day on, const Settings& settings,
                   const RateOn& rate_on) {
  if (deal.currency == settings.functional_currency) return 1;
  return deal.fixed_rate ? *deal.fixed_rate : rate_on(deal.currency, on);
}

Day shares_received_on(const Investment& deal, const Tranche& tranche) {
  return deal.shares == Shares::at_closing ? deal.signed_on : tranche.issued;
}

std::vector<Price> prices_of(const Investment& deal, const Settings& settings,
                             const RateOn& rate_on) {
  const auto found = settings.digits.find(deal.currency);
  const int digits = deal.currency == settings.functional_currency ? settings.functional_digits
                     : found == settings.digits.end()              ? 2
                                                                   : found->second;
  const Rational minor = minor_units(digits);
  const Rational functional_minor = minor_units(settings.functional_digits);

  Rational rest = credits_total(deal);
  if (rest < 0) throw Refused("the cash is above the fair value of the stake");
  std::vector<Rational> weights;
  Rational shared_face = 0;
  for (const Tranche& tranche : deal.tranches) {
    if (tranche.transaction_price) rest -= *tranche.transaction_price;
    // The stand-alone price is one percentage of every face, so face alone is the proportion.
    weights.push_back(tranche.transaction_price ? Rational(0) : tranche.face);
    shared_face += weights.back();
  }
  if (rest < 0) throw Refused("the stated prices are above the credits total");
  if (shared_face == 0 && rest != 0) throw Refused("a rest that no tranche can take");
  const std::vector<long long> parts = split(round_half_even(rest * minor), deal.tranches, weights);

  std::vector<Price> prices;
  for (std::size_t i = 0; i < deal.tranches.size(); ++i) {
    const Tranche& tranche = deal.tranches[i];
    const Rational rate = deal_rate(deal, shares_received_on(deal, tranche), settings, rate_on);
    const Rational exact = tranche.transaction_price ? *tranche.transaction_price
                                                     : Rational(rest * tranche.face / shared_face);
    const Rational whole =
        tranche.transaction_price ? *tranche.transaction_price : Rational(parts[i] / minor);
    prices.push_back(
        {exact * rate / tranche.face, round_half_even(whole * rate * functional_minor)});
  }
  return prices;
}

}  // namespace oracle

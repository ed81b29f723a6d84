#include "accounting/posting/exceptions.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "accounting/posting/materiality.h"
#include "accounting/posting/served.h"

namespace accrue {

namespace {

void add_unmatched_refunds(std::vector<Exception>& list, Period period, const BurnDown& served) {
  for (const ServedSum& sum : served.sums()) {
    if (sum.period > period) continue;
    for (const Draw& draw : served.draws_of(sum)) {
      if (draw.payer != Payer::nobody) continue;
      const ChargeKey& key = served.keys()[sum.key];
      list.push_back({"unmatched_refund", unmatched_refund_subject(sum.at, key),
                      "a refund of " + (-sum.amount).to_string() + " " + key.currency + " to " +
                          key.investee + " for " + key.service + " at " + sum.at.to_string() +
                          " finds " + (-draw.amount).to_string() +
                          " more than was ever charged; it stands as cash-funded usage below "
                          "zero"});
    }
  }
}

void add_refuted_estimates(std::vector<Exception>& list, Period period, const BookState& state,
                           const Target& target, const DrawTotals& frozen) {
  std::map<std::string, Decimal> drawn = drawn_by_grant(frozen);
  for (const GrantStep& step : target.steps) {
    if (step.origin_period <= period) drawn[step.grant] = step.drawn;
  }
  for (const HeldGrant& held : state.grants) {
    const Grant& grant = held.grant;
    if (grant.breakage_method != BreakageMethod::proportional) continue;
    if (grant.expiry_period && *grant.expiry_period < period) continue;
    const Decimal unused = state.expected_unused(grant, period);
    const Decimal excess = drawn[grant.id] + unused - grant.face.value;
    if (excess.sign() <= 0) continue;
    list.push_back({"refuted_estimate", grant.id,
                    "grant " + grant.id + " has drawn " + drawn[grant.id].to_string() + " of " +
                        grant.face.value.to_string() + " " +
                        std::string{grant.face.currency.code()} + ", so that less than the " +
                        unused.to_string() + " estimated can remain unused; a new estimate: accrue "
                        "estimate " + grant.id + " breakage VALUE --reason TEXT"});
  }
}

/// Whether a later delivery stands for all that the delivery brought.
bool is_replaced(const HeldDelivery& delivery, const BookState& state) {
  return std::any_of(
      state.deliveries.begin(), state.deliveries.end(), [&](const HeldDelivery& later) {
        return later.record > delivery.record && later.mode == DeliveryMode::replace &&
               later.terms.source == delivery.terms.source &&
               std::includes(later.billing_periods.begin(), later.billing_periods.end(),
                             delivery.billing_periods.begin(), delivery.billing_periods.end());
      });
}

void add_quarantined_rows(std::vector<Exception>& list, Period period, const BookState& state) {
  for (const HeldDelivery& delivery : state.deliveries) {
    if (delivery.quarantined_count == 0 || is_replaced(delivery, state)) continue;
    const std::optional<Period> first_billing_period =
        delivery.billing_periods.empty() ? std::nullopt
                                         : std::optional{delivery.billing_periods.front()};
    const Period first_open =
        state.closed_through() ? state.closed_through()->next() : period;
    // Faced by the first close after it, whatever period that was of.
    const bool was_faced =
        std::any_of(state.closes.begin(), state.closes.end(), [&](const HeldClose& close) {
          return close.record > delivery.record &&
                 close.period >= first_billing_period.value_or(close.period);
        });
    if (was_faced) continue;
    if (std::max(first_billing_period.value_or(first_open), first_open) != period) continue;
    list.push_back({"quarantined_rows", "record " + std::to_string(delivery.record),
                    std::to_string(delivery.quarantined_count) +
                        " rows of the delivery in record " + std::to_string(delivery.record) +
                        " could not be read and are not in the books"});
  }
}

void add_material_catch_ups(std::vector<Exception>& list, Period period, const BookState& state,
                            const Target& target) {
  const std::optional<Decimal>& threshold = state.opened.materiality_percent;
  if (!threshold) return;
  const CatchUpWeight weight = weigh_catch_ups(target.cells, {period, period});
  if (!weight.is_above(*threshold)) return;
  list.push_back({"material_catch_ups", period.to_string(),
                  weight_text(weight, state.functional(), period) + ", above the threshold of " +
                      threshold->to_string() + "%; give the reason: accrue close " +
                      period.to_string() + " --reason TEXT"});
}

}  // namespace

std::string unmatched_refund_subject(Instant at, const ChargeKey& key) {
  return key.investee + " " + at.to_string() + " " + key.service + " " + key.sku + " " +
         key.region + " " + key.billing_account + " " + key.sub_account + " " + key.currency;
}

std::vector<Exception> exceptions_of(Period period, const BookState& state,
                                     const Derivation& derivation) {
  std::vector<Exception> list;
  add_unmatched_refunds(list, period, derivation.served);
  add_refuted_estimates(list, period, state, derivation.target, derivation.frozen);
  add_quarantined_rows(list, period, state);
  add_material_catch_ups(list, period, state, derivation.target);
  std::sort(list.begin(), list.end(), [](const Exception& a, const Exception& b) {
    return std::tie(a.code, a.subject) < std::tie(b.code, b.subject);
  });
  return list;
}

Result<std::vector<Exception>> exceptions_standing(Period period, const Store& store,
                                                   const BookState& state,
                                                   const Balances& booked) {
  const DrawTotals frozen = load_frozen_draws(store, state);
  const BurnDown served = serve_open_charges(store, state, frozen);
  ACCRUE_TRY(derivation, derive(state, served, frozen, booked, period));
  return exceptions_of(period, state, derivation);
}

}  // namespace accrue

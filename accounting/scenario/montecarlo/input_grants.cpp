#include "accounting/scenario/montecarlo/input_grants.h"

#include <algorithm>
#include <map>
#include <utility>

namespace accrue {

namespace {

GrantWindow window_of(const InputParts& parts, const Grant& grant) {
  return {.begin_day = parts.day_of(grant.begins_at),
          .end_day = grant.ends_at ? parts.day_of(*grant.ends_at) : never,
          .issued_month = parts.month_of(Period::of(grant.issued_on)),
          .received_month = parts.month_of(Period::of(grant.received_on)),
          .expiry_month = grant.expiry_period ? parts.month_of(*grant.expiry_period) : never,
          .price = static_cast<double>(grant.price_minor_units)};
}

std::optional<std::size_t> deal_of(const Scenario& scenario, const Grant& grant) {
  for (std::size_t i = 0; i < scenario.pipeline.size(); ++i) {
    if (scenario.pipeline[i].investment.id == grant.investment) return i;
  }
  return std::nullopt;
}

void add_grant(InputParts& parts, const Grant& grant,
               const std::vector<GrantVariants>& variants) {
  SimulatedGrant added;
  added.id = grant.id;
  added.wallet = parts.wallet_of(grant.investee, std::string{grant.face.currency.code()});
  added.deal = deal_of(parts.scenario, grant);
  added.face = in_minor_units(grant.face.value, grant.face.currency);
  added.known_drawn.assign(parts.input.month_count(), 0);
  for (Period period = parts.input.months.first; period <= parts.input.months.last;
       period = period.next()) {
    added.expected_drawn.push_back(in_minor_units(
        grant.face.value - parts.state.expected_unused(grant, period), grant.face.currency));
  }
  added.windows = {window_of(parts, grant)};
  for (std::size_t i = 0; i < parts.input.shocks.delays.size(); ++i) {
    for (const GrantVariants& variant : variants) {
      if (variant.id != grant.id || variant.name != parts.input.shocks.delays[i].grant) continue;
      added.delay = i;
      added.windows.clear();
      for (const Grant& later : variant.by_delay) added.windows.push_back(window_of(parts, later));
    }
  }
  parts.grant_numbers.emplace(grant.id, parts.input.grants.size());
  parts.input.wallets[added.wallet].grants.push_back(parts.input.grants.size());
  parts.grants.push_back(grant);
  parts.input.grants.push_back(std::move(added));
}

/// A place for a grant that may be issued.
void add_slot(InputParts& parts, const Grant& grant) {
  SimulatedGrant slot;
  slot.id = grant.id;
  slot.wallet = parts.wallet_of(grant.investee, std::string{grant.face.currency.code()});
  slot.face = in_minor_units(grant.face.value, grant.face.currency);
  slot.known_drawn.assign(parts.input.month_count(), 0);
  slot.expected_drawn.assign(parts.input.month_count(), slot.face);
  parts.input.wallets[slot.wallet].grants.push_back(parts.input.grants.size());
  parts.grants.push_back(grant);
  parts.input.grants.push_back(std::move(slot));
}

}  // namespace

void add_grants(InputParts& parts, const std::vector<GrantVariants>& variants) {
  for (const HeldGrant& held : parts.state.grants) add_grant(parts, held.grant, variants);
}

void add_known(InputParts& parts, const BookView& view) {
  for (const PostedDraws& posted : view.draws) {
    const int month = parts.month_of(posted.posting_period);
    for (const auto& [key, amount] : posted.totals) {
      if (key.grant.empty()) continue;
      const std::size_t number = parts.grant_numbers.at(key.grant);
      SimulatedGrant& grant = parts.input.grants[number];
      const double drawn = in_minor_units(amount, parts.grants[number].face.currency);
      (month < 0 ? grant.drawn : grant.known_drawn[static_cast<std::size_t>(month)]) += drawn;
    }
  }
  for (const auto& [key, amount] : view.balances) {
    if (key.account.role != AccountRole::revenue) continue;
    const int month = parts.month_of(key.posting_period);
    const auto revenue = static_cast<double>(-amount);
    if (key.account.grant.empty()) {
      const auto found = parts.investee_numbers.find(key.account.investee);
      if (month < 0) continue;
      std::vector<double>& known = found == parts.investee_numbers.end()
                                       ? parts.input.known_cash_of_others
                                       : parts.input.investees[found->second].known_cash;
      known[static_cast<std::size_t>(month)] += revenue;
    } else if (month < 0) {
      SimulatedGrant& grant = parts.input.grants[parts.grant_numbers.at(key.account.grant)];
      (key.account.kind == RevenueKind::breakage ? grant.recognised_breakage
                                                 : grant.recognised_usage) += revenue;
    }
  }
}

Result<Done> add_new_grants(InputParts& parts) {
  const std::vector<Grant> present = parts.grants;
  for (std::size_t i = 0; i < parts.scenario.drawdowns.size(); ++i) {
    const auto* wanted = std::get_if<NewGrant>(&parts.scenario.drawdowns[i].after);
    if (wanted == nullptr) continue;
    const ChargeKey& key = parts.forecast.plan.flows[parts.input.drawdowns[i].flows.front()].key;
    ACCRUE_TRY(days,
               new_grants_by_day(i, *wanted, key.investee, parts.state, parts.input.months));
    SimulatedNewGrant rule;
    std::map<std::size_t, std::size_t> by_place;
    for (const Grant& day : days) {
      const auto place = static_cast<std::size_t>(
          std::count_if(present.begin(), present.end(),
                        [&](const Grant& other) { return pays_before(other, day); }));
      const auto [slot, is_new] = by_place.try_emplace(place, parts.input.grants.size());
      if (is_new) add_slot(parts, day);
      rule.by_day.push_back({slot->second, window_of(parts, day)});
    }
    parts.input.drawdowns[i].after = std::move(rule);
  }
  return Done{};
}

}  // namespace accrue

#include "accounting/scenario/walk/assumed_facts.h"

#include <algorithm>
#include <utility>

#include "accounting/posting/fixed_rate.h"
#include "accounting/scenario/walk/unsigned_deals.h"

namespace accrue {

namespace {

/// The day so many months later, cut to the month's last.
Date months_later(Date day, int months) {
  const Period period{Period::of(day).months + months};
  return Date{std::min(period.first_day().days + day.day() - 1, period.last_day().days)};
}

bool is_signed(const PipelineDeal& deal, const Shocks& shocks) {
  const auto said = shocks.signed_deals.find(deal.investment.id);
  if (said != shocks.signed_deals.end()) return said->second;
  return deal.probability_percent >= Decimal::from_integer(50);
}

Result<Done> assume_rates(Assumptions& assumptions, const Scenario& scenario) {
  if (scenario.rates.empty()) return Done{};
  RatesImported fact{.file = scenario.file, .sha256 = std::string(32, '\0'), .rows = {}};
  for (const AssumedRate& rate : scenario.rates) {
    fact.rows.push_back({rate.on, rate.from, rate.rate, "assumed"});
  }
  assumptions.notes().push_back(std::to_string(fact.rows.size()) + " exchange rates are assumed");
  ACCRUE_TRY_DONE(assumptions.record(std::move(fact)));
  return Done{};
}

Result<Done> assume_deals(Assumptions& assumptions, const Scenario& scenario,
                          const Shocks& shocks) {
  for (const PipelineDeal& deal : scenario.pipeline) {
    const bool counts = is_signed(deal, shocks);
    assumptions.notes().push_back(
        "deal " + deal.investment.id + " with " + deal.investment.investee + " (" +
        deal.probability_percent.to_string() + "%): " +
        (counts ? "signed on " + deal.investment.signed_on.to_string() : "not signed"));
    if (!counts) continue;
    ACCRUE_TRY_DONE(
        assumptions.record(InvestmentAdded{deal.investment, deal.file, deal.text}));
  }
  for (const ExtraTranche& tranche : scenario.extra_tranches) {
    assumptions.notes().push_back("tranche " + tranche.id + " of " + tranche.investee +
                                  " is assumed, issued on " + tranche.issued_on.to_string());
    ACCRUE_TRY_DONE(assumptions.record(
        InvestmentAdded{extra_deal(tranche, assumptions.books().state()), scenario.file, {}}));
  }
  return Done{};
}

/// Whether what is assumed of a grant goes with a deal that is not signed; notes so.
bool is_left_out(Assumptions& assumptions, const Scenario& scenario, const std::string& grant) {
  const PipelineDeal* const deal =
      unsigned_deal_granting(scenario, assumptions.books().state(), grant);
  if (deal == nullptr) return false;
  assumptions.notes().push_back("what is assumed of grant " + grant + " is " +
                                left_out_without(*deal));
  return true;
}

const Tranche& tranche_of(const BookState& state, const Grant& grant) {
  const HeldInvestment& held = *state.find_investment(grant.investment);
  return *std::find_if(held.investment.tranches.begin(), held.investment.tranches.end(),
                       [&](const Tranche& tranche) { return tranche.id == grant.tranche; });
}

Result<Done> assume_tranches(Assumptions& assumptions, const Scenario& scenario,
                             const Shocks& shocks) {
  for (const TrancheChange& change : scenario.tranche_changes) {
    if (is_left_out(assumptions, scenario, change.grant)) continue;
    ACCRUE_TRY(held, assumptions.books().state().grant_named(change.grant));
    const std::string grant = held->grant.id;
    ACCRUE_TRY_DONE(assumptions.record(TrancheAssumed{grant, change.issued_on, change.begins_on,
                                                      change.expires_on, change.priority}));
    assumptions.notes().push_back("grant " + grant + " comes otherwise than its terms say");
  }
  for (const auto& [name, months] : shocks.delay_months) {
    if (months == 0 || is_left_out(assumptions, scenario, name)) continue;
    const BookState& state = assumptions.books().state();
    ACCRUE_TRY(held, state.grant_named(name));
    const Tranche& tranche = tranche_of(state, held->grant);
    TrancheAssumed later{.grant = held->grant.id,
                         .issued_on = months_later(tranche.issued_on, months),
                         .begins_on = std::nullopt,
                         .expires_on = std::nullopt,
                         .priority = std::nullopt};
    if (tranche.begins_on) later.begins_on = months_later(*tranche.begins_on, months);
    assumptions.notes().push_back("grant " + later.grant + " is issued " +
                                  std::to_string(months) + " months later, on " +
                                  later.issued_on->to_string());
    ACCRUE_TRY_DONE(assumptions.record(std::move(later)));
  }
  return Done{};
}

Result<Done> assume_estimates(Assumptions& assumptions, const Scenario& scenario) {
  for (const AssumedEstimate& estimate : scenario.estimates) {
    if (is_left_out(assumptions, scenario, estimate.grant)) continue;
    ACCRUE_TRY(held, assumptions.books().state().grant_named(estimate.grant));
    assumptions.notes().push_back("grant " + held->grant.id + ": " +
                                  estimate.expected_unused.to_string() +
                                  " is expected never to be drawn, from " +
                                  estimate.from.to_string());
    ACCRUE_TRY_DONE(assumptions.record(
        EstimateChanged{held->grant.id, estimate.expected_unused, estimate.from}));
  }
  return Done{};
}

}  // namespace

Assumptions::Assumptions(Books& books, const Scenario& scenario)
    : books_{books},
      stamp_{books.state().last_recorded_at, "scenario " + scenario.name, "assumed"} {}

Result<Recorded> Assumptions::record(Fact fact) {
  return books_.record(std::move(fact), stamp_, RunMode::assumed);
}

Result<Done> Assumptions::close(Period period) {
  ACCRUE_TRY(standing, books_.exceptions(period));
  PeriodClosed close{.period = period,
                     .first_period = period,
                     .begin_at = {},
                     .end_at = {},
                     .accepted = {},
                     .trial_balance_hash = {}};
  for (const Exception& exception : standing) {
    close.accepted.push_back({exception.code, exception.subject});
    notes_.push_back("accepted in " + period.to_string() + ": " + exception.code + ": " +
                     exception.message);
  }
  ACCRUE_TRY_DONE(record(std::move(close)));
  return Done{};
}

Investment extra_deal(const ExtraTranche& tranche, const BookState& state) {
  Investment deal;
  deal.id = "scenario-" + tranche.id;
  deal.investee = tranche.investee;
  deal.signed_on = tranche.issued_on;
  deal.fair_value_of_stake = tranche.price;
  deal.fixed_rate =
      shared_fixed_rate(state.investments, tranche.investee, tranche.face.currency.code());
  deal.tranches = {Tranche{.id = tranche.id,
                           .face = tranche.face,
                           .issued_on = tranche.issued_on,
                           .begins_on = std::nullopt,
                           .expires_on = tranche.expires_on,
                           .priority = tranche.priority,
                           .transaction_price = std::nullopt,
                           .bonus = false,
                           .scope = tranche.scope,
                           .breakage_method = tranche.breakage_method,
                           .expected_unused = tranche.expected_unused}};
  return deal;
}

ExtraTranche following_grant(std::size_t drawdown, const NewGrant& wanted,
                             const std::string& investee, Date on, const BookState& state) {
  ExtraTranche tranche{.id = "new-grant-" + std::to_string(drawdown + 1),
                       .investee = investee,
                       .face = wanted.face,
                       .price = wanted.price,
                       .issued_on = on,
                       .expires_on = std::nullopt,
                       .scope = {},
                       .expected_unused = std::nullopt};
  const Grant* last = nullptr;
  for (const HeldGrant& held : state.grants) {
    if (held.grant.investee != investee) continue;
    if (last == nullptr || pays_before(*last, held.grant)) last = &held.grant;
  }
  if (last != nullptr) tranche.scope = last->scope;
  if (wanted.months > 0) tranche.expires_on = months_later(on, wanted.months);
  return tranche;
}

Result<Done> assume_terms(Assumptions& assumptions, const Scenario& scenario,
                          const Shocks& shocks) {
  ACCRUE_TRY_DONE(assume_rates(assumptions, scenario));
  ACCRUE_TRY_DONE(assume_deals(assumptions, scenario, shocks));
  ACCRUE_TRY_DONE(assume_tranches(assumptions, scenario, shocks));
  return assume_estimates(assumptions, scenario);
}

}  // namespace accrue

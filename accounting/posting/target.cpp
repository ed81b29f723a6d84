#include "accounting/posting/target.h"

#include <algorithm>
#include <set>

#include "accounting/posting/rules.h"
#include "ledger/error/check.h"
#include "ledger/number/round.h"

namespace accrue {

namespace {

Account account_of(AccountRole role, const Account& dimensions) {
  switch (role) {
    case AccountRole::investment:
    case AccountRole::cash:
      return {.role = role, .investee = dimensions.investee, .investment = dimensions.investment};
    case AccountRole::unbilled_receivable:
      return {.role = role, .investee = dimensions.investee};
    case AccountRole::contract_liability:
      return {.role = role,
              .investee = dimensions.investee,
              .investment = dimensions.investment,
              .grant = dimensions.grant};
    case AccountRole::revenue:
      return dimensions;
  }
  LEDGER_CHECK(false, std::to_string(static_cast<int>(role)), "an account role");
  return {};
}

std::int64_t add_checked(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  LEDGER_CHECK(!__builtin_add_overflow(a, b, &sum), std::to_string(a), std::to_string(b));
  return sum;
}

class TargetBuilder {
 public:
  explicit TargetBuilder(const Situation& situation)
      : situation_{situation}, state_{situation.state} {}

  Result<Target> build() {
    for (const HeldInvestment& held : state_.investments) add_prices(held);
    gather_draws();
    for (const HeldGrant& held : state_.grants) recognise_grant(held);
    ACCRUE_TRY_DONE(add_overage());
    return std::move(target_);
  }

 private:
  using SpotAmounts = std::map<RevenueSpot, Decimal>;

  void post(Cause cause, Period origin, const Account& dimensions, std::int64_t amount) {
    if (amount == 0) return;
    const PostingRule& rule = rule_for(cause);
    Account revenue_side = dimensions;
    revenue_side.role = AccountRole::revenue;
    revenue_side.kind = rule.kind;
    const Period posting = state_.posting_period_of(origin);
    add({account_of(rule.debit, revenue_side), posting, origin}, amount);
    add({account_of(rule.credit, revenue_side), posting, origin}, -amount);
  }

  void add(BalanceKey key, std::int64_t amount) {
    std::int64_t& cell = target_.cells[std::move(key)];
    cell = add_checked(cell, amount);
  }

  /// The shares are received, and the cash paid, on a date: frozen by a close like any charge.
  void add_prices(const HeldInvestment& held) {
    const Investment& deal = held.investment;
    const Account deal_account{.investee = deal.investee, .investment = deal.id};
    const Period signed_in = Period::of(deal.signed_on);
    if (!state_.is_frozen(held.record, signed_in)) {
      post(Cause::cash_paid, signed_in, deal_account, held.price.cash_minor_units);
    }
    for (const HeldGrant& grant : state_.grants) {
      if (grant.grant.investment != deal.id) continue;
      const Period received_in = Period::of(grant.grant.received_on);
      if (state_.is_frozen(held.record, received_in)) continue;
      Account grant_account = deal_account;
      grant_account.grant = grant.grant.id;
      post(Cause::price_received, received_in, grant_account, grant.grant.price_minor_units);
    }
  }

  void gather_draws() {
    for (const auto& [key, amount] : situation_.frozen) {
      if (!key.grant.empty()) frozen_[key.grant][{key.service, key.region}] += amount;
    }
    for (const auto& [key, amount] : situation_.drawn) {
      if (!key.grant.empty()) {
        open_[key.grant][key.origin_period][{key.service, key.region}] += amount;
      }
    }
    for (const auto& [key, amount] : situation_.booked) {
      const Account& account = key.account;
      if (account.role != AccountRole::revenue || account.grant.empty()) continue;
      if (!state_.is_closed(key.posting_period)) continue;
      Booked& booked = booked_[account.grant];
      // Revenue is a credit; recognised amounts are above zero.
      if (account.kind == RevenueKind::usage) {
        std::int64_t& spot = booked.usage[{account.service, account.region}];
        spot = add_checked(spot, -amount);
      } else {
        booked.breakage = add_checked(booked.breakage, -amount);
      }
    }
  }

  /// The last period whose expiries are booked.
  std::optional<Period> expired_through() const {
    return situation_.closing ? situation_.closing : state_.closed_through();
  }

  /// A late step has the expiry state of the last close: expired where that close, or one before
  /// it, booked the expiry. Where none could, because the grant came later, the expiry is a step of
  /// its own origin.
  bool is_expired(const HeldGrant& held, Period step_origin) const {
    if (!held.grant.expiry_period) return false;
    const Period expiry = *held.grant.expiry_period;
    const std::optional<Period> through = expired_through();
    if (!through || expiry > *through) return false;
    return expiry <= step_origin || state_.is_frozen(held.record, expiry);
  }

  /// Origins at which the grant's cumulatives can move, in order: those of open draws, of starting
  /// estimates and of the expiry.
  std::set<Period> step_origins(const HeldGrant& held) const {
    const Grant& grant = held.grant;
    std::set<Period> origins;
    if (const auto draws = open_.find(grant.id); draws != open_.end()) {
      for (const auto& [origin, spots] : draws->second) origins.insert(origin);
    }
    for (const HeldEstimate& estimate : state_.estimates) {
      if (estimate.grant == grant.id && !state_.is_closed(estimate.from)) {
        origins.insert(estimate.from);
      }
    }
    if (grant.expiry_period && is_expired(held, *grant.expiry_period)) {
      origins.insert(*grant.expiry_period);
    }
    return origins;
  }

  void recognise_grant(const HeldGrant& held) {
    const Grant& grant = held.grant;
    Booked before = booked_[grant.id];
    SpotAmounts drawn = frozen_[grant.id];
    Decimal drawn_total;
    for (const auto& [spot, amount] : drawn) drawn_total += amount;

    for (const Period origin : step_origins(held)) {
      for (const auto& [spot, amount] : open_[grant.id][origin]) {
        drawn[spot] += amount;
        drawn_total += amount;
      }
      const bool is_late = state_.is_closed(origin);
      const Progress progress{
          grant.price_minor_units, grant.face.value, drawn_total,
          state_.expected_unused(grant, is_late ? *state_.closed_through() : origin),
          is_expired(held, origin) ? ExpiryState::expired : ExpiryState::running};
      const Recognised now = recognise(progress);
      const std::map<RevenueSpot, std::int64_t> usage = spread_usage(now.usage, progress, drawn);
      post_step(grant, origin, before, usage, now.breakage());
      before = {usage, now.breakage()};
      target_.steps.push_back({grant.id, origin, state_.posting_period_of(origin), drawn_total,
                               progress.expected_unused, progress.expiry, now});
    }
  }

  struct Booked {
    std::map<RevenueSpot, std::int64_t> usage;
    std::int64_t breakage = 0;
  };

  void post_step(const Grant& grant, Period origin, const Booked& before,
                 const std::map<RevenueSpot, std::int64_t>& usage, std::int64_t breakage) {
    Account account{.investee = grant.investee, .investment = grant.investment, .grant = grant.id};
    std::map<RevenueSpot, std::int64_t> change = usage;
    for (const auto& [spot, amount] : before.usage) change[spot] -= amount;
    for (const auto& [spot, amount] : change) {
      account.service = spot.first;
      account.region = spot.second;
      post(Cause::usage_earned, origin, account, amount);
    }
    account.service.clear();
    account.region.clear();
    post(Cause::breakage_earned, origin, account, breakage - before.breakage);
  }

  struct OverageKey {
    std::string investee;
    std::string currency;
    Period origin;
    friend auto operator<=>(const OverageKey&, const OverageKey&) = default;
  };
  /// Functional amounts in units of 10^-60: amount times rate, exact.
  using ExactSpots = std::map<RevenueSpot, Int1024>;

  Result<Done> add_overage() {
    std::map<OverageKey, ExactSpots> sums;
    for (const auto& [key, amount] : situation_.served.cash_funded()) {
      ACCRUE_TRY(rate, rate_of(key));
      sums[{key.investee, key.currency, Period::of(key.on)}][{key.service, key.region}] +=
          Int1024{amount.units()} * Int1024{rate.units()};
    }
    for (const auto& [key, spots] : sums) post_overage(key, spots);
    return Done{};
  }

  Result<Decimal> rate_of(const CashFundedKey& key) {
    if (key.currency == state_.functional().code()) return Decimal::from_integer(1);
    return state_.overage_rate(key.investee, key.currency, key.on);
  }

  /// Summed exactly, rounded once per (investee, currency, origin), spread over its accounts.
  void post_overage(const OverageKey& key, const ExactSpots& spots) {
    const Int1024 minor_unit =
        Int1024{power_of_ten(Decimal::fraction_digits)} *
        Int1024{power_of_ten(Decimal::fraction_digits - state_.functional().minor_digits())};
    Int1024 total = 0;
    for (const auto& [spot, amount] : spots) total += amount;
    const std::int64_t rounded = round_half_even(total, minor_unit);
    for (const auto& [spot, amount] : spread(rounded, spots, minor_unit)) {
      post(Cause::overage_earned, key.origin,
           Account{.investee = key.investee, .service = spot.first, .region = spot.second}, amount);
    }
  }

  const Situation& situation_;
  const BookState& state_;
  std::map<std::string, SpotAmounts> frozen_;
  std::map<std::string, std::map<Period, SpotAmounts>> open_;
  std::map<std::string, Booked> booked_;
  Target target_;
};

}  // namespace

Result<Target> derive_target(const Situation& situation) {
  return TargetBuilder{situation}.build();
}

Balances difference(const BookState& state, const Balances& target, const Balances& booked) {
  Balances change = target;
  for (const auto& [key, amount] : booked) {
    if (!state.is_closed(key.posting_period)) change[key] -= amount;
  }
  std::erase_if(change, [](const auto& cell) { return cell.second == 0; });
  return change;
}

}  // namespace accrue

#include "accounting/scenario/walk/usage_plan.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "accounting/posting/served.h"
#include "accounting/scenario/exact.h"
#include "accounting/scenario/walk/capacity.h"
#include "accounting/scenario/walk/unsigned_deals.h"
#include "ledger/error/suggest.h"

namespace accrue {

namespace {

using boost::multiprecision::cpp_int;

Ratio percent(const Decimal& value) { return ratio_of(value) / 100; }

/// More than this in a month is a slip of a curve; and far below what minor units can count.
const Ratio most_used{cpp_int{1'000'000'000'000'000}};

/// What is left of the grants, and what they may pay for.
struct Credits {
  std::vector<const Grant*> grants;
  Decimal left;

  bool admits(const ChargeKey& key) const {
    return std::any_of(grants.begin(), grants.end(), [&](const Grant* grant) {
      return grant->scope.admits(key.service, key.region, key.sku);
    });
  }
};

/// A drawdown with what the book says of it.
class DrawdownPlan {
 public:
  DrawdownPlan(const Scenario& scenario, const Books& books, const UsageHistory& history,
               UsagePlan& plan, std::size_t number)
      : scenario_{scenario}, books_{books}, state_{books.state()}, history_{history},
        plan_{plan}, number_{number}, drawdown_{scenario.drawdowns[number]},
        month_count_{plan.months.month_count()} {}

  Result<Done> add() {
    if (const PipelineDeal* const deal = unsigned_deal()) {
      leave_out(*deal);
      return Done{};
    }
    ACCRUE_TRY_DONE(find_whose());
    ACCRUE_TRY(path, evaluate(drawdown_.curve, curve_input()));
    plan_.fits.push_back(path.fit);
    add_known_through();
    plan_.ends.push_back(end_of_usage());
    const std::vector<Ratio> amounts = stalled(seasonal(std::move(path.amounts)));
    return add_flows(amounts);
  }

 private:
  Error unknown(const std::string& what, const std::string& name,
                const std::vector<std::string_view>& known) const {
    const std::optional<std::string> near = suggest(name, known);
    return Error{.code = ErrorCode::unknown_id,
                 .message = "drawdown '" + drawdown_.name + "': no " + what + " '" + name + "'",
                 .hint = near ? "did you mean '" + *near + "'?"
                              : std::string{"see accrue grant list"}};
  }

  const PipelineDeal* unsigned_deal() const {
    return drawdown_.grant ? unsigned_deal_granting(scenario_, state_, *drawdown_.grant)
                           : unsigned_deal_with(scenario_, state_, drawdown_.investee);
  }

  void leave_out(const PipelineDeal& deal) {
    plan_.fits.emplace_back();
    plan_.known_through.emplace_back();
    plan_.ends.emplace_back();
    plan_.notes.push_back("drawdown '" + drawdown_.name + "': its usage is " +
                          left_out_without(deal));
  }

  Result<Done> find_whose() {
    if (drawdown_.grant) {
      ACCRUE_TRY(held, state_.grant_named(*drawdown_.grant));
      investee_ = held->grant.investee;
      if (!drawdown_.investee.empty() && drawdown_.investee != investee_) {
        return Error{.code = ErrorCode::bad_value,
                     .message = "drawdown '" + drawdown_.name + "': grant " + held->grant.id +
                                " is of " + investee_ + ", not of " + drawdown_.investee,
                     .hint = "leave one of investee and grant out"};
      }
      currency_ = std::string{held->grant.face.currency.code()};
      credits_.grants = {&held->grant};
    } else {
      ACCRUE_TRY_DONE(find_investee());
    }
    const DrawnByGrant drawn = drawn_so_far();
    for (const Grant* grant : credits_.grants) {
      if (grant->ends_at && *grant->ends_at <= state_.zone.begin_of(plan_.months.first)) continue;
      const auto found = drawn.find(grant->id);
      credits_.left += grant->face.value - (found == drawn.end() ? Decimal{} : found->second);
    }
    return Done{};
  }

  Result<Done> find_investee() {
    std::set<std::string_view> investees;
    std::set<std::string> currencies;
    for (const HeldInvestment& held : state_.investments) {
      investees.insert(held.investment.investee);
    }
    investee_ = drawdown_.investee;
    if (!investees.contains(investee_)) {
      return unknown("investee", investee_, {investees.begin(), investees.end()});
    }
    for (const HeldGrant& held : state_.grants) {
      const std::string currency{held.grant.face.currency.code()};
      if (held.grant.investee != investee_) continue;
      if (!drawdown_.currency.empty() && drawdown_.currency != currency) continue;
      currencies.insert(currency);
      credits_.grants.push_back(&held.grant);
    }
    if (drawdown_.currency.empty() && currencies.size() != 1) {
      return Error{.code = ErrorCode::missing_key,
                   .message = "drawdown '" + drawdown_.name + "': the credits of " + investee_ +
                              " are in " + std::to_string(currencies.size()) + " currencies",
                   .hint = "say which one is used: currency = \"USD\""};
    }
    currency_ = drawdown_.currency.empty() ? *currencies.begin() : drawdown_.currency;
    return Done{};
  }

  DrawnByGrant drawn_so_far() const {
    DrawnByGrant drawn = drawn_by_grant(load_frozen_draws(books_.store(), state_));
    for (const auto& [grant, amount] : drawn_by_grant(books_.store().read_draws(0))) {
      drawn[grant] += amount;
    }
    return drawn;
  }

  /// The book knows amounts: it says nothing of volumes.
  CurveInput curve_input() const {
    CurveInput input{.first = plan_.months.first,
                     .month_count = month_count_,
                     .history = {},
                     .left = credits_.left};
    if (!drawdown_.unit) {
      input.history = history_.by_month(investee_, currency_, plan_.months.first.previous());
    }
    return input;
  }

  void add_known_through() {
    const std::optional<Date> last = history_.last_day(investee_, currency_);
    const bool is_in_forecast = last && *last >= plan_.months.first.first_day();
    plan_.known_through.push_back(is_in_forecast ? last : std::nullopt);
    if (!is_in_forecast) return;
    plan_.notes.push_back("usage of " + investee_ + " up to " + last->to_string() +
                          " is that of the book; the days after it are assumed");
  }

  /// The first month that is not paid for, or in which the investee is gone.
  std::optional<Period> end_of_usage() const {
    std::optional<Period> end = drawdown_.leaves;
    if (!drawdown_.runway) return end;
    const Ratio cash = ratio_of(drawdown_.runway->cash.value);
    const Ratio burn = ratio_of(drawdown_.runway->burn.value);
    for (int month = 0; month < month_count_; ++month) {
      if (burn * (month + 1) <= cash) continue;
      const Period period{plan_.months.first.months + month};
      return std::min(end.value_or(period), period);
    }
    return end;
  }

  std::vector<Ratio> seasonal(std::vector<Ratio> amounts) const {
    if (drawdown_.seasonal_percent.empty()) return amounts;
    for (int month = 0; month < month_count_; ++month) {
      const Period period{plan_.months.first.months + month};
      const auto place = static_cast<std::size_t>(period.month() - 1);
      amounts[static_cast<std::size_t>(month)] *= percent(drawdown_.seasonal_percent[place]);
    }
    return amounts;
  }

  std::vector<Ratio> stalled(const std::vector<Ratio>& amounts) const {
    if (!drawdown_.stall) return amounts;
    const Stall& stall = *drawdown_.stall;
    const int from = stall.from.months - plan_.months.first.months;
    const int until = from + stall.months;
    Ratio missed = 0;
    std::vector<Ratio> moved(amounts.size());
    for (int month = 0; month < month_count_; ++month) {
      const auto at = static_cast<std::size_t>(month);
      const bool is_stalled = from <= month && month < until;
      if (is_stalled) {
        missed += amounts[at];
      } else if (month < from || stall.then != Stall::Then::resume) {
        moved[at] = amounts[at];
      } else {
        // A stall that began before the forecast holds back the months of it that are in it.
        const int held_back = until - std::max(from, 0);
        moved[at] = amounts[static_cast<std::size_t>(month - held_back)];
      }
    }
    if (stall.then != Stall::Then::catch_up) return moved;
    for (int month = std::max(until, 0); month < std::min(until + stall.months, month_count_);
         ++month) {
      moved[static_cast<std::size_t>(month)] += missed / stall.months;
    }
    return moved;
  }

  /// Whose accounts the usage is on: as last used, or those that the deals name.
  ChargeKey account() const {
    ChargeKey key{.investee = investee_, .currency = currency_, .billing_account = {},
                  .sub_account = {}, .service = {}, .sku = {}, .region = {}};
    for (const HeldInvestment& held : state_.investments) {
      const Matching& matching = held.investment.matching;
      if (held.investment.investee != investee_) continue;
      if (!matching.billing_accounts.empty()) {
        key.billing_account = matching.billing_accounts.front();
        return key;
      }
      if (!matching.sub_accounts.empty()) {
        key.sub_account = matching.sub_accounts.front();
        return key;
      }
    }
    return key;
  }

  std::vector<std::pair<ChargeKey, Ratio>> mix() {
    std::vector<std::pair<ChargeKey, Ratio>> parts;
    const Period last = plan_.months.first.previous();
    const std::map<ChargeKey, Decimal> used =
        history_.mix(investee_, currency_, {Period{last.months - 2}, last});
    if (!drawdown_.mix.empty()) {
      ChargeKey key = account();
      if (!used.empty()) {
        key.billing_account = used.begin()->first.billing_account;
        key.sub_account = used.begin()->first.sub_account;
      }
      for (const MixPart& part : drawdown_.mix) {
        key.service = part.service;
        key.sku = part.sku;
        key.region = part.region;
        parts.emplace_back(key, ratio_of(part.share));
      }
      return parts;
    }
    for (const auto& [key, amount] : used) {
      if (!drawdown_.grant || credits_.admits(key)) parts.emplace_back(key, ratio_of(amount));
    }
    if (parts.empty()) {
      parts.emplace_back(account(), Ratio{1});
      plan_.notes.push_back("drawdown '" + drawdown_.name + "': the book has no usage of " +
                            investee_ + " in the three months before " +
                            plan_.months.first.to_string() +
                            " to be like: service, SKU and region are left empty");
    }
    return parts;
  }

  Result<Done> add_flows(const std::vector<Ratio>& amounts) {
    const std::vector<std::pair<ChargeKey, Ratio>> parts = mix();
    Ratio whole = 0;
    for (const auto& [key, share] : parts) whole += share;
    for (const auto& [key, share] : parts) {
      ACCRUE_TRY(unit_price, unit_price_of(key));
      ACCRUE_TRY(cost_rate, cost_rate_of(key, unit_price));
      Flow flow{.drawdown = number_, .key = key, .volume = {}, .price = {},
                .cost_rate = std::move(cost_rate)};
      for (int month = 0; month < month_count_; ++month) {
        const Period period{plan_.months.first.months + month};
        flow.volume.push_back(amounts[static_cast<std::size_t>(month)] * share / whole *
                              unit_price);
        flow.price.push_back(price_of(key, period));
        if (flow.volume.back() * flow.price.back() > most_used) return too_much(period);
      }
      plan_.flows.push_back(std::move(flow));
    }
    return Done{};
  }

  Error too_much(Period period) const {
    return Error{.code = ErrorCode::amount_overflow,
                 .message = "drawdown '" + drawdown_.name + "' uses more than 10^15 " + currency_ +
                            " in " + period.to_string(),
                 .hint = "a curve that grows needs a cap"};
  }

  Result<Ratio> unit_price_of(const ChargeKey& key) const {
    if (!drawdown_.unit) return Ratio{1};
    for (const DeckPrice& deck : scenario_.unit_prices) {
      if (!matches_pattern(deck.sku, key.sku)) continue;
      if (deck.price.currency.code() == currency_) return ratio_of(deck.price.value);
      return Error{.code = ErrorCode::bad_value,
                   .message = "the unit price of SKU '" + key.sku + "' is in " +
                              std::string{deck.price.currency.code()} + ", and drawdown '" +
                              drawdown_.name + "' in " + currency_,
                   .hint = "state the price in the currency of the credits"};
    }
    return Error{.code = ErrorCode::missing_key,
                 .message = "drawdown '" + drawdown_.name + "' is in " + *drawdown_.unit +
                            ", and no [[price]] fits SKU '" + key.sku + "'",
                 .hint = "add one: [[price]] sku = \"" + key.sku + "\" unit_price = \"2.40 " +
                         currency_ + "\""};
  }

  Ratio price_of(const ChargeKey& key, Period period) const {
    Ratio price = 1;
    for (const PriceChange& change : scenario_.price_changes) {
      if (change.from > period || !matches_pattern(change.sku, key.sku)) continue;
      price *= 1 + percent(change.percent);
    }
    return price;
  }

  Result<Ratio> cost_rate_of(const ChargeKey& key, const Ratio& unit_price) const {
    const auto found = std::find_if(
        scenario_.costs.begin(), scenario_.costs.end(),
        [&](const CostRate& cost) { return matches_pattern(cost.sku, key.sku); });
    if (found == scenario_.costs.end()) return Ratio{0};
    if (const auto* share = std::get_if<Decimal>(&found->rate)) {
      ACCRUE_TRY(rate, state_.overage_rate(investee_, currency_, plan_.months.first.first_day()));
      return percent(*share) * ratio_of(rate);
    }
    const Amount& per_unit = std::get<Amount>(found->rate);
    if (!drawdown_.unit || per_unit.currency != state_.functional() || unit_price == 0) {
      return Error{.code = ErrorCode::bad_value,
                   .message = "the cost of SKU '" + key.sku + "' is per unit, which takes a "
                              "drawdown in units, a price above zero and the book's currency",
                   .hint = "state it in percent of what is used: rate = \"62%\""};
    }
    return ratio_of(per_unit.value) / unit_price;
  }

  const Scenario& scenario_;
  const Books& books_;
  const BookState& state_;
  const UsageHistory& history_;
  UsagePlan& plan_;
  std::size_t number_;
  const Drawdown& drawdown_;
  int month_count_;
  std::string investee_;
  std::string currency_;
  Credits credits_;
};

}  // namespace

Result<UsagePlan> plan_usage(const Scenario& scenario, const Books& books,
                             const UsageHistory& history, PeriodRange months) {
  UsagePlan plan{.months = months, .flows = {}, .known_through = {}, .ends = {}, .fits = {},
                 .notes = {}};
  for (std::size_t i = 0; i < scenario.drawdowns.size(); ++i) {
    ACCRUE_TRY_DONE((DrawdownPlan{scenario, books, history, plan, i}.add()));
  }
  ACCRUE_TRY_DONE(check_capacity(scenario, plan));
  return plan;
}

}  // namespace accrue

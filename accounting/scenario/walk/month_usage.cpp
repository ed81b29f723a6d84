#include "accounting/scenario/walk/month_usage.h"

#include <algorithm>
#include <span>

#include "accounting/posting/served.h"
#include "ledger/credit/burn_down.h"
#include "ledger/number/round.h"

namespace accrue {

namespace {

/// What one drawdown uses of a key on a day.
struct Part {
  std::size_t drawdown;
  Decimal amount;
};
using DayKey = std::pair<Instant, ChargeKey>;

/// Part of `amount` to date after `days` of `of_days`, minor units.
std::int64_t to_date(std::int64_t amount, int days, int of_days) {
  return round_half_even(Int1024{amount} * days, Int1024{of_days});
}

Decimal percent_of(const Decimal& amount, const Decimal& percent, int minor_digits) {
  const std::int64_t minor = round_half_even(
      Int1024{amount.units()} * Int1024{percent.units()},
      Int1024{power_of_ten(Decimal::fraction_digits)} *
          Int1024{power_of_ten(Decimal::fraction_digits - minor_digits)} * 100);
  return Decimal::from_scaled(minor, minor_digits);
}

class MonthServing {
 public:
  MonthServing(const Books& books, const Scenario& scenario, const UsagePlan& plan, Period period,
               const std::set<std::size_t>& granted_anew)
      : books_{books}, state_{books.state()}, scenario_{scenario}, plan_{plan}, period_{period},
        granted_anew_{granted_anew}, grants_{state_.grant_list()} {}

  MonthUsage run(const std::vector<std::int64_t>& amounts) {
    spread(amounts);
    const DrawTotals frozen = load_frozen_draws(books_.store(), state_);
    BurnDown served = serve_open_charges(books_.store(), state_, frozen);
    std::vector<OpenCharge> open;
    for (const auto& [day, parts] : parts_) {
      Decimal sum;
      for (const Part& part : parts) sum += part.amount;
      const Date on = state_.zone.date_of(day.first);
      open.push_back({day.first, on, period_, served.number_of(day.second),
                      Charge::Kind::served, sum});
    }
    served.add(open);
    cut(served);
    follow_credit(served, frozen);
    for (const auto& [day, parts] : parts_) add_charge(day, parts);
    return std::move(usage_);
  }

 private:
  void spread(const std::vector<std::int64_t>& amounts) {
    const Date first = period_.first_day();
    const int days = period_.last_day().days - first.days + 1;
    for (std::size_t i = 0; i < plan_.flows.size(); ++i) {
      const Flow& flow = plan_.flows[i];
      const int digits = Currency::from_code(flow.key.currency).value().minor_digits();
      const std::optional<Date>& known = plan_.known_through[flow.drawdown];
      for (int day = 1; day <= days; ++day) {
        const Date on{first.days + day - 1};
        if (known && on <= *known) continue;
        const std::int64_t minor =
            to_date(amounts[i], day, days) - to_date(amounts[i], day - 1, days);
        if (minor == 0) continue;
        parts_[{state_.zone.midnight(on), flow.key}].push_back(
            {flow.drawdown, Decimal::from_scaled(minor, digits)});
      }
    }
  }

  /// Whether a grant could pay for the key once it had begun, now or before.
  bool once_paid(const ChargeKey& key, Instant at) const {
    return std::any_of(grants_.begin(), grants_.end(), [&](const Grant& grant) {
      return grant.investee == key.investee && grant.face.currency.code() == key.currency &&
             grant.begins_at <= at && grant.scope.admits(key.service, key.region, key.sku);
    });
  }

  /// Takes off what is not paid by credits and is not to be paid in cash either.
  void cut(const BurnDown& served) {
    for (const ServedSum& sum : served.sums()) {
      const ChargeKey& key = served.keys()[sum.key];
      const auto found = parts_.find({sum.at, key});
      if (sum.period != period_ || found == parts_.end() || !once_paid(key, sum.at)) continue;
      Decimal uncovered;
      for (const Draw& draw : served.draws_of(sum)) {
        if (draw.payer == Payer::overage) uncovered += draw.amount;
      }
      if (uncovered.sign() <= 0) continue;
      cut_parts(found->second, sum, uncovered, key);
    }
  }

  /// Drawdowns of one key and day are uncovered in proportion; the last takes what is left over.
  void cut_parts(std::vector<Part>& parts, const ServedSum& sum, Decimal uncovered,
                 const ChargeKey& key) {
    const int digits = Currency::from_code(key.currency).value().minor_digits();
    Decimal whole;
    for (const Part& part : parts) whole += part.amount;
    uncovered = std::min(uncovered, whole);
    const Decimal all_uncovered = uncovered;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      Decimal share = uncovered;
      if (i + 1 < parts.size()) {
        const Int1024 exact = Int1024{all_uncovered.units()} * Int1024{parts[i].amount.units()} /
                              Int1024{whole.units()};
        const Int1024 minor = exact / Int1024{power_of_ten(Decimal::fraction_digits - digits)};
        share = Decimal::from_scaled(static_cast<std::int64_t>(minor), digits);
      }
      share = std::min(share, parts[i].amount);
      uncovered -= share;
      if (share.is_zero()) continue;
      usage_.uncovered.emplace(parts[i].drawdown, sum.on);
      parts[i].amount -= share - paid_in_cash(parts[i].drawdown, key, share, digits);
    }
  }

  Decimal paid_in_cash(std::size_t drawdown, const ChargeKey& key, const Decimal& uncovered,
                       int digits) {
    const AfterExhaustion& after = scenario_.drawdowns[drawdown].after;
    if (const auto* cash = std::get_if<PayCash>(&after)) {
      // Of the month to date, so that rounding day by day adds up to nothing.
      ToDate& to_date = uncovered_[{drawdown, key}];
      to_date.uncovered += uncovered;
      const Decimal before = to_date.paid;
      to_date.paid = percent_of(to_date.uncovered, cash->percent, digits);
      return to_date.paid - before;
    }
    if (std::holds_alternative<NewGrant>(after) && granted_anew_.contains(drawdown)) {
      return uncovered;
    }
    return Decimal{};
  }

  /// What each grant has left, day after day.
  void follow_credit(const BurnDown& served, const DrawTotals& frozen) {
    const DrawnByGrant drawn = drawn_by_grant(frozen);
    std::vector<Decimal> left;
    for (const Grant& grant : grants_) {
      const auto found = drawn.find(grant.id);
      left.push_back(grant.face.value - (found == drawn.end() ? Decimal{} : found->second));
    }
    auto sum = served.sums().begin();
    for (Date on = period_.first_day(); on <= period_.last_day(); on = Date{on.days + 1}) {
      const Instant end{state_.zone.midnight(Date{on.days + 1}).microseconds - 1};
      for (; sum != served.sums().end() && sum->at <= end; ++sum) {
        for (const Draw& draw : served.draws_of(*sum)) {
          if (draw.payer == Payer::grant) left[draw.grant] -= draw.amount;
        }
      }
      for (std::size_t i = 0; i < grants_.size(); ++i) {
        const Grant& grant = grants_[i];
        if (grant.begins_at > end || (grant.ends_at && *grant.ends_at <= end)) continue;
        if (left[i].sign() <= 0) continue;
        std::vector<Date>& days = usage_.days_with_credit[{
            grant.investee, std::string{grant.face.currency.code()}}];
        if (days.empty() || days.back() != on) days.push_back(on);
      }
    }
  }

  void add_charge(const DayKey& day, const std::vector<Part>& parts) {
    Decimal amount;
    for (const Part& part : parts) amount += part.amount;
    if (amount.is_zero()) return;
    usage_.charges.push_back({.at = day.first,
                              .key = day.second,
                              .billing_period = period_,
                              .row_count = 1,
                              .amount = amount});
  }

  struct ToDate {
    Decimal uncovered;
    Decimal paid;
  };

  const Books& books_;
  const BookState& state_;
  const Scenario& scenario_;
  const UsagePlan& plan_;
  Period period_;
  const std::set<std::size_t>& granted_anew_;
  std::vector<Grant> grants_;
  std::map<DayKey, std::vector<Part>> parts_;
  std::map<std::pair<std::size_t, ChargeKey>, ToDate> uncovered_;
  MonthUsage usage_;
};

}  // namespace

MonthUsage usage_by_day(const Books& books, const Scenario& scenario, const UsagePlan& plan,
                        Period period, const std::vector<std::int64_t>& amounts,
                        const std::set<std::size_t>& granted_anew) {
  return MonthServing{books, scenario, plan, period, granted_anew}.run(amounts);
}

}  // namespace accrue

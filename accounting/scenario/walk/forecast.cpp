#include "accounting/scenario/walk/forecast.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "accounting/scenario/walk/assumed_facts.h"
#include "accounting/scenario/walk/flow_amounts.h"
#include "accounting/scenario/walk/forecast_figures.h"
#include "accounting/scenario/walk/month_usage.h"
#include "accounting/scenario/walk/segment_growth.h"
#include "accounting/scenario/walk/usage_history.h"
#include "ledger/proof/merkle.h"

namespace accrue {

namespace {

/// The month of the last usage, or the one after where that is its last day; never a closed one.
Period first_month(const BookState& state, const UsageHistory& history) {
  std::optional<Period> first;
  if (const std::optional<Date> last = history.last_day()) {
    first = Period::of(Date{last->days + 1});
  } else if (state.earliest) {
    first = *state.earliest;
  }
  if (const std::optional<Period> closed = state.closed_through()) {
    first = std::max(first.value_or(closed->next()), closed->next());
  }
  return first.value_or(Period::of(state.zone.date_of(state.last_recorded_at)));
}

/// One walk through the months.
class Walk {
 public:
  Walk(const Scenario& scenario, const StartingBook& start, const Shocks& shocks)
      : scenario_{scenario},
        shocks_{shocks},
        start_{start},
        books_{start.fork()},
        assumptions_{books_, scenario},
        history_{books_.store(), books_.state().zone} {}

  Result<Forecast> run(const ForecastProgress& progress) {
    const Period first = first_month(books_.state(), history_);
    months_ = {first, Period{first.months + scenario_.months - 1}};
    ACCRUE_TRY_DONE(assume_terms(assumptions_, scenario_, shocks_));
    ACCRUE_TRY_DONE(close_before(first));
    ACCRUE_TRY(plan, plan_usage(scenario_, books_, history_, months_));
    plan_ = std::move(plan);
    for (Period period = months_.first; period <= months_.last; period = period.next()) {
      ACCRUE_TRY_DONE(walk_month(period));
      ACCRUE_TRY_DONE(assumptions_.close(period));
      if (progress) progress(period.months - first.months + 1, months_.month_count());
    }
    ACCRUE_TRY_DONE(assume_segments(assumptions_, scenario_, months_));
    return finish();
  }

 private:
  Result<Done> close_before(Period first) {
    const std::optional<Period> closed = books_.state().closed_through();
    std::optional<Period> period = closed ? std::optional{closed->next()} : books_.state().earliest;
    if (!period) return Done{};
    for (; *period < first; period = period->next()) ACCRUE_TRY_DONE(assumptions_.close(*period));
    return Done{};
  }

  Result<Done> walk_month(Period period) {
    const std::vector<std::int64_t> amounts = usage_of_month(
        scenario_, plan_, shocks_, period.months - months_.first.months);
    MonthUsage usage =
        usage_by_day(books_, scenario_, plan_, period, amounts, granted_anew_);
    // A grant that follows the last one changes what the rest of the month finds.
    for (;;) {
      ACCRUE_TRY(is_new, grant_anew(usage));
      if (!is_new) break;
      usage = usage_by_day(books_, scenario_, plan_, period, amounts, granted_anew_);
    }
    follow_run_outs(period, usage);
    return import(period, std::move(usage.charges));
  }

  /// Issues the grants that follow exhaustion: whether there was one.
  Result<bool> grant_anew(const MonthUsage& usage) {
    bool is_new = false;
    for (const auto& uncovered : usage.uncovered) {
      const std::size_t number = uncovered.first;
      const Date on = uncovered.second;
      const Drawdown& drawdown = scenario_.drawdowns[number];
      const auto* wanted = std::get_if<NewGrant>(&drawdown.after);
      if (wanted == nullptr || !granted_anew_.insert(number).second) continue;
      is_new = true;
      const auto flow = std::find_if(plan_.flows.begin(), plan_.flows.end(),
                                     [&](const Flow& other) { return other.drawdown == number; });
      const ExtraTranche tranche =
          following_grant(number, *wanted, flow->key.investee, on, books_.state());
      assumptions_.notes().push_back("drawdown '" + drawdown.name + "': grant " + tranche.id +
                                     " follows on " + on.to_string());
      ACCRUE_TRY_DONE(assumptions_.record(
          InvestmentAdded{extra_deal(tranche, books_.state()), scenario_.file, {}}));
    }
    return is_new;
  }

  Result<Done> import(Period period, std::vector<Charge> charges) {
    if (charges.empty()) return Done{};
    const Digest digest = sha256("assumed " + period.to_string() + " " + scenario_.sha256);
    Delivery delivery;
    delivery.terms.source = "scenario";
    delivery.files = {{.name = "assumed " + period.to_string(),
                       .sha256 = {digest.begin(), digest.end()},
                       .byte_count = 0,
                       .row_count = static_cast<std::int64_t>(charges.size())}};
    delivery.billing_periods = {period};
    for (const Charge& charge : charges) {
      RowsAndAmount& total = delivery.by_category[{charge.category, charge.key.currency}];
      ++total.row_count;
      total.amount += charge.amount;
      RowsAndAmount& account =
          delivery.by_account[{charge.key.billing_account, charge.key.currency}];
      ++account.row_count;
      account.amount += charge.amount;
    }
    charges_.insert(charges_.end(), charges.begin(), charges.end());
    delivery.charges = std::move(charges);
    ACCRUE_TRY_DONE(assumptions_.record(UsageImported{std::move(delivery)}));
    return Done{};
  }

  /// Days without credit, of investees that had some.
  void follow_run_outs(Period period, const MonthUsage& usage) {
    std::set<std::pair<std::string, std::string>> wallets;
    for (const HeldGrant& held : books_.state().grants) {
      if (held.grant.begins_at < books_.state().zone.end_of(period)) {
        wallets.insert({held.grant.investee, std::string{held.grant.face.currency.code()}});
      }
    }
    for (const auto& wallet : wallets) {
      const auto found = usage.days_with_credit.find(wallet);
      const std::vector<Date> none;
      const std::vector<Date>& days = found == usage.days_with_credit.end() ? none : found->second;
      for (Date on = period.first_day(); on <= period.last_day(); on = Date{on.days + 1}) {
        follow_day(wallet, on, std::binary_search(days.begin(), days.end(), on)
                                   ? Credit::some
                                   : Credit::none);
      }
    }
  }

  enum class Credit { none, some };

  void follow_day(const std::pair<std::string, std::string>& wallet, Date on, Credit credit) {
    const auto open = std::find_if(run_outs_.rbegin(), run_outs_.rend(), [&](const RunOut& out) {
      return out.investee == wallet.first && out.currency == wallet.second;
    });
    const bool is_out = open != run_outs_.rend() && !open->until;
    if (credit == Credit::some) {
      had_credit_.insert(wallet);
      if (is_out) open->until = on;
    } else if (!is_out && had_credit_.contains(wallet)) {
      run_outs_.push_back({wallet.first, wallet.second, on, std::nullopt});
    }
  }

  Result<Forecast> finish() {
    std::sort(run_outs_.begin(), run_outs_.end(), [](const RunOut& a, const RunOut& b) {
      return std::tie(a.on, a.investee, a.currency) < std::tie(b.on, b.investee, b.currency);
    });
    std::vector<std::string> notes = plan_.notes;
    notes.insert(notes.end(), assumptions_.notes().begin(), assumptions_.notes().end());
    const UsageHistory used{books_.store(), books_.state().zone};
    Forecast forecast{.books = std::move(books_),
                      .months = months_,
                      .start_records = start_.record_count,
                      .start_root = start_.root,
                      .plan = std::move(plan_),
                      .assumed_charges = std::move(charges_),
                      .by_month = {},
                      .by_investee = {},
                      .face_currency = std::nullopt,
                      .run_outs = std::move(run_outs_),
                      .grants = {},
                      .growth = {},
                      .notes = std::move(notes)};
    forecast.growth = growth_spans(forecast.books.state(), months_);
    add_figures(forecast, used);
    return forecast;
  }

  const Scenario& scenario_;
  const Shocks& shocks_;
  const StartingBook& start_;
  Books books_;
  Assumptions assumptions_;
  UsageHistory history_;
  PeriodRange months_;
  UsagePlan plan_;
  std::set<std::size_t> granted_anew_;
  std::set<std::pair<std::string, std::string>> had_credit_;
  std::vector<RunOut> run_outs_;
  std::vector<Charge> charges_;
};

}  // namespace

Result<Forecast> walk(const Scenario& scenario, const StartingBook& start, const Shocks& shocks,
                      const ForecastProgress& progress) {
  return Walk{scenario, start, shocks}.run(progress);
}

}  // namespace accrue

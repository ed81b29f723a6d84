#include <cstdlib>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "accounting/report/disclosures.h"
#include "accounting/report/frame.h"
#include "accounting/report/movements.h"
#include "accounting/report/ref.h"
#include "accounting/report/row_refs.h"

namespace accrue {

namespace {

/// One line of the note, with the total that adds its rows up.
struct Category {
  const char* name;
  const char* activity;
  const char* total;
};

constexpr Category cash_paid{"cash paid for stakes", "investing", "cash_paid"};
constexpr Category stakes_for_credits{"stakes received for credits", "non-cash investing",
                                      "stakes_for_credits"};
constexpr Category without_cash{"revenue out of the contract liability", "operating",
                                "revenue_without_cash"};
constexpr Category cash_funded{"cash-funded revenue", "operating", "revenue_cash_funded"};

/// What moved between one investee's credits and its revenue in the range.
struct InvesteeMoney {
  std::int64_t out_of_liability = 0;  ///< granted less what the liability rose by
  std::int64_t from_grants = 0;       ///< revenue
  std::int64_t in_cash = 0;           ///< revenue
};

class CashFlow {
 public:
  CashFlow(const BookView& view, PeriodRange range, OriginView by)
      : view_{view},
        state_{view.state},
        range_{range},
        by_{by},
        movements_{movements_of(view, range, by)} {}

  Result<Report> build() {
    Report report = start_report(view_, "cash-flow", "Investing and revenue, by whether in cash",
                                 range_, by_);
    report.columns = {{"category", ColumnKind::key},     {"investee", ColumnKind::key},
                      {"investment", ColumnKind::key},   {"activity", ColumnKind::text, 3},
                      {"amount", ColumnKind::figure},    {"ref", ColumnKind::text, 9}};
    add_stakes(report);
    add_revenue(report);
    sort_rows(report);
    for (const Category& category : {cash_paid, stakes_for_credits, without_cash, cash_funded}) {
      report.totals.push_back({category.total, money_figure(state_, totals_[category.name])});
      report.column_sums.push_back({category.total, "amount", {{"category", category.name}}});
    }
    ACCRUE_TRY_DONE(add_checks(report));
    report.notes.emplace_back("cash-funded revenue may be billed or not: the book does not hold "
                              "what was collected");
    return report;
  }

 private:
  /// The address of the row's figure.
  std::string add_row(Report& report, const Category& category, const std::string& investee,
                      const std::string& investment, std::int64_t amount) {
    const std::string ref = make_ref(
        {ref_head("cash-flow", by_), to_text(range_), category.name, investee, investment});
    report.rows.push_back({category.name, investee,
                           investment.empty() ? Cell{} : Cell{investment}, category.activity,
                           money_figure(state_, amount), ref});
    totals_[category.name] += amount;
    return ref + "#amount";
  }

  void add_stakes(Report& report) {
    for (const auto& [account, movement] : movements_) {
      if (account.role != AccountRole::cash || movement.in_range() == 0) continue;
      const std::string figure = add_row(report, cash_paid, account.investee, account.investment,
                                         -movement.in_range());
      // The trial balance holds all that was ever paid: it is this only where nothing was before.
      if (movement.before != 0) continue;
      report.sources.push_back({figure, FigureSource::Sign::minus,
                                trial_balance_row_ref(by_, range_, account) + "#balance"});
    }
    std::map<std::pair<std::string, std::string>, std::vector<const Grant*>> received;
    for (const HeldGrant& held : state_.grants) {
      const Grant& grant = held.grant;
      const Period in = counted_in(by_, state_, held.record, Period::of(grant.received_on));
      if (!range_.contains(in) || grant.price_minor_units == 0) continue;
      received[{grant.investee, grant.investment}].push_back(&grant);
      by_investee_[grant.investee].out_of_liability += grant.price_minor_units;
    }
    for (const auto& [deal, grants] : received) {
      std::int64_t price = 0;
      for (const Grant* grant : grants) price += grant->price_minor_units;
      const std::string figure =
          add_row(report, stakes_for_credits, deal.first, deal.second, price);
      for (const Grant* grant : grants) {
        report.sources.push_back({figure, FigureSource::Sign::plus,
                                  rollforward_row_ref(by_, range_, grant->id) + "#granted"});
      }
    }
  }

  void add_revenue(Report& report) {
    std::map<std::pair<std::string, bool>, std::vector<const Account*>> accounts;
    for (const auto& [account, movement] : movements_) {
      InvesteeMoney& money = by_investee_[account.investee];
      if (account.role == AccountRole::contract_liability) {
        money.out_of_liability += movement.in_range();
      }
      if (account.role != AccountRole::revenue || movement.in_range() == 0) continue;
      const bool is_cash = account.grant.empty();
      (is_cash ? money.in_cash : money.from_grants) -= movement.in_range();
      accounts[{account.investee, is_cash}].push_back(&account);
    }
    for (const auto& [key, of] : accounts) {
      const auto& [investee, is_cash] = key;
      const InvesteeMoney& money = by_investee_.at(investee);
      const std::int64_t amount = is_cash ? money.in_cash : money.from_grants;
      if (amount == 0) continue;
      const std::string figure =
          add_row(report, is_cash ? cash_funded : without_cash, investee, "", amount);
      for (const Account* account : of) {
        report.sources.push_back({figure, FigureSource::Sign::plus,
                                  period_row_ref(by_, range_, *account) + "#revenue"});
      }
    }
  }

  Result<Done> add_checks(Report& report) {
    std::int64_t investments = 0;
    for (const auto& [account, movement] : movements_) {
      if (account.role == AccountRole::investment) investments += movement.in_range();
    }
    std::int64_t liability_difference = 0;
    for (const auto& [investee, money] : by_investee_) {
      liability_difference += std::abs(money.out_of_liability - money.from_grants);
    }
    ACCRUE_TRY(period, period_report(view_, range_, by_));
    Decimal revenue;
    for (const NamedCell& total : period.totals) {
      if (total.name == "revenue") revenue = std::get<Figure>(total.value).value;
    }
    const Decimal parts =
        Decimal::from_scaled(totals_[without_cash.name] + totals_[cash_funded.name],
                             state_.functional().minor_digits());
    report.checks = {
        {"investment accounts moved = cash paid + stakes received for credits",
         money_figure(state_, investments - totals_[cash_paid.name] -
                                  totals_[stakes_for_credits.name])},
        {"revenue out of the contract liability = what left it",
         money_figure(state_, liability_difference)},
        {"revenue of the period = out of the contract liability + cash-funded",
         money_figure(state_, revenue - parts)}};
    return Done{};
  }

  const BookView& view_;
  const BookState& state_;
  PeriodRange range_;
  OriginView by_;
  std::map<Account, Movement> movements_;
  std::map<std::string, InvesteeMoney> by_investee_;
  std::map<std::string, std::int64_t> totals_;  ///< by category
};

}  // namespace

Result<Report> cash_flow_report(const BookView& view, PeriodRange range, OriginView by) {
  return CashFlow{view, range, by}.build();
}

}  // namespace accrue

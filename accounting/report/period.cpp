#include <map>
#include <tuple>

#include "accounting/report/frame.h"
#include "accounting/report/reports.h"
#include "accounting/report/row_refs.h"

namespace accrue {

namespace {

/// Revenue accounts as the trial balance sums them, counted apart from the rows: what the period
/// added to them.
std::int64_t revenue_moved(const BookView& view, PeriodRange range, OriginView by) {
  std::int64_t at_end = 0;
  std::int64_t before = 0;
  for (const auto& [key, amount] : view.balances) {
    if (key.account.type() != AccountType::revenue) continue;
    const Period period = counted_in(by, key);
    if (period <= range.last) at_end -= amount;
    if (period < range.first) before -= amount;
  }
  return at_end - before;
}

}  // namespace

Result<Report> period_report(const BookView& view, PeriodRange range, OriginView by) {
  Report report = start_report(view, "period", "Revenue of the period", range, by);
  report.columns = {{"investee", ColumnKind::key},      {"investment", ColumnKind::key, 3},
                    {"grant", ColumnKind::key},         {"funding", ColumnKind::key},
                    {"kind", ColumnKind::key},          {"service", ColumnKind::key},
                    {"region", ColumnKind::key},        {"revenue", ColumnKind::figure},
                    {"ref", ColumnKind::text, 9}};

  std::map<Account, std::int64_t> revenue;
  for (const auto& [key, amount] : view.balances) {
    if (key.account.role != AccountRole::revenue || !range.contains(counted_in(by, key))) continue;
    revenue[key.account] -= amount;
  }
  std::int64_t by_credits = 0;
  std::int64_t by_cash = 0;
  const auto text_or_null = [](const std::string& text) {
    return text.empty() ? Cell{} : Cell{text};
  };
  for (const auto& [account, amount] : revenue) {
    if (amount == 0) continue;
    const bool is_cash = account.grant.empty();
    (is_cash ? by_cash : by_credits) += amount;
    const std::string kind{to_string(account.kind)};
    report.rows.push_back({account.investee, text_or_null(account.investment),
                           text_or_null(account.grant), is_cash ? "cash" : "credits", kind,
                           text_or_null(account.service), text_or_null(account.region),
                           money_figure(view.state, amount),
                           period_row_ref(by, range, account)});
  }
  sort_rows(report);
  report.totals = {{"revenue", money_figure(view.state, by_credits + by_cash)},
                   {"revenue_credits", money_figure(view.state, by_credits)},
                   {"revenue_cash", money_figure(view.state, by_cash)}};
  report.column_sums = {{"revenue", "revenue"},
                        {"revenue_credits", "revenue", {{"funding", "credits"}}},
                        {"revenue_cash", "revenue", {{"funding", "cash"}}}};
  report.checks = {{"revenue = revenue accounts in the trial balance",
                    money_figure(view.state,
                                 by_credits + by_cash - revenue_moved(view, range, by))}};
  return report;
}

}  // namespace accrue

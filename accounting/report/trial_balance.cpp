#include <algorithm>
#include <map>

#include "accounting/report/frame.h"
#include "accounting/report/reports.h"
#include "accounting/report/row_refs.h"

namespace accrue {

Result<Report> trial_balance_report(const BookView& view, PeriodRange range, OriginView by) {
  Report report = start_report(
      view, "trial-balance", "Trial balance at the end of " + range.last.to_string(), range, by);
  report.columns = {{"account", ColumnKind::key},     {"type", ColumnKind::text, 2},
                    {"debit", ColumnKind::figure},    {"credit", ColumnKind::figure},
                    {"balance", ColumnKind::figure},  {"ref", ColumnKind::text, 9}};
  std::map<Account, std::int64_t> balances;
  for (const auto& [key, amount] : view.balances) {
    if (counted_in(by, key) <= range.last) balances[key.account] += amount;
  }
  std::int64_t debits = 0;
  std::int64_t credits = 0;
  for (const auto& [account, balance] : balances) {
    if (balance == 0) continue;
    const std::int64_t debit = std::max<std::int64_t>(balance, 0);
    const std::int64_t credit = debit - balance;
    debits += debit;
    credits += credit;
    report.rows.push_back({account.name(), std::string{to_string(account.type())},
                           money_figure(view.state, debit), money_figure(view.state, credit),
                           money_figure(view.state, balance),
                           trial_balance_row_ref(by, range, account)});
  }
  sort_rows(report);
  report.totals = {{"debit", money_figure(view.state, debits)},
                   {"credit", money_figure(view.state, credits)},
                   {"balance", money_figure(view.state, debits - credits)}};
  report.column_sums = {{"debit", "debit"}, {"credit", "credit"}, {"balance", "balance"}};
  report.checks = {{"debits = credits", money_figure(view.state, debits - credits)}};
  return report;
}

}  // namespace accrue

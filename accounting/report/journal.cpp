#include <algorithm>

#include "accounting/report/frame.h"
#include "accounting/report/ref.h"
#include "accounting/report/reports.h"

namespace accrue {

namespace {

/// The entries of the range that the view knows, in order of number.
template <typename Visit>
void visit_entries(const Store& store, const BookView& view, PeriodRange range, OriginView by,
                   Visit visit) {
  if (by == OriginView::by_origin) {
    store.for_each_entry(1, view.state.record_count, [&](const StoredEntry& stored) {
      if (range.contains(stored.entry.origin_period())) visit(stored);
      return true;
    });
    return;
  }
  store.for_each_entry_of(range, [&](const StoredEntry& stored) {
    if (stored.record <= view.state.record_count) visit(stored);
    return true;
  });
}

}  // namespace

Result<Report> journal_report(const Store& store, const BookView& view, PeriodRange range,
                              OriginView by) {
  Report report = start_report(view, "journal", "Journal", range, by);
  report.columns = {{"entry", ColumnKind::key},
                    {"record", ColumnKind::count, 4},
                    {"date", ColumnKind::text},
                    {"posting_period", ColumnKind::text, 3},
                    {"origin_period", ColumnKind::text, 5},
                    {"account", ColumnKind::text},
                    {"debit", ColumnKind::figure},
                    {"credit", ColumnKind::figure},
                    {"memo", ColumnKind::text, 2},
                    {"ref", ColumnKind::text, 9}};
  std::int64_t debits = 0;
  std::int64_t credits = 0;
  visit_entries(store, view, range, by, [&](const StoredEntry& stored) {
    const Entry& entry = stored.entry;
    std::int64_t position = 0;
    for (const Line& line : entry.lines()) {
      const std::int64_t debit = std::max<std::int64_t>(line.amount_minor_units, 0);
      const std::int64_t credit = debit - line.amount_minor_units;
      debits += debit;
      credits += credit;
      report.rows.push_back(
          {stored.number, stored.record, entry.dated_on().to_string(),
           entry.posting_period().to_string(), entry.origin_period().to_string(),
           line.account.name(), money_figure(view.state, debit), money_figure(view.state, credit),
           entry.memo(),
           make_ref({"entry", std::to_string(stored.number), std::to_string(++position)})});
    }
  });
  report.totals = {{"debit", money_figure(view.state, debits)},
                   {"credit", money_figure(view.state, credits)}};
  report.column_sums = {{"debit", "debit"}, {"credit", "credit"}};
  report.checks = {{"debits = credits", money_figure(view.state, debits - credits)}};
  return report;
}

}  // namespace accrue

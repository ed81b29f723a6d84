#include "cli/summary.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "accounting/report/ref.h"

namespace accrue {

std::vector<PostedSum> posted_sums(const std::vector<Entry>& entries) {
  std::map<std::tuple<Period, Period, std::string>, std::int64_t> sums;
  for (const Entry& entry : entries) {
    for (const Line& line : entry.lines()) {
      Account account = line.account;
      account.service.clear();
      account.region.clear();
      sums[{entry.posting_period(), entry.origin_period(), account.name()}] +=
          line.amount_minor_units;
    }
  }
  std::vector<PostedSum> list;
  for (const auto& [key, amount] : sums) {
    if (amount == 0) continue;
    list.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), amount});
  }
  return list;
}

Cell cell_of(const std::string& text) { return text.empty() ? Cell{} : Cell{text}; }

Figure money(const BookState& state, std::int64_t minor_units) {
  return money_of(minor_units, state.functional());
}

Figure money_of(std::int64_t minor_units, Currency currency) {
  return {Decimal::from_scaled(minor_units, currency.minor_digits()), currency.minor_digits()};
}

Report start_summary(const Books& books, std::string name, std::string title) {
  const BookState& state = books.state();
  Report report;
  report.name = std::move(name);
  report.title = std::move(title);
  report.book_id = state.opened.book_id;
  report.currency = std::string{state.functional().code()};
  report.as_of = {state.record_count, to_hex(books.store().root(state.record_count))};
  return report;
}

Report posted_report(const Books& books, std::string name, std::string title,
                     const Recorded& recorded) {
  const BookState& state = books.state();
  Report report = start_summary(books, std::move(name), std::move(title));
  report.columns = {{"posting_period", ColumnKind::key}, {"origin_period", ColumnKind::key},
                    {"account", ColumnKind::key},        {"debit", ColumnKind::figure},
                    {"credit", ColumnKind::figure},      {"ref", ColumnKind::text, 9}};
  std::int64_t debits = 0;
  for (const PostedSum& sum : posted_sums(recorded.entries)) {
    const std::int64_t debit = std::max<std::int64_t>(sum.amount_minor_units, 0);
    debits += debit;
    report.rows.push_back({sum.posting_period.to_string(), sum.origin_period.to_string(),
                           sum.account, money(state, debit),
                           money(state, debit - sum.amount_minor_units),
                           make_ref({"record", std::to_string(recorded.record)})});
  }
  if (report.rows.empty()) {
    report.notes = {"nothing is posted"};
  } else {
    report.totals = {{"debit", money(state, debits)}, {"credit", money(state, debits)}};
  }
  return report;
}

void say_recorded(const Context& context, const Recorded& recorded) {
  if (context.options().mode == RunMode::dry_run) {
    context.say("dry run: this would be record " + std::to_string(recorded.record) +
                "; nothing was written");
  } else {
    context.say("record " + std::to_string(recorded.record) + ", root " + to_hex(recorded.root));
  }
}

}  // namespace accrue

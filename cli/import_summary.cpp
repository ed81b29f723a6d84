#include "cli/import_summary.h"

#include <algorithm>
#include <tuple>

#include "accounting/report/ref.h"
#include "ledger/proof/merkle.h"

namespace accrue {

namespace {

void add_to(RowsAndAmount& total, const RowsAndAmount& part) {
  total.row_count += part.row_count;
  total.amount += part.amount;
}

void add_totals(ImportSummary& summary, const Delivery& delivery) {
  for (const auto& [key, total] : delivery.by_category) {
    add_to(summary.by_category[std::string{focus_name(key.first)}][key.second], total);
  }
  for (const auto& [key, total] : delivery.by_account) {
    add_to(summary.by_account[key.first][key.second], total);
  }
  for (const auto& [key, total] : delivery.other_customers) {
    add_to(summary.other_customers[key.currency], total);
  }
}

/// How many there are where one that stands in two bills counts once.
std::int64_t count_of(const std::vector<Charge>& charges) {
  const auto differ = [](const Charge& a, const Charge& b) {
    return std::tie(a.at, a.key, a.kind, a.category, a.charge_class) !=
           std::tie(b.at, b.key, b.kind, b.category, b.charge_class);
  };
  std::int64_t count = charges.empty() ? 0 : 1;
  for (std::size_t i = 1; i < charges.size(); ++i) {
    if (differ(charges[i - 1], charges[i])) ++count;
  }
  return count;
}

PaidBy paid_by(std::span<const Charge> charges, const DrawTotals& drawn) {
  PaidBy paid;
  for (const Charge& charge : charges) {
    paid.drawn[charge.key.currency];
    paid.overage[charge.key.currency] += charge.amount;
  }
  for (const auto& [key, amount] : drawn) {
    if (key.grant.empty()) continue;
    paid.drawn[key.currency] += amount;
    paid.overage[key.currency] -= amount;
  }
  return paid;
}

std::vector<std::int64_t> replaced_records(const BookState& state, const Delivery& delivery,
                                           std::int64_t record) {
  std::vector<std::int64_t> records;
  if (delivery.mode != DeliveryMode::replace) return records;
  const std::vector<Period>& bills = delivery.billing_periods;
  for (const HeldDelivery& earlier : state.deliveries) {
    const bool is_replaced =
        earlier.record < record && earlier.terms.source == delivery.terms.source &&
        std::any_of(earlier.billing_periods.begin(), earlier.billing_periods.end(),
                    [&](Period bill) { return std::binary_search(bills.begin(), bills.end(), bill); });
    if (is_replaced) records.push_back(earlier.record);
  }
  return records;
}

ImportSummary start_summary(const BookState& state, const std::string& root,
                            const Delivery& delivery, std::int64_t record) {
  ImportSummary summary{.functional = state.functional()};
  summary.book_id = state.opened.book_id;
  summary.as_of = {state.record_count, root};
  summary.files = delivery.files;
  summary.crossing = delivery.crossing;
  summary.record = record;
  summary.replaced_records = replaced_records(state, delivery, record);
  summary.catch_up = delivery.catch_up;
  summary.charge_count = count_of(delivery.charges);
  summary.mode = delivery.mode;
  add_totals(summary, delivery);
  summary.quarantined_count = quarantined_count(delivery.files);
  return summary;
}

bool has_catch_up(const std::vector<PostedSum>& posted) {
  return std::any_of(posted.begin(), posted.end(), [](const PostedSum& sum) {
    return sum.origin_period < sum.posting_period;
  });
}

class Rows {
 public:
  Rows(Report& report, std::string ref) : report_{report}, ref_{std::move(ref)} {}

  void add(const std::string& what, const std::string& item, const std::string& currency,
           const Cell& rows, const Decimal& amount) {
    const Result<Currency> known = Currency::from_code(currency);
    const int digits = known.ok() ? known->minor_digits() : 0;
    report_.rows.push_back({what, item.empty() ? Cell{} : Cell{item}, currency, rows,
                            Figure{amount, digits}, ref_});
  }
  void add(const std::string& what, const std::string& item, const std::string& currency,
           const RowsAndAmount& total) {
    add(what, item, currency, total.row_count, total.amount);
  }
  void add_text(const std::string& what, const std::string& item) {
    report_.rows.push_back({what, item, Cell{}, Cell{}, Cell{}, ref_});
  }
  void add(const std::string& what, const std::string& item, std::int64_t rows) {
    report_.rows.push_back({what, item.empty() ? Cell{} : Cell{item}, Cell{}, rows, Cell{}, ref_});
  }

 private:
  Report& report_;
  std::string ref_;
};

}  // namespace

std::string_view focus_name(ChargeCategory category) {
  switch (category) {
    case ChargeCategory::usage: return "Usage";
    case ChargeCategory::purchase: return "Purchase";
    case ChargeCategory::tax: return "Tax";
    case ChargeCategory::credit: return "Credit";
    case ChargeCategory::adjustment: return "Adjustment";
  }
  return {};
}

ImportSummary summarise(const Books& books, const Delivery& delivery,
                        const std::vector<Warning>& warnings, const Recorded& recorded,
                        RunMode mode) {
  const BookState& state = books.state();
  ImportSummary summary =
      start_summary(state, to_hex(books.store().root(state.record_count)), delivery,
                    recorded.record);
  summary.record_count = mode == RunMode::write && recorded.record > 0 ? 1 : 0;
  if (delivery.mode == DeliveryMode::replace) {
    summary.replaced = replaced_lines(delivery.charges, recorded.charges);
  }
  summary.paid_by = paid_by(recorded.charges, recorded.drawn);
  summary.warnings = warnings;
  summary.posted = posted_sums(recorded.entries);
  return summary;
}

ImportSummary summarise(const BookView& view, const Delivery& delivery, const Record& record,
                        std::span<const Charge> charges, const DrawTotals& drawn) {
  ImportSummary summary = start_summary(view.state, view.root, delivery, record.sequence);
  summary.record_count = 1;
  summary.paid_by = paid_by(charges, drawn);
  if (delivery.mode == DeliveryMode::replace) {
    summary.replaced = replaced_lines(delivery.charges, charges);
  }
  summary.posted = posted_sums(record.entries);
  return summary;
}

Report import_report(const ImportSummary& summary) {
  Report report;
  report.name = "import-usage";
  report.title = summary.record > 0 ? "Usage: record " + std::to_string(summary.record)
                                    : "Usage: nothing changed";
  report.book_id = summary.book_id;
  report.currency = std::string{summary.functional.code()};
  report.as_of = summary.as_of;
  report.columns = {{"what", ColumnKind::text},     {"item", ColumnKind::text},
                    {"currency", ColumnKind::text}, {"rows", ColumnKind::count},
                    {"amount", ColumnKind::figure}, {"ref", ColumnKind::text, 9}};
  Rows rows{report, make_ref({"record", std::to_string(summary.record)})};
  for (const UsageFile& file : summary.files) rows.add("file", file.name, file.row_count);
  for (const auto& [category, by_currency] : summary.by_category) {
    for (const auto& [currency, total] : by_currency) rows.add("category", category, currency, total);
  }
  for (const auto& [account, by_currency] : summary.by_account) {
    for (const auto& [currency, total] : by_currency) rows.add("account", account, currency, total);
  }
  for (const auto& [currency, total] : summary.other_customers) {
    rows.add("other customers", "", currency, total);
  }
  rows.add("charges", "", summary.charge_count);
  for (const std::int64_t replaced : summary.replaced_records) {
    rows.add_text("replaces", "record " + std::to_string(replaced));
  }
  if (summary.quarantined_count > 0) {
    rows.add("quarantined", summary.quarantine_file, summary.quarantined_count);
  }
  const PaidBy& paid = summary.paid_by;
  for (const auto& [currency, amount] : paid.drawn) rows.add("drawn", "", currency, Cell{}, amount);
  for (const auto& [currency, amount] : paid.overage) {
    rows.add("overage", "", currency, Cell{}, amount);
  }
  for (const auto& [currency, amount] : summary.crossing) {
    rows.add("crossing a month end", "", currency, Cell{}, amount);
  }
  for (const ReplacedLine& line : summary.replaced) {
    const std::string what = line.investee + " " + line.service + " " + line.sku;
    rows.add("replaced, before", what, line.currency, Cell{}, line.before);
    rows.add("replaced, after", what, line.currency, Cell{}, line.after);
  }
  if (has_catch_up(summary.posted)) {
    rows.add_text("catch-up class", std::string{to_string(summary.catch_up)});
  }
  for (const PostedSum& sum : summary.posted) {
    rows.add("posted in " + sum.posting_period.to_string(), sum.account,
             std::string{summary.functional.code()}, Cell{},
             money_of(sum.amount_minor_units, summary.functional).value);
  }
  return report;
}

}  // namespace accrue

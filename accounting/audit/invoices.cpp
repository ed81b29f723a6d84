#include "accounting/audit/invoices.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "accounting/report/frame.h"
#include "accounting/report/ref.h"
#include "ledger/intake/fact.h"

namespace accrue {

namespace {

/// What stands of an account's bill.
struct Imported {
  RowsAndAmount sum;
  std::int64_t last_record = 0;
  bool is_divisible = true;  ///< false: part of it came with other months in one delivery
  bool is_billed = true;     ///< false: part of it is in another column than BilledCost
};

/// Billing account and currency.
using AccountKey = std::pair<std::string, std::string>;
/// What a source left of a month.
using Bill = std::map<AccountKey, Imported>;

/// What stands of every bill, source by source: a delivery that replaces takes what stood before.
std::map<std::pair<std::string, Period>, Bill> bills_of(const Store& store,
                                                        const BookState& state) {
  std::map<std::pair<std::string, Period>, Bill> bills;
  for (const HeldDelivery& held : state.deliveries) {
    const Record record = store.read_record(held.record);
    const Fact fact = decode(record.kind, record.fact);
    const Delivery& delivery = std::get<UsageImported>(fact).delivery;
    for (const Period month : held.billing_periods) {
      Bill& bill = bills[{held.terms.source, month}];
      if (held.mode == DeliveryMode::replace) bill.clear();
      for (const auto& [account, sum] : delivery.by_account) {
        Imported& imported = bill[account];
        imported.sum.row_count += sum.row_count;
        imported.sum.amount += sum.amount;
        imported.last_record = held.record;
        if (held.billing_periods.size() > 1) imported.is_divisible = false;
        if (held.terms.basis != Basis::billed) imported.is_billed = false;
      }
    }
  }
  return bills;
}

/// The larger of 100 and sqrt(rows) / 2, in minor units: compared exactly, as 4 d^2 <= rows.
bool is_tolerated(const Decimal& difference, std::int64_t rows, const Currency& currency) {
  const Int1024 minor_unit{power_of_ten(Decimal::fraction_digits - currency.minor_digits())};
  const Int1024 apart = boost::multiprecision::abs(Int1024{difference.units()});
  if (apart <= minor_unit * 100) return true;
  return apart * apart * 4 <= minor_unit * minor_unit * rows;
}

/// As shown: cut to a whole minor unit.
std::int64_t tolerance_of(std::int64_t rows) {
  const Int256 root = boost::multiprecision::sqrt(Int256{rows} / 4);
  return std::max<std::int64_t>(100, static_cast<std::int64_t>(root));
}

}  // namespace

Report invoice_report(const Store& store, const BookView& view,
                      std::span<const InvoicedAmount> invoices) {
  Report report = start_report(view, "invoices", "Usage imported against invoices", std::nullopt);
  report.columns = {{"billing_account", ColumnKind::key}, {"billing_period", ColumnKind::key},
                    {"currency", ColumnKind::key},        {"rows", ColumnKind::count, 4},
                    {"imported", ColumnKind::figure},     {"invoiced", ColumnKind::figure},
                    {"difference", ColumnKind::figure},   {"tolerance", ColumnKind::figure, 4},
                    {"finding", ColumnKind::text},        {"ref", ColumnKind::text, 9}};
  const auto bills = bills_of(store, view.state);
  std::int64_t finding_count = 0;
  bool is_billed = true;
  for (const InvoicedAmount& invoice : invoices) {
    Imported sum;
    for (const auto& [key, bill] : bills) {
      if (key.second != invoice.billing_period) continue;
      const auto found =
          bill.find({invoice.billing_account, std::string{invoice.currency.code()}});
      if (found == bill.end()) continue;
      sum.sum.row_count += found->second.sum.row_count;
      sum.sum.amount += found->second.sum.amount;
      sum.last_record = std::max(sum.last_record, found->second.last_record);
      sum.is_divisible = sum.is_divisible && found->second.is_divisible;
      is_billed = is_billed && found->second.is_billed;
    }
    const Currency currency = invoice.currency;
    const Decimal difference = sum.sum.amount - invoice.amount;
    const std::string finding =
        !sum.is_divisible ? "a delivery holds several months: not compared"
        : sum.last_record == 0 ? "nothing imported"
        : is_tolerated(difference, sum.sum.row_count, currency) ? ""
                                                                : "beyond the tolerance";
    if (!finding.empty()) ++finding_count;
    const auto amount = [&](const Decimal& value) {
      return sum.is_divisible ? Cell{exact_figure(value, currency)} : Cell{};
    };
    report.rows.push_back(
        {invoice.billing_account, invoice.billing_period.to_string(),
         std::string{currency.code()}, sum.sum.row_count, amount(sum.sum.amount),
         exact_figure(invoice.amount, currency), amount(difference),
         exact_figure(Decimal::from_scaled(tolerance_of(sum.sum.row_count),
                                           currency.minor_digits()),
                      currency),
         finding.empty() ? Cell{} : Cell{finding},
         sum.last_record == 0 ? make_ref({"periods", invoice.billing_period.to_string()})
                              : make_ref({"record", std::to_string(sum.last_record)})});
  }
  sort_rows(report);
  report.totals = {{"invoices", static_cast<std::int64_t>(invoices.size())},
                   {"findings", finding_count}};
  report.notes.emplace_back(
      "tolerance of FOCUS 1.4: the larger of 100 and sqrt(rows) / 2 minor units");
  if (!is_billed) {
    report.notes.emplace_back(
        "some of it is not in BilledCost, which an invoice sums: see the basis of the source");
  }
  return report;
}

}  // namespace accrue

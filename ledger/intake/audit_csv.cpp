#include "ledger/intake/audit_csv.h"

#include <optional>
#include <tuple>
#include <utility>

#include "ledger/intake/fact_rows.h"

namespace accrue {

namespace {

constexpr FactColumn finding_columns[] = {{"ref"}, {"audited"}};
constexpr FactColumn invoice_columns[] = {
    {"billing_account"}, {"billing_period"}, {"currency"}, {"amount"}};

}  // namespace

Result<FactsFile<AuditedAmount>> read_findings_csv(const std::string& path) {
  const auto read_row = [](FactRows& rows) -> std::optional<AuditedAmount> {
    std::string ref = rows.text("ref");
    return AuditedAmount{std::move(ref), rows.decimal("audited")};
  };
  return read_rows<AuditedAmount>(
      path, finding_columns, "ref", read_row, [](const AuditedAmount& row) { return row.ref; },
      [](const AuditedAmount& a, const AuditedAmount& b) { return a.audited == b.audited; },
      OtherColumns::passed_over);
}

Result<FactsFile<InvoicedAmount>> read_invoices_csv(const std::string& path,
                                                    FiscalCalendar calendar) {
  const auto read_row = [&](FactRows& rows) -> std::optional<InvoicedAmount> {
    std::string account = rows.text("billing_account");
    const PeriodRange period = rows.period("billing_period", calendar);
    const auto currency = rows.currency("currency");
    const Decimal amount = rows.decimal("amount");
    if (period.month_count() != 1) {
      rows.refuse("billing_period",
                  Error{.code = ErrorCode::bad_value,
                        .message = "billing_period: an invoice is of one month",
                        .hint = "write it like 2024-06"});
    }
    if (!currency) return std::nullopt;
    return InvoicedAmount{std::move(account), period.first, *currency, amount};
  };
  return read_rows<InvoicedAmount>(
      path, invoice_columns, "billing_period", read_row,
      [](const InvoicedAmount& row) {
        return std::tuple{row.billing_account, row.billing_period, row.currency};
      },
      [](const InvoicedAmount& a, const InvoicedAmount& b) { return a.amount == b.amount; });
}

}  // namespace accrue

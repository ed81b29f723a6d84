#pragma once

#include <string>

#include "ledger/intake/facts_csv.h"
#include "ledger/number/currency.h"
#include "ledger/number/decimal.h"
#include "ledger/time/period.h"

// What an auditor hands in; read and compared, never recorded.

namespace accrue {

/// What an item of a sample should have been, by its ref.
struct AuditedAmount {
  std::string ref;
  Decimal audited;
};

/// What a provider invoiced to an account for a month.
struct InvoicedAmount {
  std::string billing_account;
  Period billing_period;
  Currency currency;
  Decimal amount;
};

// Errors: those of the readers of facts_csv.h, without unknown_key where other columns may stand.

/// Columns: ref, audited. Other columns are passed over, so that a sample printed as CSV can be
/// filled in. A row without an audited amount is refused.
Result<FactsFile<AuditedAmount>> read_findings_csv(const std::string& path);

/// Columns: billing_account, billing_period (one month), currency, amount.
Result<FactsFile<InvoicedAmount>> read_invoices_csv(const std::string& path,
                                                    FiscalCalendar calendar);

}  // namespace accrue

#pragma once

#include <string>
#include <vector>

#include "ledger/error/error.h"
#include "ledger/intake/facts_csv.h"
#include "ledger/intake/usage.h"
#include "ledger/time/zone.h"

namespace accrue {

struct BillingPeriodsReading {
  /// One row per issuer and month of the book, in that order.
  FactsFile<ProviderPeriod> file;
  std::vector<Warning> warnings;
};

/// Reads a FOCUS Billing Period file, CSV or CSV.gz: InvoiceIssuerName, BillingPeriodStart,
/// BillingPeriodEnd, BillingPeriodStatus, and BillingPeriodLastUpdated where the file has it.
///
/// A bill is of the month that holds the middle of its first 28 days, as with usage. Where several
/// bills of an issuer are of one month, the month is closed when all of them are.
///
/// Warnings: column_case, value_case.
/// Errors:   those of focus::Feed; of rows: null_not_allowed, bad_date, empty_interval,
///           not_allowed_value, duplicate_id (two rows contradict each other), ragged_row.
/// Source:   FOCUS 1.4, Billing Period.
Result<BillingPeriodsReading> read_billing_periods(const std::string& path, const TimeZone& zone);

}  // namespace accrue

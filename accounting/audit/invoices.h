#pragma once

#include <span>

#include "accounting/posting/view.h"
#include "accounting/report/report.h"
#include "ledger/intake/audit_csv.h"
#include "ledger/store/store.h"

namespace accrue {

/// What was imported of an account's bill against what was invoiced, per billing account, billing
/// period and currency, within FOCUS's tolerance: the larger of 100 and sqrt(rows) / 2 minor units.
///
/// What stands of a month is what its deliveries say of the account, tax and credits included, in
/// the column they burn at. Where a delivery holds several months it does not say of which, and
/// nothing is compared.
/// Source: FOCUS 1.4, rounding variance tolerance of BilledCost per invoice.
Report invoice_report(const Store& store, const BookView& view,
                      std::span<const InvoicedAmount> invoices);

}  // namespace accrue

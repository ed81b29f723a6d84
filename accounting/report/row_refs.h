#pragma once

#include <string>

#include "accounting/report/reports.h"
#include "ledger/book/account.h"

// The refs of rows that figures of other reports are sums of.

namespace accrue {

/// Of the row of the period report that holds an account's revenue.
std::string period_row_ref(OriginView by, PeriodRange range, const Account& account);

/// Of the row of the roll-forward that holds a grant.
std::string rollforward_row_ref(OriginView by, PeriodRange range, const std::string& grant);

/// Of the row of the trial balance that holds an account.
std::string trial_balance_row_ref(OriginView by, PeriodRange range, const Account& account);

}  // namespace accrue

#pragma once

#include <optional>

#include "accounting/posting/view.h"
#include "accounting/report/report.h"
#include "ledger/store/store.h"
#include "ledger/time/period.h"

namespace accrue {

/// Every record that is a judgement, or has an approval: who prepared it, who approved it, and
/// whether the two are two. Closes, reopenings, estimates and, once two persons hold keys, keys.
/// With a range, the records that touch one of its periods.
Report approvals_report(const Store& store, const BookView& view,
                        std::optional<PeriodRange> range);

/// How often each person approved what each prepared; "nobody" where no second person did.
Report approvals_matrix(const Store& store, const BookView& view,
                        std::optional<PeriodRange> range);

}  // namespace accrue

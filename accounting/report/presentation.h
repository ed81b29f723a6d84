#pragma once

#include "accounting/posting/state.h"
#include "accounting/report/report.h"
#include "ledger/error/error.h"
#include "ledger/number/currency.h"

// A report shown otherwise than the book keeps it. Nothing here is recorded.

namespace accrue {

/// What amounts are shown in.
enum class Unit { one, thousand, million };

/// The report with that of another period beside it: of each figure also `NAME_before` and
/// `NAME_change`. Rows are matched by their keys; where only one of them has a row, amounts count
/// as zero in the other, and of other figures no change is claimed.
Report compared(const Report& report, const Report& before);

/// The report with every amount of money at the rate of `currency`, the last known at the end of
/// its range, each rounded half to even to the minor unit. Sums are footed again: they are the
/// sums of what is shown, and notes say where a total rounded on its own would differ. Face, usage,
/// percents and checks stay.
///
/// Errors: rate_missing.
/// Source: convenience translation; ASC 830-10-S99 (S-X 3-20).
Result<Report> translated(Report report, const BookState& state, Currency currency);

/// The report with every amount in thousands or millions, rounded half to even to one decimal, and
/// footed again as translated() does.
Report in_unit(Report report, Unit unit);

}  // namespace accrue

#pragma once

#include <cstdint>

#include "accounting/posting/view.h"
#include "accounting/report/report.h"
#include "ledger/store/store.h"

namespace accrue {

/// What lies around the end of a period: the usage of its last days and of the first after it, by
/// record, with where it is booked; usage of the period that came after its close; and entries
/// that are booked in the period and belong to another, or the other way round.
///
/// Days are those of the book's zone, `days` from 1 on each side.
Report cutoff_report(const Store& store, const BookView& view, PeriodRange period,
                     std::int32_t days);

}  // namespace accrue

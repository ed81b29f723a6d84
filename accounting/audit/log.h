#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "accounting/posting/view.h"
#include "accounting/report/report.h"
#include "ledger/book/record.h"
#include "ledger/store/store.h"
#include "ledger/time/period.h"

namespace accrue {

/// What of a record an auditor looks at first.
enum class LogMark {
  reopening,  ///< a close was taken back
  exception,  ///< a close accepted what stood against it
  estimate,   ///< an estimate changed
  late,       ///< revenue of a closed period was booked in a later one
  refused,    ///< an attempt on a closed period, or with a wrong approval
};

std::string_view to_string(LogMark mark);

/// Which records to list; what is left out admits all.
struct LogFilter {
  std::optional<PeriodRange> range = {};  ///< records that touch one of its periods
  std::optional<RecordKind> kind = {};
  std::optional<std::string> author = {};
  std::optional<LogMark> only = {};
};

/// Who did what, when and why: one row per record.
///
/// `gap_days` are the calendar days, in the book's zone, from the end of what the record is about to
/// the day it was recorded: of usage the end of the month of its last charge, of an estimate the
/// first day it holds for, of a close the end of its period, of a deal the day it was signed.
/// `late_revenue` is what the record booked for periods before those it was booked in, net within a
/// pair of periods, the pairs added up without their signs.
Report audit_log(const Store& store, const BookView& view, const LogFilter& filter);

}  // namespace accrue

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "accounting/report/report.h"
#include "ledger/time/period.h"

// What the reports of scenarios have in common: rows by month and investee.

namespace accrue {

/// The investee whose rows are those of all: "*", or the only one. Empty where it is neither.
std::string subject_of_all(const Report& report);

/// A month of a scenario-run, all investees together.
struct AssumedMonth {
  Period period;
  Figure revenue;  ///< is the sum of the next three
  Figure credit_revenue;
  Figure cash_revenue;
  Figure breakage;
  Figure liability;  ///< at its end
  Figure face_left;  ///< at its end
};

/// In order. Empty where the report is of another form.
std::vector<AssumedMonth> assumed_months_of(const Report& report);

Figure sum_of(const std::vector<AssumedMonth>& months, Figure AssumedMonth::*figure);

/// The first month of those without credits at their end that the last belongs to; nothing where
/// credits are left at the end.
std::optional<Period> none_left_from(const std::vector<AssumedMonth>& months);

}  // namespace accrue

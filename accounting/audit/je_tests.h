#pragma once

#include <cstdint>
#include <optional>

#include "accounting/posting/view.h"
#include "accounting/report/report.h"
#include "ledger/store/store.h"

namespace accrue {

/// What the tests of journal entries look for.
struct JournalTestTerms {
  std::int64_t round_minor_units = 0;  ///< whole multiples of it are round; above zero
  /// Working hours on a wall clock of the book's zone, in microseconds after midnight.
  std::int64_t opens = 0;
  std::int64_t shuts = 0;
  /// What someone must not sign for alone; nothing is tested without it.
  std::optional<std::int64_t> threshold_minor_units = {};
};

/// Whether every line has one on the other side that a posting rule joins it with.
bool has_usual_accounts(const Entry& entry);

/// Entries of the range that an auditor looks at first: round amounts, recorded outside working
/// hours or on a weekend, by an author of one record only, in the last two days before the close,
/// just under the threshold (by at most 5%), between accounts that no posting rule joins, with
/// catch-ups; and closes of the range that were taken back. Each test says how much it tested.
///
/// Source: ISA 240 paragraph A45; AU-C 240.32; AICPA Practice Alert 2003-02.
Report journal_tests_report(const Store& store, const BookView& view, PeriodRange range,
                            const JournalTestTerms& terms);

}  // namespace accrue

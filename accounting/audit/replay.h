#pragma once

#include <functional>
#include <optional>

#include "accounting/audit/findings.h"
#include "accounting/posting/books.h"
#include "ledger/store/store.h"

namespace accrue {

/// A book derived again from the facts of another.
struct Replay {
  AuditReport report;
  /// The fresh book; none where a fact could not be read or was refused, after which nothing can
  /// be derived.
  std::optional<Books> books;
};

/// Told the number of records replayed so far.
using ReplayProgress = std::function<void(std::int64_t)>;

/// By which rules entries are derived again.
enum class ReplayRules {
  recorded,  ///< those that each record names; one this program does not have ends the replay
  present,   ///< those of this program, whatever a record names
};

/// Derives every entry of the first `record_count` records again, in `fresh`, and compares record
/// by record, then balance by balance; each difference is named with both values.
Replay replay(const Store& book, std::int64_t record_count, Store fresh,
              const ReplayProgress& progress, ReplayRules rules = ReplayRules::recorded);

}  // namespace accrue

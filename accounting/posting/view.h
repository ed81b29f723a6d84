#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "accounting/posting/state.h"
#include "ledger/credit/draw.h"
#include "ledger/store/store.h"

namespace accrue {

/// Draws with the period they are reported in.
struct PostedDraws {
  Period posting_period;
  DrawTotals totals;
};

/// What the book knew after its first `state.record_count` records: everything a report reads.
/// At the head it comes from the projections, so that its cost follows accounts and periods;
/// for an earlier record it is derived from the facts.
struct BookView {
  BookState state;
  std::string root;  ///< hexadecimal, of the tree over those records
  Balances balances;
  /// Draws by posting period, frozen ones first; what is not frozen last, one item per period.
  std::vector<PostedDraws> draws;
};

/// `record_count` from 1 to the store's. Errors: rate_missing cannot occur for what was recorded.
BookView load_view(const Store& store, std::int64_t record_count);

/// The number of records not after the instant (semantics, section 9: as-of a time).
std::int64_t records_until(const Store& store, Instant at);

}  // namespace accrue

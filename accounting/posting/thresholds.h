#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "accounting/posting/state.h"
#include "accounting/posting/view.h"
#include "ledger/credit/burn_down.h"
#include "ledger/store/store.h"

namespace accrue {

/// Something about a grant that a person wants to hear of in time. No exception: nothing has to be
/// cleared.
struct Notice {
  /// grant_50_percent_drawn, ..80.., ..90.., ..100.., grant_expires_soon or grant_expired
  std::string code;
  std::string grant;
  std::string investee;
  std::optional<std::int64_t> percent;  ///< the threshold that was crossed
  Amount drawn;                         ///< cumulative, net of refunds
  Amount face;
  std::optional<Date> expires_on;  ///< the first day on which it pays nothing
  std::string message;

  Decimal left() const { return face.value - drawn.value; }
};

DrawnByGrant drawn_in(const BookView& view);

/// How soon an expiry is told of.
inline constexpr std::int64_t usual_expiry_days = 30;

/// The book's own time: the latest charge of its first `state.record_count` records or the end of
/// the last close, whichever is later. The clock has no part in it, so that equal books say the
/// same. Nothing in a book with neither.
std::optional<Instant> book_time(const Store& store, const BookState& state);

/// The grants whose draws came to 50, 80, 90 or 100 percent of their face: of each the highest it
/// had not reached before, in order of id. What a refund takes back is no crossing.
std::vector<Notice> crossings(const BookState& state, const DrawnByGrant& before,
                              const DrawnByGrant& after);

/// The highest of those that each grant has reached.
std::vector<Notice> reached(const BookState& state, const DrawnByGrant& drawn);

/// The grants with face left that expire within so many days after `now`, that not included.
std::vector<Notice> expiring(const BookState& state, const DrawnByGrant& drawn, Instant now,
                             std::int64_t within_days);

/// As expiring() with the usual days, of the grants that were not so near at `before`, or that
/// record `record` brought. One whose expiry was passed on the way is told of as expired.
std::vector<Notice> came_near_expiry(const BookState& state, const DrawnByGrant& drawn,
                                     std::int64_t record, std::optional<Instant> before,
                                     std::optional<Instant> now);

}  // namespace accrue

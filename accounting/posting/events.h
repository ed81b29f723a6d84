#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "accounting/posting/books.h"
#include "ledger/intake/event.h"
#include "ledger/intake/rate_card.h"

namespace accrue {

/// How a stream's events are to be accepted.
struct EventTerms {
  CatchUpClass catch_up = CatchUpClass::new_information;
  std::vector<RateCard> rate_card;              ///< its versions, in the order they were added
  std::vector<std::string> overage_currencies;  ///< sorted codes
};

/// An event that was not taken; the others of its group were.
struct RefusedEvent {
  std::size_t index = 0;  ///< in the group
  Error error;
};

/// What became of a group of events.
struct TakenEvents {
  Recorded recorded;             ///< record 0 when nothing in the group was new
  std::int64_t taken_count = 0;  ///< new to the book
  std::int64_t known_count = 0;  ///< in the book already, with equal content
  std::vector<RefusedEvent> refused;
};

/// Takes a group of events as one record: those that are new, matched and priced as the book
/// stands; those that are known are passed over, whatever has become of their grants since.
/// Others may write between two groups.
///
/// `stamp_after` makes the stamp of a record that follows one of the given time.
///
/// Errors: of the group: rate_missing, book_busy, now_before_last, those of `stamp_after`. Of
///         single events, in `refused`: event_conflict, and those of accept_event.
Result<TakenEvents> take_events(Books& books, const std::vector<Event>& events,
                                const EventTerms& terms,
                                const std::function<Result<Stamp>(Instant last)>& stamp_after,
                                RunMode mode);

}  // namespace accrue

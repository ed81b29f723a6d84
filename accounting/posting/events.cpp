#include "accounting/posting/events.h"

#include <map>
#include <optional>
#include <utility>

#include "ledger/intake/event_reader.h"

namespace accrue {

namespace {

std::string describe(const Event& event) {
  const ChargeKey& key = event.key;
  std::string text = event.metered
                         ? event.metered->quantity.to_string() + " " + event.metered->unit
                         : event.amount.to_string() + " " + key.currency;
  text += " at " + event.at.to_string() + ", account " + key.billing_account;
  for (const auto& [name, value] :
       {std::pair{"sub account", &key.sub_account}, std::pair{"service", &key.service},
        std::pair{"SKU", &key.sku}, std::pair{"region", &key.region},
        std::pair{"type", &event.type}, std::pair{"subject", &event.subject}}) {
    if (!value->empty()) text += std::string{", "} + name + " " + *value;
  }
  return text;
}

/// A group while it is looked through against the book as it stands.
class Group {
 public:
  Group(const Books& books, const EventTerms& terms)
      : store_{books.store()},
        investments_{books.state().investment_list()},
        matcher_{investments_, books.state().zone},
        context_{matcher_, books.state().zone,
                 [&books](const std::string& investee, const std::string& currency) {
                   return books.state().has_grant(investee, currency);
                 },
                 terms.rate_card, terms.overage_currencies} {}

  void look_at(std::size_t index, const Event& stated) {
    const std::string hash = content_hash(stated);
    if (const std::optional<Earlier> earlier = taken_before(stated)) {
      if (earlier->content_hash == hash) {
        ++taken_.known_count;
      } else {
        taken_.refused.push_back({index, conflict(stated, *earlier)});
      }
      return;
    }
    Result<Event> accepted = accept_event(stated, context_);
    if (!accepted.ok()) {
      taken_.refused.push_back({index, accepted.error()});
      return;
    }
    in_group_.emplace(std::pair{stated.source, stated.id}, std::pair{hash, events_.size()});
    events_.push_back(std::move(*accepted));
    ++taken_.taken_count;
  }

  std::vector<Event> take_events() { return std::move(events_); }
  TakenEvents take_result() { return std::move(taken_); }

 private:
  /// An event that was taken under a key.
  struct Earlier {
    std::string content_hash;
    std::int64_t record = 0;       ///< 0: it is of this group,
    std::size_t place_in_group = 0;  ///< and stands here
  };

  std::optional<Earlier> taken_before(const Event& stated) const {
    if (const auto earlier = in_group_.find({stated.source, stated.id});
        earlier != in_group_.end()) {
      return Earlier{earlier->second.first, 0, earlier->second.second};
    }
    const std::optional<StoredEvent> stored = store_.find_event({stated.source, stated.id});
    if (!stored) return std::nullopt;
    return Earlier{stored->content_hash, stored->record, 0};
  }

  Error conflict(const Event& given, const Earlier& earlier) const {
    const bool is_in_book = earlier.record > 0;
    const std::string where =
        is_in_book ? "in the book, record " + std::to_string(earlier.record)
                   : "earlier in the stream";
    const Event held =
        is_in_book ? stored_event(earlier.record, given) : events_[earlier.place_in_group];
    return Error{.code = ErrorCode::event_conflict,
                 .message = "event '" + given.id + "' of " + given.source +
                            " was taken with other content",
                 .notes = {where + ": " + describe(held), "given: " + describe(given)},
                 .hint = std::string{page_of(ErrorCode::event_conflict).fix}};
  }

  Event stored_event(std::int64_t number, const Event& wanted) const {
    const Record record = store_.read_record(number);
    const Fact fact = decode(record.kind, record.fact);
    for (const Event& event : std::get<EventsAccepted>(fact).events) {
      if (event.source == wanted.source && event.id == wanted.id) return event;
    }
    throw StoreFailure{"record " + std::to_string(number) + " lacks event '" + wanted.id +
                       "', which it is said to have brought"};
  }

  const Store& store_;
  std::vector<Investment> investments_;
  AccountMatcher matcher_;
  EventContext context_;
  std::map<std::pair<std::string, std::string>, std::pair<std::string, std::size_t>> in_group_;
  std::vector<Event> events_;
  TakenEvents taken_;
};

}  // namespace

Result<TakenEvents> take_events(Books& books, const std::vector<Event>& events,
                                const EventTerms& terms,
                                const std::function<Result<Stamp>(Instant last)>& stamp_after,
                                RunMode mode) {
  // Each time others win, they have written: nobody can be held up for ever by a book at rest.
  constexpr int most_attempts = 1000;
  for (int attempt = 1;; ++attempt) {
    books.refresh();
    Group group{books, terms};
    {
      const Store::Snapshot held = books.store().hold();
      for (std::size_t i = 0; i < events.size(); ++i) group.look_at(i, events[i]);
    }
    TakenEvents taken = group.take_result();
    if (taken.taken_count == 0) return taken;
    ACCRUE_TRY(stamp, stamp_after(books.state().last_recorded_at));
    const std::int64_t records_before = books.state().record_count;
    Result<Recorded> recorded =
        books.record(EventsAccepted{terms.catch_up, group.take_events()}, stamp, mode);
    if (recorded.ok()) {
      taken.recorded = std::move(*recorded);
      return taken;
    }
    const bool others_wrote = recorded.error().code == ErrorCode::book_busy &&
                              books.state().record_count != records_before;
    if (!others_wrote || attempt == most_attempts) return recorded.refusal();
  }
}

}  // namespace accrue

// What each fact makes of the state of a book.

#include <algorithm>

#include "accounting/posting/make_grant.h"
#include "accounting/posting/saved_forecasts.h"
#include "accounting/posting/state.h"
#include "ledger/book/codec.h"
#include "ledger/credit/matching.h"
#include "ledger/error/check.h"
#include "ledger/error/suggest.h"

namespace accrue {

namespace {

class FactAdder {
 public:
  FactAdder(BookState& state, std::int64_t record) : state_{state}, record_{record} {}

  Result<Done> operator()(const BookOpened& fact) const {
    return Error{.code = ErrorCode::duplicate_id,
                 .message = "book '" + fact.book_id + "' opens once, in its first record"};
  }

  Result<Done> operator()(const InvestmentAdded& fact) const {
    const Investment& added = fact.investment;
    if (const HeldInvestment* held = state_.find_investment(added.id)) {
      return Error{.code = ErrorCode::duplicate_id,
                   .message = "investment '" + added.id + "' is in the book already",
                   .notes = {"recorded in record " + std::to_string(held->record) + " from " +
                             held->file},
                   .hint = "choose another id, or see accrue investment show " + added.id};
    }
    const std::vector<Investment> present = state_.investment_list();
    ACCRUE_TRY_DONE(AccountMatcher::check(present, added, state_.zone));
    ACCRUE_TRY(price, price_deal(added, state_.functional(), state_.rates));
    for (std::size_t i = 0; i < added.tranches.size(); ++i) {
      state_.grants.push_back(
          {record_, make_grant(state_, added, added.tranches[i], price.tranches[i])});
      posts_in(Period::of(price.tranches[i].received_on));
    }
    posts_in(Period::of(added.signed_on));
    state_.investments.push_back({record_, added, std::move(price), fact.file, fact.text});
    return Done{};
  }

  Result<Done> operator()(const UsageImported& fact) const {
    const Delivery& delivery = fact.delivery;
    add_delivery({delivery.terms, delivery.mode, delivery.catch_up, delivery.files,
                  delivery.billing_periods});
    for (const Charge& charge : delivery.charges) posts_in(state_.zone.period_of(charge.at));
    return Done{};
  }

  Result<Done> operator()(const EventsAccepted& fact) const {
    for (const Event& event : fact.events) {
      if (!event.key.investee.empty()) posts_in(state_.zone.period_of(event.at));
    }
    return Done{};
  }

  Result<Done> operator()(const RateCardAdded& fact) const {
    for (const HeldRateCard& held : state_.rate_cards) {
      if (held.card.id != fact.card.id || held.card.currency == fact.card.currency) continue;
      return Error{.code = ErrorCode::duplicate_id,
                   .message = "rate card '" + fact.card.id + "' is in the book in another currency",
                   .notes = {"in the book: " + std::string{held.card.currency.code()} +
                             ", in the file: " + std::string{fact.card.currency.code()}},
                   .hint = "give the card another id"};
    }
    state_.rate_cards.push_back({record_, fact.card, fact.text});
    return Done{};
  }

  Result<Done> operator()(const BillingPeriodsImported& fact) const {
    for (const ProviderPeriod& row : fact.rows) {
      state_.provider_periods.insert_or_assign({row.issuer, row.period}, row);
    }
    return Done{};
  }

  Result<Done> operator()(const KeyRegistered& fact) const {
    ACCRUE_TRY(key, VerifierKey::parse(fact.verifier_key));
    for (const HeldKey& held : state_.keys) {
      if (held.key.name() != key.name() || held.key.id() != key.id()) continue;
      return Error{.code = ErrorCode::duplicate_id,
                   .message = "key '" + key.name() + "' is in the book already",
                   .notes = {"registered in record " + std::to_string(held.record) + " for " +
                             held.person},
                   .hint = "see accrue key list"};
    }
    for (const HeldKey& held : state_.keys) {
      if (held.key.public_key() != key.public_key() || held.person == fact.person) continue;
      return Error{.code = ErrorCode::duplicate_id,
                   .message = "key '" + key.name() + "' is that of " + held.person,
                   .notes = {"registered as " + held.key.name() + " in record " +
                             std::to_string(held.record)},
                   .hint = "each person makes a key of their own: accrue keygen FILE --name NAME"};
    }
    state_.keys.push_back({record_, fact.person, key});
    return Done{};
  }

  Result<Done> operator()(const CheckpointSigned& fact) const {
    ACCRUE_TRY(note, parse_note(fact.note));
    ACCRUE_TRY(checkpoint, parse_checkpoint(note.text));
    const std::string origin = origin_of_book(state_.opened.book_id);
    if (checkpoint.origin != origin) {
      return Error{.code = ErrorCode::checkpoint_differs,
                   .message = "the checkpoint is of another book",
                   .notes = {"origin of the checkpoint: " + checkpoint.origin,
                             "origin of the book:       " + origin}};
    }
    if (checkpoint.size < 1 || checkpoint.size >= record_) {
      return Error{.code = ErrorCode::checkpoint_differs,
                   .message = "the checkpoint is over " + std::to_string(checkpoint.size) +
                              " records, and the book has " + std::to_string(record_ - 1)};
    }
    state_.checkpoints.push_back({record_, std::move(note), std::move(checkpoint)});
    return Done{};
  }

  Result<Done> operator()(const TimestampAttached& fact) const {
    if (state_.find_checkpoint(fact.checkpoint) == nullptr) {
      return Error{.code = ErrorCode::unknown_id,
                   .message = "record " + std::to_string(fact.checkpoint) +
                              " keeps no checkpoint",
                   .hint = "see accrue audit checkpoints"};
    }
    state_.time_stamps.push_back({record_, fact.checkpoint, fact.response});
    return Done{};
  }

  Result<Done> operator()(const EstimateChanged& fact) const {
    ACCRUE_TRY(held, state_.grant_named(fact.grant));
    if (held->grant.breakage_method == BreakageMethod::remote) {
      return Error{.code = ErrorCode::estimate_for_remote,
                   .message = "grant '" + held->grant.id + "' has remote breakage: it takes no "
                              "estimate"};
    }
    const Decimal unused = fact.expected_unused.of(held->grant.face.value);
    if (unused.sign() < 0 || unused >= held->grant.face.value) {
      return Error{.code = ErrorCode::bad_value,
                   .message = "the expected unused part must be zero or more and below the face",
                   .notes = {"given: " + unused.to_string() + ", face: " +
                             held->grant.face.value.to_string()}};
    }
    ACCRUE_TRY_DONE(require_open(fact.from));
    if (fact.evidence) ACCRUE_TRY_DONE(cited_forecast(state_, *fact.evidence));
    state_.estimates.push_back(
        {record_, held->grant.id, fact.expected_unused, fact.from, fact.evidence});
    return Done{};
  }

  Result<Done> operator()(const SegmentImported& fact) const {
    for (const SegmentRevenue& row : fact.rows) {
      const auto twin = std::find_if(
          state_.segments.begin(), state_.segments.end(), [&](const SegmentRevenue& held) {
            return held.segment == row.segment && held.basis == row.basis &&
                   held.period == row.period;
          });
      if (twin == state_.segments.end()) {
        state_.segments.push_back(row);
      } else if (!(*twin == row)) {
        return conflicting("revenue of segment " + row.segment + ", basis " + row.basis,
                           row.period, twin->revenue, row.revenue);
      }
    }
    return Done{};
  }

  Result<Done> operator()(const BaseImported& fact) const {
    for (const BaseRevenue& row : fact.rows) {
      const auto twin = std::find_if(
          state_.bases.begin(), state_.bases.end(), [&](const BaseRevenue& held) {
            return held.investee == row.investee && held.segment == row.segment &&
                   held.period == row.period;
          });
      if (twin == state_.bases.end()) {
        state_.bases.push_back(row);
      } else if (!(*twin == row)) {
        return conflicting("base revenue of " + row.investee, row.period, twin->revenue,
                           row.revenue);
      }
    }
    return Done{};
  }

  Result<Done> operator()(const RatesImported& fact) const {
    for (const ExchangeRate& row : fact.rows) state_.rates.add(row.from.code(), row.on, row.rate);
    return Done{};
  }

  Result<Done> operator()(const PeriodClosed& fact) const {
    const std::optional<Period> through = state_.closed_through();
    const Period expected =
        through ? through->next() : std::min(state_.earliest.value_or(fact.period), fact.period);
    if (fact.period < expected) {
      return Error{.code = ErrorCode::period_closed,
                   .message = fact.period.to_string() + " is closed already",
                   .hint = "the first open period is " + expected.to_string()};
    }
    if (fact.period > expected) {
      return Error{.code = ErrorCode::earlier_period_open,
                   .message = fact.period.to_string() + " cannot close: " + expected.to_string() +
                              " is still open",
                   .hint = "accrue close " + fact.period.to_string() +
                           " --through closes them one by one"};
    }
    if (const auto* const cited = std::get_if<CitedForecast>(&fact.forecast)) {
      ACCRUE_TRY(held, cited_forecast(state_, *cited));
      ACCRUE_TRY_DONE(require_months_after(held->fact, fact.period));
    }
    if (!state_.first_period) state_.first_period = fact.period;
    state_.closes.push_back({record_, fact.period, fact.forecast});
    return Done{};
  }

  Result<Done> operator()(const PeriodReopened& fact) const {
    if (state_.closes.empty() || state_.closes.back().period != fact.period) {
      return Error{.code = ErrorCode::period_not_closed,
                   .message = fact.period.to_string() + " is not the last closed period",
                   .hint = state_.closes.empty()
                               ? std::string{"no period is closed"}
                               : "the last closed period is " +
                                     state_.closes.back().period.to_string()};
    }
    state_.closes.pop_back();
    if (state_.closes.empty()) state_.first_period = state_.opened.first_period;
    return Done{};
  }

  Result<Done> operator()(const AttemptRefused&) const { return Done{}; }

  Result<Done> operator()(const ForecastSaved& fact) const {
    for (const HeldForecast& held : state_.forecasts) {
      if (held.fact.name != fact.name) continue;
      return Error{.code = ErrorCode::duplicate_id,
                   .message = "forecast '" + fact.name + "' is in the book already",
                   .notes = {"saved in record " + std::to_string(held.record) + " from " +
                             held.fact.file},
                   .hint = "a saved forecast never changes: choose another name"};
    }
    state_.forecasts.push_back({record_, fact});
    return Done{};
  }

  Result<Done> operator()(const TrancheAssumed& fact) const {
    const auto held = std::find_if(state_.grants.begin(), state_.grants.end(),
                                   [&](const HeldGrant& grant) { return grant.grant.id == fact.grant; });
    LEDGER_CHECK(held != state_.grants.end(), "no grant " + fact.grant, "a grant of the book");
    const auto deal = std::find_if(
        state_.investments.begin(), state_.investments.end(),
        [&](const HeldInvestment& other) { return other.investment.id == held->grant.investment; });
    const auto tranche = std::find_if(
        deal->investment.tranches.begin(), deal->investment.tranches.end(),
        [&](const Tranche& other) { return other.id == held->grant.tranche; });
    const Grant before = held->grant;
    if (fact.issued_on) tranche->issued_on = *fact.issued_on;
    if (fact.begins_on) tranche->begins_on = *fact.begins_on;
    if (fact.expires_on) tranche->expires_on = *fact.expires_on;
    if (fact.priority) tranche->priority = *fact.priority;
    TranchePrice price{before.tranche, before.price_minor_units, before.price_per_unit,
                       before.received_on};
    if (fact.issued_on && deal->investment.shares == Shares::with_tranche) {
      // What is received on another day is translated at the rate of that day.
      ACCRUE_TRY(priced, price_deal(deal->investment, state_.functional(), state_.rates));
      price = priced.tranches[static_cast<std::size_t>(tranche -
                                                       deal->investment.tranches.begin())];
    }
    held->grant = make_grant(state_, deal->investment, *tranche, price);
    held->grant.id = before.id;
    ACCRUE_TRY_DONE(require_to_come(before, held->grant));
    return Done{};
  }

  void add_delivery(const DeliveryHead& head) const {
    state_.deliveries.push_back({record_, head.terms, head.mode, head.catch_up,
                                 quarantined_count(head.files), head.billing_periods});
  }

 private:
  void posts_in(Period period) const {
    if (!state_.earliest || period < *state_.earliest) state_.earliest = period;
  }

  /// What lies in closed periods happened as it did.
  Result<Done> require_to_come(const Grant& before, const Grant& after) const {
    if (after.issued_on != before.issued_on) {
      ACCRUE_TRY_DONE(require_open(Period::of(before.issued_on)));
      ACCRUE_TRY_DONE(require_open(Period::of(after.issued_on)));
    }
    if (after.begins_at != before.begins_at) {
      ACCRUE_TRY_DONE(require_open(state_.zone.period_of(before.begins_at)));
      ACCRUE_TRY_DONE(require_open(state_.zone.period_of(after.begins_at)));
    }
    if (after.ends_at != before.ends_at) {
      if (before.expiry_period) ACCRUE_TRY_DONE(require_open(*before.expiry_period));
      if (after.expiry_period) ACCRUE_TRY_DONE(require_open(*after.expiry_period));
    }
    if (after.ends_at && *after.ends_at <= after.begins_at) {
      return Error{.code = ErrorCode::empty_interval,
                   .message = "grant '" + after.id + "' would end before it begins"};
    }
    return Done{};
  }

  Result<Done> require_open(Period period) const {
    if (!state_.is_closed(period)) return Done{};
    return Error{.code = ErrorCode::period_closed,
                 .message = period.to_string() + " is closed",
                 .hint = "the first open period is " + state_.closed_through()->next().to_string()};
  }

  static Error conflicting(const std::string& what, PeriodRange period, const Decimal& held,
                           const Decimal& given) {
    return Error{.code = ErrorCode::duplicate_id,
                 .message = what + " for " + period.first.to_string() + " is in the book already",
                 .notes = {"in the book: " + held.to_string() + ", in the file: " +
                           given.to_string()},
                 .hint = "a recast series needs a basis of its own"};
  }

  BookState& state_;
  std::int64_t record_;
};

/// Facts of this kind hold every charge of a delivery; the state needs their head only.
constexpr std::int64_t head_bytes = 64 * 1024;

DeliveryHead read_head(const Store& store, std::int64_t record) {
  try {
    return decode_delivery_head(store.read_fact_prefix(record, head_bytes));
  } catch (const DamagedBytes&) {
    return decode_delivery_head(store.read_record(record).fact);
  }
}

BookState open_state(const Store& store) {
  const Record first = store.read_record(1);
  BookOpened opened = std::get<BookOpened>(decode(first.kind, first.fact));
  Result<TimeZone> zone = TimeZone::named(opened.time_zone);
  if (!zone.ok()) throw StoreFailure{"the book's time zone " + opened.time_zone + " is not known here"};
  return BookState{std::move(opened), std::move(zone).value(), first.recorded_at};
}

}  // namespace

Result<Done> add_fact(BookState& state, const Fact& fact, std::int64_t record) {
  return std::visit(FactAdder{state, record}, fact);
}

BookState load_state(const Store& store, std::int64_t record_count) {
  BookState state = open_state(store);
  store.for_each_record_head(2, record_count, [&](const Record& head) {
    if (head.kind == RecordKind::usage_imported) {
      FactAdder{state, head.sequence}.add_delivery(read_head(store, head.sequence));
    } else if (head.kind == RecordKind::events_accepted) {
      // Their charges are read where they are needed.
    } else {
      if (head.kind == RecordKind::tranche_assumed && !store.is_in_memory()) {
        throw StoreFailure{"record " + std::to_string(head.sequence) +
                           " is an assumption of a scenario: a book holds what happened"};
      }
      const Record record = store.read_record(head.sequence);
      const Fact fact = decode(head.kind, record.fact);
      if (!add_fact(state, fact, head.sequence).ok()) {
        throw StoreFailure{"record " + std::to_string(head.sequence) +
                           " contradicts the records before it"};
      }
      keep_leaf_hash(state, record);
    }
    state.record_count = head.sequence;
    state.last_recorded_at = head.recorded_at;
    return true;
  });
  if (const std::optional<Period> first = store.first_charge_period(record_count)) {
    state.earliest = std::min(state.earliest.value_or(*first), *first);
  }
  return state;
}

}  // namespace accrue

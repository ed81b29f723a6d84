#include "accounting/posting/books.h"

#include <algorithm>
#include <map>
#include <utility>

#include "accounting/posting/approvals.h"
#include "accounting/posting/checkpoints.h"
#include "accounting/posting/entries.h"
#include "accounting/posting/saved_forecasts.h"
#include "accounting/posting/served.h"
#include "accounting/posting/ties.h"
#include "ledger/book/codec.h"
#include "ledger/credit/replacement.h"
#include "ledger/error/check.h"

namespace accrue {

namespace {

/// Facts that change nothing that is posted.
bool is_silent(const Fact& fact) {
  return std::holds_alternative<SegmentImported>(fact) ||
         std::holds_alternative<BaseImported>(fact) ||
         std::holds_alternative<RateCardAdded>(fact) ||
         std::holds_alternative<BillingPeriodsImported>(fact) ||
         std::holds_alternative<AttemptRefused>(fact) ||
         std::holds_alternative<KeyRegistered>(fact) ||
         std::holds_alternative<CheckpointSigned>(fact) ||
         std::holds_alternative<TimestampAttached>(fact) ||
         std::holds_alternative<ForecastSaved>(fact);
}

/// Whether deals were added to the book since the fact was made.
enum class Deals { as_they_were, added };

/// Why a fact that was made of the book as it stood cannot be taken now that others have written.
std::optional<Error> outdated(const Fact& fact, Deals deals) {
  if (std::holds_alternative<EventsAccepted>(fact)) {
    return Error{.code = ErrorCode::book_busy,
                 .message = "others wrote to the book while the events were read",
                 .hint = "send the events again: those that were taken are known"};
  }
  // A delivery was matched to investees as the deals stood when it was read.
  if (std::holds_alternative<UsageImported>(fact) && deals == Deals::added) {
    return Error{.code = ErrorCode::book_busy,
                 .message = "a deal was added to the book while the usage was read",
                 .hint = "run the import again: it may match other accounts now"};
  }
  return std::nullopt;
}

/// Facts after which what was served must be served anew: grants and closes.
bool moves_served(const Fact& fact) {
  return std::holds_alternative<InvestmentAdded>(fact) ||
         std::holds_alternative<TrancheAssumed>(fact) ||
         std::holds_alternative<PeriodClosed>(fact) || std::holds_alternative<PeriodReopened>(fact);
}

/// Draws of charges whose period the close covers, apart from those that stay open.
std::pair<DrawTotals, DrawTotals> split_at_close(const DrawTotals& totals, Period closing) {
  std::pair<DrawTotals, DrawTotals> parts;
  for (const auto& [key, amount] : totals) {
    (key.origin_period <= closing ? parts.first : parts.second).emplace(key, amount);
  }
  return parts;
}

DrawTotals minus(DrawTotals totals, const DrawTotals& before) {
  for (const auto& [key, amount] : before) totals[key] -= amount;
  std::erase_if(totals, [](const auto& cell) { return cell.second.is_zero(); });
  return totals;
}

void require_ties(const std::vector<Tie>& ties) {
  for (const Tie& tie : broken(ties)) {
    LEDGER_CHECK(tie.difference().is_zero(), tie.name + ": " + tie.left.to_string(),
                 tie.right.to_string());
  }
}

std::vector<StoredCharge> stored_charges(const std::vector<Charge>& charges, const TimeZone& zone,
                                         std::int64_t record) {
  std::vector<StoredCharge> stored;
  stored.reserve(charges.size());
  for (const Charge& charge : charges) {
    stored.push_back({record, zone.period_of(charge.at), charge});
  }
  return stored;
}

/// Events are charges one at a time; those of other customers are none.
std::vector<Charge> charges_of_events(const std::vector<Event>& events) {
  std::vector<Charge> charges;
  for (const Event& event : events) {
    if (event.key.investee.empty()) continue;
    charges.push_back(
        {.at = event.at, .key = event.key, .row_count = 1, .amount = event.amount});
  }
  return charges;
}

/// What file deliveries of the source left in the bills.
std::vector<Charge> standing_charges(const Store& store, const BookState& state,
                                     const Delivery& delivery) {
  std::vector<std::int64_t> records;
  for (const HeldDelivery& held : state.deliveries) {
    if (held.terms.source == delivery.terms.source) records.push_back(held.record);
  }
  std::vector<Charge> standing;
  store.for_each_charge_of_bills(
      records, delivery.billing_periods,
      [&](const StoredCharge& stored) { standing.push_back(stored.charge); });
  return standing;
}

/// Whether two deliveries state the same, whatever the order of their rows.
bool has_equal_totals(const Delivery& a, const Delivery& b) {
  return a.by_category == b.by_category && a.by_account == b.by_account &&
         a.other_customers == b.other_customers && a.settled == b.settled &&
         a.crossing == b.crossing && quarantined_count(a.files) == quarantined_count(b.files);
}

Result<Done> refuse_known_files(const Store& store, const Delivery& delivery) {
  for (const UsageFile& file : delivery.files) {
    const std::optional<std::int64_t> record = store.record_of_file(file.sha256);
    if (!record) continue;
    return Error{.code = ErrorCode::already_imported,
                 .message = file.name + " is in the book already, in record " +
                            std::to_string(*record),
                 .place = {.file = file.name},
                 .notes = {"SHA-256 " + to_hex(file.sha256), "nothing was changed"}};
  }
  return Done{};
}

}  // namespace

std::string trial_balance_hash(const Balances& booked, Period through) {
  std::map<std::string, std::int64_t> by_account;
  for (const auto& [key, amount] : booked) {
    if (key.posting_period <= through) by_account[key.account.name()] += amount;
  }
  ByteWriter writer;
  for (const auto& [name, amount] : by_account) {
    if (amount == 0) continue;
    writer.put_text(name);
    writer.put_i64(amount);
  }
  const Digest digest = sha256(writer.take());
  return {digest.begin(), digest.end()};
}

Books::Books(Store store, BookState state) : store_{std::move(store)}, state_{std::move(state)} {}

Result<Books> Books::create(Store store, const BookOpened& opened, const Stamp& stamp) {
  ACCRUE_TRY(zone, TimeZone::named(opened.time_zone));
  ACCRUE_TRY(transaction, store.begin());
  store.append(Record{.sequence = 1,
                      .kind = RecordKind::book_opened,
                      .recorded_at = stamp.now,
                      .author = stamp.author,
                      .reason = stamp.reason,
                      .identity = stamp.identity,
                      .fact = encode(Fact{opened})});
  transaction.commit();
  BookState state{opened, zone, stamp.now};
  return Books{std::move(store), std::move(state)};
}

Books Books::open(Store store) {
  BookState state = load_state(store, store.record_count());
  return Books{std::move(store), std::move(state)};
}

void Books::reload() {
  state_ = load_state(store_, store_.record_count());
  serving_.reset();
}

void Books::refresh() {
  if (store_.record_count() != state_.record_count) reload();
}

Result<Recorded> Books::record(Fact fact, const Stamp& stamp, RunMode mode) {
  LEDGER_CHECK(mode != RunMode::assumed || store_.is_in_memory(), "a book in a file",
               "a copy in memory, for what is assumed");
  ACCRUE_TRY(transaction, store_.begin(patience_));
  if (store_.record_count() != state_.record_count) {
    const std::size_t deals = state_.investments.size();
    reload();
    const Deals since = state_.investments.size() == deals ? Deals::as_they_were : Deals::added;
    if (const std::optional<Error> error = outdated(fact, since)) return *error;
  }
  if (stamp.after && *stamp.after != state_.record_count) {
    return Error{.code = ErrorCode::book_busy,
                 .message = "others wrote to the book while it was being looked at",
                 .hint = "look at it again as it stands now"};
  }
  if (stamp.now < state_.last_recorded_at) {
    return Error{.code = ErrorCode::now_before_last,
                 .message = stamp.now.to_string() + " is before the last record, " +
                            state_.last_recorded_at.to_string()};
  }
  Result<Recorded> recorded = append(fact, stamp, mode);
  if (recorded.ok() && recorded->record == 0) {
    transaction.roll_back();
    return recorded;
  }
  if (recorded.ok() && mode != RunMode::dry_run) {
    transaction.commit();
    return recorded;
  }
  transaction.roll_back();
  reload();
  return recorded;
}

const Books::Serving& Books::serving() {
  if (!serving_) {
    DrawTotals frozen = load_frozen_draws(store_, state_);
    BurnDown served = serve_open_charges(store_, state_, frozen);
    serving_.emplace(Serving{std::move(frozen), std::move(served)});
  }
  return *serving_;
}

Result<Derivation> Books::derive(std::optional<Period> closing) {
  const auto& [frozen, served] = serving();
  return accrue::derive(state_, served, frozen, store_.read_balances(), closing);
}

Result<std::vector<Exception>> Books::exceptions(Period period) {
  ACCRUE_TRY(derivation, derive(period));
  return exceptions_of(period, state_, derivation);
}

Result<Done> Books::prepare_close(PeriodClosed& close, const Derivation& derivation) const {
  const std::vector<Exception> standing = exceptions_of(close.period, state_, derivation);
  std::vector<std::string> notes;
  for (const Exception& exception : standing) {
    const bool accepted = std::any_of(
        close.accepted.begin(), close.accepted.end(), [&](const AcceptedException& acceptance) {
          return acceptance.code == exception.code && acceptance.subject == exception.subject;
        });
    if (!accepted) notes.push_back(exception.code + ": " + exception.message);
  }
  if (!notes.empty()) {
    return Error{.code = ErrorCode::exceptions_stand,
                 .message = close.period.to_string() + " cannot close: " +
                            std::to_string(notes.size()) + " exception(s) stand",
                 .notes = std::move(notes),
                 .hint = "clear them, or accept them: accrue close " + close.period.to_string() +
                         " --accept CODE --reason TEXT"};
  }
  close.begin_at = state_.zone.begin_of(close.period);
  close.end_at = state_.zone.end_of(close.period);
  return Done{};
}

/// Errors: already_imported.
Result<std::vector<Charge>> Books::charges_of(const Fact& fact) const {
  if (const auto* events = std::get_if<EventsAccepted>(&fact)) {
    return charges_of_events(events->events);
  }
  const auto* usage = std::get_if<UsageImported>(&fact);
  if (usage == nullptr) return std::vector<Charge>{};
  const Delivery& delivery = usage->delivery;
  if (delivery.mode == DeliveryMode::replace) {
    return replacement(standing_charges(store_, state_, delivery), delivery.charges);
  }
  ACCRUE_TRY_DONE(refuse_known_files(store_, delivery));
  return delivery.charges;
}

/// A delivery that replaces, changes no charge, and states what the last of its source did.
bool Books::equals_what_stands(const Fact& fact, const std::vector<Charge>& charges) const {
  const auto* usage = std::get_if<UsageImported>(&fact);
  if (usage == nullptr || usage->delivery.mode != DeliveryMode::replace || !charges.empty()) {
    return false;
  }
  const auto last = std::find_if(
      state_.deliveries.rbegin(), state_.deliveries.rend(), [&](const HeldDelivery& held) {
        return held.terms.source == usage->delivery.terms.source &&
               held.billing_periods == usage->delivery.billing_periods;
      });
  if (last == state_.deliveries.rend()) return false;
  const Record record = store_.read_record(last->record);
  const Fact before = decode(record.kind, record.fact);
  return has_equal_totals(std::get<UsageImported>(before).delivery, usage->delivery);
}

Result<Recorded> Books::append(Fact& fact, const Stamp& stamp, RunMode mode) {
  const std::int64_t number = state_.record_count + 1;
  LEDGER_CHECK(!std::holds_alternative<TrancheAssumed>(fact) || mode == RunMode::assumed,
               "an assumption of a scenario", "a fact of the book");
  ACCRUE_TRY(charges, charges_of(fact));
  if (equals_what_stands(fact, charges)) return Recorded{};
  const ApprovalTerms approval = approval_terms(state_, store_.root(number - 1), fact);
  if (!charges.empty()) {
    serving();  // what stood before the charges
    const std::vector<StoredCharge> stored = stored_charges(charges, state_.zone, number);
    store_.insert_charges(number, stored);
    serve_charges(serving_->served, stored, state_.zone);
  }
  insert_names(fact, number);
  // A close is booked in the state before it: its period is still open.
  BookState after = state_;
  ACCRUE_TRY_DONE(add_fact(after, fact, number));
  ACCRUE_TRY_DONE(check_checkpoint(fact, after, store_, mode == RunMode::replay
                                                            ? RootCheck::left_to_audit
                                                            : RootCheck::required));
  ACCRUE_TRY_DONE(require_known_start(fact, store_));
  after.record_count = number;
  after.last_recorded_at = stamp.now;
  auto* close = std::get_if<PeriodClosed>(&fact);
  if (close == nullptr) state_ = after;
  if (moves_served(fact) && close == nullptr) serving_.reset();

  Recorded recorded{.record = number, .charges = std::move(charges)};
  if (!is_silent(fact)) {
    ACCRUE_TRY(derivation,
               derive(close != nullptr ? std::optional{close->period} : std::nullopt));
    ACCRUE_TRY_DONE(post(fact, derivation, after, recorded));
  }
  if (std::holds_alternative<PeriodReopened>(fact)) mark_last_close_reopened(number);
  if (close != nullptr) serving_.reset();
  state_ = std::move(after);
  Record record{.sequence = number,
                .kind = kind_of(fact),
                .recorded_at = stamp.now,
                .author = stamp.author,
                .reason = stamp.reason,
                .identity = stamp.identity,
                .fact = encode(fact),
                .entries = recorded.entries};
  if (stamp.approver) {
    const Approver& approver = *stamp.approver;
    record.approval = Approval{
        approver.person, approver.identity,
        approver.sign(approval_bytes(approval.book_id, approval.root_before, record))};
  }
  const bool is_checked = mode == RunMode::write || (mode == RunMode::dry_run && stamp.approver);
  if (is_checked) ACCRUE_TRY_DONE(check_approval(approval, record));
  recorded.root = store_.append(record);
  keep_leaf_hash(state_, record);
  recorded.fact = std::move(record.fact);
  return recorded;
}

/// What names a file or an event for ever.
void Books::insert_names(const Fact& fact, std::int64_t record) {
  if (const auto* usage = std::get_if<UsageImported>(&fact)) {
    for (const UsageFile& file : usage->delivery.files) store_.insert_file(file.sha256, record);
  }
  if (const auto* events = std::get_if<EventsAccepted>(&fact)) {
    for (const Event& event : events->events) {
      store_.insert_event({event.source, event.id}, record, content_hash(event));
    }
  }
}

/// Posts the difference between what is so and what is booked; a close is posted before its
/// period is closed, and freezes what its period drew.
Result<Done> Books::post(Fact& fact, const Derivation& derivation, const BookState& after,
                         Recorded& recorded) {
  const DrawTotals open_before = store_.read_draws(0);
  const Balances change = difference(state_, derivation.target.cells, derivation.booked);
  Balances booked = derivation.booked;
  for (const auto& [key, amount] : change) booked[key] += amount;
  require_ties(check_served_sums(derivation.served, derivation.served.first_served()));
  require_ties(check_ties(after, booked, derivation.frozen, derivation.drawn));
  recorded.entries = entries_of(fact, change);
  recorded.drawn = minus(derivation.drawn, open_before);
  recorded.drawn_before = drawn_by_grant(derivation.frozen);
  recorded.drawn_after = recorded.drawn_before;
  for (const auto& [grant, amount] : drawn_by_grant(open_before)) {
    recorded.drawn_before[grant] += amount;
  }
  for (const auto& [grant, amount] : drawn_by_grant(derivation.drawn)) {
    recorded.drawn_after[grant] += amount;
  }
  store_.add_to_balances(change);
  auto* close = std::get_if<PeriodClosed>(&fact);
  if (close == nullptr) {
    store_.replace_draws(0, derivation.drawn);
    return Done{};
  }
  ACCRUE_TRY_DONE(prepare_close(*close, derivation));
  close->first_period = *after.first_period;
  close->trial_balance_hash = trial_balance_hash(booked, close->period);
  const auto [frozen, still_open] = split_at_close(derivation.drawn, close->period);
  store_.replace_draws(recorded.record, frozen);
  store_.insert_close({recorded.record, close->period, close->begin_at, close->end_at,
                       close->trial_balance_hash, std::nullopt});
  store_.replace_draws(0, still_open);
  return Done{};
}

void Books::mark_last_close_reopened(std::int64_t reopen_record) {
  const std::vector<StoredClose> closes = store_.read_closes();
  const auto last = std::find_if(closes.rbegin(), closes.rend(),
                                 [](const StoredClose& close) { return !close.reopened_by; });
  LEDGER_CHECK(last != closes.rend(), "no close in force", "the close taken back");
  store_.mark_reopened(last->record, reopen_record);
}

}  // namespace accrue

#include "accounting/posting/books.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "accounting/posting/ties.h"
#include "ledger/book/codec.h"
#include "ledger/error/check.h"

namespace accrue {

namespace {

/// Facts that change nothing that is posted.
bool is_silent(const Fact& fact) {
  return std::holds_alternative<SegmentImported>(fact) ||
         std::holds_alternative<BaseImported>(fact);
}

std::string memo_of(const Fact& fact, const std::string& investee, Period posting, Period origin) {
  std::string memo{to_string(kind_of(fact))};
  std::replace(memo.begin(), memo.end(), '_', ' ');
  memo += ": " + investee;
  if (posting != origin) memo += ", catch-up of " + origin.to_string();
  return memo;
}

/// A signing is dated on its day; all else on the last day of the period it is booked in.
Date date_of(const Fact& fact, Period posting, Period origin) {
  if (const auto* added = std::get_if<InvestmentAdded>(&fact)) {
    const Date signed_on = added->investment.signed_on;
    if (posting == origin && Period::of(signed_on) == origin) return signed_on;
  }
  return posting.last_day();
}

/// One entry per posting period, origin period and investee.
std::vector<Entry> make_entries(const Fact& fact, const Balances& change) {
  std::map<std::tuple<Period, Period, std::string>, std::vector<Line>> groups;
  for (const auto& [key, amount] : change) {
    groups[{key.posting_period, key.origin_period, key.account.investee}].push_back(
        {key.account, amount});
  }
  std::vector<Entry> entries;
  for (auto& [group, lines] : groups) {
    const auto& [posting, origin, investee] = group;
    entries.push_back(Entry::make(date_of(fact, posting, origin), posting, origin,
                                  memo_of(fact, investee, posting, origin), std::move(lines)));
  }
  return entries;
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

std::vector<StoredCharge> stored_charges(const Delivery& delivery, const TimeZone& zone,
                                         std::int64_t record) {
  std::vector<StoredCharge> stored;
  stored.reserve(delivery.charges.size());
  for (const Charge& charge : delivery.charges) {
    stored.push_back({record, zone.period_of(charge.at), charge});
  }
  return stored;
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
  store.append(Record{1, RecordKind::book_opened, stamp.now, stamp.author, stamp.reason,
                      rule_version, encode(Fact{opened}), {}});
  transaction.commit();
  BookState state{opened, zone, stamp.now};
  return Books{std::move(store), std::move(state)};
}

Books Books::open(Store store) {
  BookState state = load_state(store, store.record_count());
  return Books{std::move(store), std::move(state)};
}

void Books::reload() { state_ = load_state(store_, store_.record_count()); }

Result<Recorded> Books::record(Fact fact, const Stamp& stamp, RunMode mode) {
  ACCRUE_TRY(transaction, store_.begin());
  if (store_.record_count() != state_.record_count) {
    const std::size_t deals = state_.investments.size();
    reload();
    // A delivery was matched to investees as the deals stood when it was read.
    if (std::holds_alternative<UsageImported>(fact) && state_.investments.size() != deals) {
      return Error{.code = ErrorCode::book_busy,
                   .message = "a deal was added to the book while the usage was read",
                   .hint = "run the import again: it may match other accounts now"};
    }
  }
  if (stamp.now < state_.last_recorded_at) {
    return Error{.code = ErrorCode::now_before_last,
                 .message = stamp.now.to_string() + " is before the last record, " +
                            state_.last_recorded_at.to_string()};
  }
  Result<Recorded> recorded = append(fact, stamp);
  if (recorded.ok() && mode == RunMode::write) {
    transaction.commit();
    return recorded;
  }
  transaction.roll_back();
  reload();
  return recorded;
}

Result<Derivation> Books::derive(std::optional<Period> closing) const {
  Derivation derivation{load_open_charges(store_, state_), load_frozen_draws(store_, state_), {},
                        store_.read_balances(), {}};
  derivation.served = burn_down(state_.grant_list(), derivation.frozen, derivation.open);
  ACCRUE_TRY(target, derive_target({state_, derivation.booked, derivation.frozen, derivation.open,
                                    derivation.served, closing}));
  derivation.target = std::move(target);
  return derivation;
}

Result<std::vector<Exception>> Books::exceptions(Period period) const {
  ACCRUE_TRY(derivation, derive(period));
  return exceptions_of(period, state_, derivation.open, derivation.served, derivation.target,
                       derivation.frozen);
}

Result<Done> Books::prepare_close(PeriodClosed& close, const Derivation& derivation) const {
  const std::vector<Exception> standing =
      exceptions_of(close.period, state_, derivation.open, derivation.served, derivation.target,
                    derivation.frozen);
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

Result<Recorded> Books::append(Fact& fact, const Stamp& stamp) {
  const std::int64_t number = state_.record_count + 1;
  if (const auto* usage = std::get_if<UsageImported>(&fact)) {
    ACCRUE_TRY_DONE(refuse_known_files(store_, usage->delivery));
    for (const UsageFile& file : usage->delivery.files) store_.insert_file(file.sha256, number);
    store_.insert_charges(number, stored_charges(usage->delivery, state_.zone, number));
  }
  // A close is booked in the state before it: its period is still open.
  BookState after = state_;
  ACCRUE_TRY_DONE(add_fact(after, fact, number));
  after.record_count = number;
  after.last_recorded_at = stamp.now;
  auto* close = std::get_if<PeriodClosed>(&fact);
  if (close == nullptr) state_ = after;

  Recorded recorded{.record = number};
  if (!is_silent(fact)) {
    const DrawTotals open_before = store_.read_draws(0);
    ACCRUE_TRY(derivation,
               derive(close != nullptr ? std::optional{close->period} : std::nullopt));
    const Balances change = difference(state_, derivation.target.cells, derivation.booked);
    Balances booked = derivation.booked;
    for (const auto& [key, amount] : change) booked[key] += amount;
    require_ties(check_served_sums(derivation.served));
    require_ties(check_ties(after, booked, derivation.frozen, derivation.served.totals));
    recorded.entries = make_entries(fact, change);
    recorded.drawn = minus(derivation.served.totals, open_before);
    store_.add_to_balances(change);
    DrawTotals open_draws = derivation.served.totals;
    if (close != nullptr) {
      ACCRUE_TRY_DONE(prepare_close(*close, derivation));
      close->first_period = *after.first_period;
      close->trial_balance_hash = trial_balance_hash(booked, close->period);
      auto [frozen, still_open] = split_at_close(derivation.served.totals, close->period);
      store_.replace_draws(number, frozen);
      store_.insert_close({number, close->period, close->begin_at, close->end_at,
                           close->trial_balance_hash, std::nullopt});
      open_draws = std::move(still_open);
    }
    store_.replace_draws(0, open_draws);
  }
  if (std::holds_alternative<PeriodReopened>(fact)) mark_last_close_reopened(number);
  state_ = std::move(after);
  recorded.root = store_.append(Record{number, kind_of(fact), stamp.now, stamp.author,
                                       stamp.reason, rule_version, encode(fact),
                                       recorded.entries});
  return recorded;
}

void Books::mark_last_close_reopened(std::int64_t reopen_record) {
  const std::vector<StoredClose> closes = store_.read_closes();
  const auto last = std::find_if(closes.rbegin(), closes.rend(),
                                 [](const StoredClose& close) { return !close.reopened_by; });
  LEDGER_CHECK(last != closes.rend(), "no close in force", "the close taken back");
  store_.mark_reopened(last->record, reopen_record);
}

}  // namespace accrue

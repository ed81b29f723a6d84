// What follows from records and is kept to be read fast: it can be dropped and rebuilt.

#include <algorithm>

#include "ledger/store/state.h"

namespace accrue {

namespace {

/// Charges of one record that stand beside each other.
struct Run {
  std::int64_t record = 0;
  std::int64_t first = 0;
  std::int64_t last = 0;
  friend auto operator<=>(const Run&, const Run&) = default;
};

void visit_charges(Statements& statements, Interned<ChargeKey>& keys, Query& query,
                   const std::function<void(const StoredCharge&)>& visit) {
  StoredCharge stored;
  std::int64_t last_key = 0;
  while (query.step()) {
    stored.record = query.integer(0);
    if (const std::int64_t key = query.integer(1); key != last_key) {
      stored.charge.key = keys.at(key);
      last_key = key;
    }
    stored.charge.at = Instant{query.integer(2)};
    stored.period = Period{query.small_integer(3)};
    const std::int64_t kind = query.integer(4);
    const std::int64_t category = query.integer(5);
    const std::int64_t charge_class = query.integer(6);
    if (kind < 0 || kind > static_cast<int>(Charge::Kind::reduction) || category < 0 ||
        category > static_cast<int>(ChargeCategory::adjustment) || charge_class < 0 ||
        charge_class > static_cast<int>(ChargeClass::correction)) {
      statements.fail("record " + std::to_string(stored.record) +
                      " has a charge of a kind, category or class that does not exist");
    }
    stored.charge.kind = static_cast<Charge::Kind>(kind);
    stored.charge.category = static_cast<ChargeCategory>(category);
    stored.charge.charge_class = static_cast<ChargeClass>(charge_class);
    stored.charge.billing_period.reset();
    if (!query.is_null(7)) stored.charge.billing_period = Period{query.small_integer(7)};
    stored.charge.row_count = query.integer(8);
    stored.charge.amount = query.decimal(9);
    visit(stored);
  }
}

void add_to_runs(std::vector<Run>& runs, std::int64_t record, std::int64_t position) {
  if (!runs.empty() && runs.back().record == record && runs.back().last + 1 == position) {
    runs.back().last = position;
  } else {
    runs.push_back({record, position, position});
  }
}

/// In order of (record, position).
void visit_runs(Statements& statements, Interned<ChargeKey>& keys, std::vector<Run>& runs,
                const std::function<void(const StoredCharge&)>& visit) {
  std::sort(runs.begin(), runs.end());
  for (const Run& run : runs) {
    Query query{statements,
                "SELECT record, key, at, period, kind, category, class, billing_period, "
                "row_count, amount "
                "FROM charge WHERE record = ? AND position BETWEEN ? AND ? ORDER BY position",
                run.record, run.first, run.last};
    visit_charges(statements, keys, query, visit);
  }
}

std::optional<std::int64_t> bill_number(std::optional<Period> bill) {
  return bill ? std::optional<std::int64_t>{bill->months} : std::nullopt;
}

Balances read_balance_rows(Interned<Account>& accounts, Query& query) {
  Balances balances;
  while (query.step()) {
    balances.emplace(BalanceKey{accounts.at(query.integer(1)), Period{query.small_integer(0)},
                                Period{query.small_integer(2)}},
                     query.integer(3));
  }
  return balances;
}

}  // namespace

Balances Store::read_balances() const {
  Query query{state_->statements,
              "SELECT posting_period, account, origin_period, amount FROM balance"};
  return read_balance_rows(state_->accounts, query);
}

Balances Store::read_balances(PeriodRange posting) const {
  Query query{state_->statements,
              "SELECT posting_period, account, origin_period, amount FROM balance "
              "WHERE posting_period BETWEEN ? AND ?",
              posting.first.months, posting.last.months};
  return read_balance_rows(state_->accounts, query);
}

void Store::add_to_balances(const Balances& changes) {
  state_->require_transaction();
  // A sum beyond 64 bits would become REAL, which a STRICT table refuses.
  Query upsert{state_->statements,
               "INSERT INTO balance(posting_period, account, origin_period, amount) "
               "VALUES(?, ?, ?, ?) ON CONFLICT DO UPDATE SET amount = amount + excluded.amount"};
  for (const auto& [key, amount] : changes) {
    upsert.run_with(key.posting_period.months, state_->accounts.id_of(key.account),
                    key.origin_period.months, amount);
  }
}

void Store::insert_charges(std::int64_t record, std::span<const StoredCharge> charges) {
  state_->require_transaction();
  Query insert{state_->statements,
               "INSERT INTO charge(record, position, key, at, period, kind, category, class, "
               "billing_period, row_count, amount) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"};
  std::int64_t position = 0;
  for (const StoredCharge& stored : charges) {
    const Charge& charge = stored.charge;
    const std::string amount = charge.amount.to_string();
    insert.run_with(record, ++position, state_->charge_keys.id_of(charge.key),
                    charge.at.microseconds, stored.period.months, static_cast<int>(charge.kind),
                    static_cast<int>(charge.category), static_cast<int>(charge.charge_class),
                    bill_number(charge.billing_period), charge.row_count, amount);
  }
}

void Store::for_each_open_charge(std::int64_t close_record, Period closed_through,
                                 std::int64_t last_record,
                                 const std::function<void(const StoredCharge&)>& visit) const {
  // Two disjoint parts, neither of which looks at a frozen charge: those of records up to the
  // close that lie after the closed periods, and all of the records after it.
  std::vector<Run> runs;
  if (close_record > 0) {
    Query query{state_->statements,
                "SELECT record, position FROM charge INDEXED BY charge_by_period "
                "WHERE period > ? AND record <= ?",
                closed_through.months, std::min(close_record, last_record)};
    while (query.step()) add_to_runs(runs, query.integer(0), query.integer(1));
  }
  visit_runs(state_->statements, state_->charge_keys, runs, visit);
  Query query{state_->statements,
              "SELECT record, key, at, period, kind, category, class, billing_period, "
              "row_count, amount "
              "FROM charge WHERE record > ? AND record <= ? ORDER BY record, position",
              close_record, last_record};
  visit_charges(state_->statements, state_->charge_keys, query, visit);
}

std::optional<Period> Store::first_charge_period(std::int64_t last_record) const {
  Query query{state_->statements,
              "SELECT period FROM charge INDEXED BY charge_by_period WHERE record <= ? "
              "ORDER BY period LIMIT 1",
              last_record};
  if (!query.step()) return std::nullopt;
  return Period{query.small_integer(0)};
}

std::optional<Instant> Store::last_charge_at(std::int64_t last_record) const {
  Query query{state_->statements,
              "SELECT MAX(at) FROM charge INDEXED BY charge_by_period "
              "WHERE record <= ? AND period = (SELECT period FROM charge "
              "INDEXED BY charge_by_period WHERE record <= ? ORDER BY period DESC LIMIT 1)",
              last_record, last_record};
  if (!query.step() || query.is_null(0)) return std::nullopt;
  return Instant{query.integer(0)};
}

void Store::for_each_charge_of_bills(std::span<const std::int64_t> records,
                                     std::span<const Period> bills,
                                     const std::function<void(const StoredCharge&)>& visit) const {
  std::vector<Run> runs;
  for (const Period bill : bills) {
    Query query{state_->statements,
                "SELECT record, position FROM charge INDEXED BY charge_by_billing_period "
                "WHERE billing_period = ?",
                bill.months};
    while (query.step()) {
      const std::int64_t record = query.integer(0);
      if (std::binary_search(records.begin(), records.end(), record)) {
        add_to_runs(runs, record, query.integer(1));
      }
    }
  }
  visit_runs(state_->statements, state_->charge_keys, runs, visit);
}

void Store::for_each_charge_of(std::int64_t record,
                               const std::function<void(const StoredCharge&)>& visit) const {
  Query query{state_->statements,
              "SELECT record, key, at, period, kind, category, class, billing_period, "
              "row_count, amount "
              "FROM charge WHERE record = ? ORDER BY position",
              record};
  visit_charges(state_->statements, state_->charge_keys, query, visit);
}

DrawTotals Store::read_draws(std::int64_t close_record) const {
  Query query{state_->statements,
              "SELECT investee, currency, grant, origin_period, served_period, service, sku, "
              "region, total FROM draw WHERE close_record = ?",
              close_record};
  DrawTotals draws;
  while (query.step()) {
    draws.emplace(
        DrawKey{query.text(0), query.text(1), query.text(2), Period{query.small_integer(3)},
                Period{query.small_integer(4)}, query.text(5), query.text(6), query.text(7)},
        query.decimal(8));
  }
  return draws;
}

void Store::replace_draws(std::int64_t close_record, const DrawTotals& draws) {
  state_->require_transaction();
  // Most totals stand as they are: only what differs is written.
  const DrawTotals present = read_draws(close_record);
  Query erase{state_->statements,
              "DELETE FROM draw WHERE close_record = ? AND investee = ? AND currency = ? AND "
              "grant = ? AND origin_period = ? AND served_period = ? AND service = ? AND sku = ? "
              "AND region = ?"};
  Query upsert{state_->statements,
               "INSERT INTO draw(close_record, investee, currency, grant, origin_period, "
               "served_period, service, sku, region, total) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
               "ON CONFLICT DO UPDATE SET total = excluded.total"};
  for (const auto& [key, total] : present) {
    if (draws.contains(key)) continue;
    erase.run_with(close_record, key.investee, key.currency, key.grant, key.origin_period.months,
                   key.served_period.months, key.service, key.sku, key.region);
  }
  for (const auto& [key, total] : draws) {
    const auto found = present.find(key);
    if (found != present.end() && found->second == total) continue;
    const std::string text = total.to_string();
    upsert.run_with(close_record, key.investee, key.currency, key.grant, key.origin_period.months,
                    key.served_period.months, key.service, key.sku, key.region, text);
  }
}

std::vector<StoredClose> Store::read_closes() const {
  Query query{state_->statements,
              "SELECT record, period, begin_at, end_at, trial_balance_hash, reopened_by "
              "FROM period_close ORDER BY record"};
  std::vector<StoredClose> closes;
  while (query.step()) {
    StoredClose& close = closes.emplace_back();
    close.record = query.integer(0);
    close.period = Period{query.small_integer(1)};
    close.begin_at = Instant{query.integer(2)};
    close.end_at = Instant{query.integer(3)};
    close.trial_balance_hash = query.text(4);
    if (!query.is_null(5)) close.reopened_by = query.integer(5);
  }
  return closes;
}

void Store::insert_close(const StoredClose& close) {
  state_->require_transaction();
  Query{state_->statements,
        "INSERT INTO period_close(record, period, begin_at, end_at, trial_balance_hash, "
        "reopened_by) VALUES(?, ?, ?, ?, ?, ?)",
        close.record,
        close.period.months,
        close.begin_at.microseconds,
        close.end_at.microseconds,
        Blob{close.trial_balance_hash},
        close.reopened_by}
      .run();
}

void Store::mark_reopened(std::int64_t close_record, std::int64_t reopen_record) {
  state_->require_transaction();
  Query{state_->statements, "UPDATE period_close SET reopened_by = ? WHERE record = ?",
        reopen_record, close_record}
      .run();
  LEDGER_CHECK(state_->database.getChanges() == 1, "no close", std::to_string(close_record));
}

void Store::insert_event(const EventKey& key, std::int64_t record,
                         const std::string& content_hash) {
  state_->require_transaction();
  Query insert{state_->statements,
               "INSERT INTO event(source, id, record, content) VALUES(?, ?, ?, ?)"};
  insert.run_with(state_->event_sources.id_of(EventSource{key.source}), key.id, record, Blob{content_hash});
}

std::optional<StoredEvent> Store::find_event(const EventKey& key) const {
  Query query{state_->statements,
              "SELECT record, content FROM event WHERE id = ? AND source = "
              "(SELECT id FROM event_source WHERE name = ?)",
              key.id, key.source};
  if (!query.step()) return std::nullopt;
  return StoredEvent{query.integer(0), query.text(1)};
}

std::optional<std::int64_t> Store::record_of_file(const std::string& sha256) const {
  Query query{state_->statements,
              "SELECT record FROM imported_file WHERE sha256 = ? ORDER BY record DESC LIMIT 1",
              Blob{sha256}};
  if (!query.step()) return std::nullopt;
  return query.integer(0);
}

void Store::insert_file(const std::string& sha256, std::int64_t record) {
  state_->require_transaction();
  Query{state_->statements, "INSERT INTO imported_file(sha256, record) VALUES(?, ?)", Blob{sha256},
        record}
      .run();
}

}  // namespace accrue

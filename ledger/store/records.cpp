// Records, their entries and their hashes: what is appended and never changed.

#include <algorithm>
#include <optional>

#include <sqlite3.h>

#include "ledger/store/state.h"

namespace accrue {

namespace {

std::string of_record(std::int64_t sequence) { return "record " + std::to_string(sequence); }

std::string as_text(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

Digest read_node(Statements& statements, NodeAddress address) {
  Query query{statements, "SELECT hash FROM node WHERE level = ? AND idx = ?", address.level,
              address.index};
  Digest digest;
  if (query.step()) {
    const std::string hash = query.text(0);
    if (hash.size() == digest.size()) {
      std::copy(hash.begin(), hash.end(), reinterpret_cast<char*>(digest.data()));
      return digest;
    }
  }
  statements.fail("node " + std::to_string(address.index) + " of level " +
                  std::to_string(address.level) + " of the tree is missing or damaged");
}

void append_node(Statements& statements, NodeAddress address, const Digest& digest) {
  const std::string hash = as_text(digest);
  Query{statements, "INSERT INTO node(level, idx, hash) VALUES(?, ?, ?)", address.level,
        address.index, Blob{hash}}
      .run();
}

#define ACCRUE_HEAD                                                                   \
  "sequence, kind, recorded_at, author, reason, rules, os_user, host, approver, "     \
  "approver_os_user, approver_host, signature"

constexpr const char* select_records = "SELECT " ACCRUE_HEAD
                                       ", fact FROM record "
                                       "WHERE sequence BETWEEN ? AND ? ORDER BY sequence";
constexpr const char* select_heads = "SELECT " ACCRUE_HEAD
                                     ", x'' FROM record "
                                     "WHERE sequence BETWEEN ? AND ? ORDER BY sequence";
#undef ACCRUE_HEAD

Record record_of(Statements& statements, Query& query) {
  Record record;
  record.sequence = query.integer(0);
  const std::int64_t kind = query.integer(1);
  record.recorded_at = Instant{query.integer(2)};
  record.author = query.text(3);
  record.reason = query.text(4);
  record.rules = query.small_integer(5);
  record.identity = {query.text(6), query.text(7)};
  if (!query.is_null(8)) {
    record.approval = Approval{query.text(8), {query.text(9), query.text(10)}, query.text(11)};
  }
  record.fact = query.text(12);
  record.kind = static_cast<RecordKind>(kind);
  if (kind < 0 || kind > UINT8_MAX || to_string(record.kind).empty()) {
    statements.fail(of_record(record.sequence) + " has kind " + std::to_string(kind) +
                    ", which does not exist");
  }
  return record;
}

/// Rows of entries joined to their lines, put together to entries and checked as they leave.
class EntryReader {
 public:
  EntryReader(Statements& statements, Interned<Account>& accounts, Query& query)
      : statements_{statements}, accounts_{accounts}, query_{query}, has_row_{query.step()} {}

  std::optional<StoredEntry> next() {
    if (!has_row_) return std::nullopt;
    const std::int64_t number = query_.integer(0);
    const std::int64_t record = query_.integer(1);
    const Date dated_on{query_.small_integer(2)};
    const Period posting{query_.small_integer(3)};
    const Period origin{query_.small_integer(4)};
    std::string memo = query_.text(5);
    const auto damaged = [&](const std::string& how) {
      statements_.fail(of_record(record) + ": entry " + std::to_string(number) + " " + how);
    };

    std::vector<Line> lines;
    std::int64_t sum = 0;
    for (; has_row_ && query_.integer(0) == number; has_row_ = query_.step()) {
      if (query_.is_null(6)) continue;  // an entry without a line is a row all the same
      const Line& line =
          lines.emplace_back(Line{accounts_.at(query_.integer(6)), query_.integer(7)});
      if (__builtin_add_overflow(sum, line.amount_minor_units, &sum)) {
        damaged("has lines that add up to more than 64 bits");
      }
    }
    if (lines.size() < 2) damaged("has fewer than two lines");
    if (sum != 0) damaged("does not balance: its lines sum to " + std::to_string(sum));
    return StoredEntry{number, record,
                       Entry::make(dated_on, posting, origin, std::move(memo), std::move(lines))};
  }

 private:
  Statements& statements_;
  Interned<Account>& accounts_;
  Query& query_;
  bool has_row_;
};

}  // namespace

std::int64_t Store::record_count() const {
  Query query{state_->statements, "SELECT coalesce(max(sequence), 0) FROM record"};
  query.step();
  return query.integer(0);
}

Record Store::read_record(std::int64_t sequence) const {
  Query query{state_->statements, select_records, sequence, sequence};
  if (!query.step()) state_->statements.fail(of_record(sequence) + " is missing");
  Record record = record_of(state_->statements, query);
  for_each_entry(sequence, sequence, [&](const StoredEntry& stored) {
    record.entries.push_back(stored.entry);
    return true;
  });
  return record;
}

void Store::for_each_record(std::int64_t first, std::int64_t last,
                            const std::function<bool(const Record&)>& visit) const {
  Query query{state_->statements, select_records, first, last};
  while (query.step()) {
    if (!visit(record_of(state_->statements, query))) return;
  }
}

void Store::for_each_record_head(std::int64_t first, std::int64_t last,
                                 const std::function<bool(const Record&)>& visit) const {
  Query query{state_->statements, select_heads, first, last};
  while (query.step()) {
    if (!visit(record_of(state_->statements, query))) return;
  }
}

std::string Store::read_fact_prefix(std::int64_t sequence, std::int64_t byte_count) const {
  // Read in place: a query would load every page of a fact that may be as long as its usage.
  sqlite3_blob* fact = nullptr;
  if (sqlite3_blob_open(state_->database.getHandle(), "main", "record", "fact", sequence, 0,
                        &fact) != SQLITE_OK) {
    sqlite3_blob_close(fact);
    state_->statements.fail("the fact of " + of_record(sequence) + " cannot be read");
  }
  std::string prefix(
      static_cast<std::size_t>(std::min<std::int64_t>(sqlite3_blob_bytes(fact), byte_count)), '\0');
  const int code = sqlite3_blob_read(fact, prefix.data(), static_cast<int>(prefix.size()), 0);
  sqlite3_blob_close(fact);
  if (code != SQLITE_OK) {
    state_->statements.fail("the fact of " + of_record(sequence) + " cannot be read");
  }
  return prefix;
}

std::string Store::stored_leaf_hash(std::int64_t sequence) const {
  Query query{state_->statements, "SELECT leaf_hash FROM record WHERE sequence = ?", sequence};
  if (!query.step()) state_->statements.fail(of_record(sequence) + " is missing");
  return query.text(0);
}

Digest Store::node(NodeAddress address) const { return read_node(state_->statements, address); }

Digest Store::root(std::int64_t count) const {
  return tree_root(count,
                   [&](NodeAddress address) { return read_node(state_->statements, address); });
}

Digest Store::append(const Record& record) {
  state_->require_transaction();
  Statements& statements = state_->statements;
  const std::int64_t before = record_count();
  LEDGER_CHECK(record.sequence == before + 1, std::to_string(record.sequence),
               std::to_string(before + 1));
  if (before > 0) {
    Query last{statements, "SELECT recorded_at FROM record WHERE sequence = ?", before};
    last.step();
    const Instant recorded_at{last.integer(0)};
    LEDGER_CHECK(recorded_at <= record.recorded_at, record.recorded_at.to_string(),
                 "not before " + recorded_at.to_string());
  }

  const Digest leaf = leaf_hash(leaf_bytes(record));
  const std::string leaf_text = as_text(leaf);
  const Approval* const approval = record.approval ? &*record.approval : nullptr;
  Query{statements,
        "INSERT INTO record(sequence, kind, recorded_at, author, reason, os_user, host, rules, "
        "leaf_hash, fact, approver, approver_os_user, approver_host, signature) "
        "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        record.sequence,
        static_cast<int>(record.kind),
        record.recorded_at.microseconds,
        record.author,
        record.reason,
        record.identity.os_user,
        record.identity.host,
        record.rules,
        Blob{leaf_text},
        Blob{record.fact},
        approval == nullptr ? nullptr : &approval->person,
        approval == nullptr ? nullptr : &approval->identity.os_user,
        approval == nullptr ? nullptr : &approval->identity.host,
        approval == nullptr ? std::nullopt : std::optional{Blob{approval->signature}}}
      .run();

  std::int64_t number = 0;
  {
    Query last{statements, "SELECT coalesce(max(number), 0) FROM entry"};
    last.step();
    number = last.integer(0);
  }
  Query insert_entry{statements,
                     "INSERT INTO entry(number, record, dated_on, posting_period, origin_period, "
                     "memo) VALUES(?, ?, ?, ?, ?, ?)"};
  Query insert_line{statements,
                    "INSERT INTO line(entry, position, account, amount) VALUES(?, ?, ?, ?)"};
  for (const Entry& entry : record.entries) {
    ++number;
    insert_entry.run_with(number, record.sequence, entry.dated_on().days,
                          entry.posting_period().months, entry.origin_period().months,
                          entry.memo());
    std::int64_t position = 0;
    for (const Line& line : entry.lines()) {
      insert_line.run_with(number, ++position, state_->accounts.id_of(line.account),
                           line.amount_minor_units);
    }
  }

  append_leaf(
      before, leaf, [&](NodeAddress address) { return read_node(statements, address); },
      [&](NodeAddress address, const Digest& digest) { append_node(statements, address, digest); });
  return root(record.sequence);
}

void Store::for_each_entry(std::int64_t first_record, std::int64_t last_record,
                           const std::function<bool(const StoredEntry&)>& visit) const {
  Query query{state_->statements,
              "SELECT e.number, e.record, e.dated_on, e.posting_period, e.origin_period, e.memo, "
              "l.account, l.amount FROM entry e LEFT JOIN line l ON l.entry = e.number "
              "WHERE e.record BETWEEN ? AND ? ORDER BY e.record, e.number, l.position",
              first_record, last_record};
  EntryReader reader{state_->statements, state_->accounts, query};
  while (const std::optional<StoredEntry> entry = reader.next()) {
    if (!visit(*entry)) return;
  }
}

void Store::for_each_entry_of(PeriodRange posting,
                              const std::function<bool(const StoredEntry&)>& visit) const {
  std::vector<std::int64_t> numbers;
  {
    Query query{state_->statements,
                "SELECT number FROM entry WHERE posting_period BETWEEN ? AND ? ORDER BY number",
                posting.first.months, posting.last.months};
    while (query.step()) numbers.push_back(query.integer(0));
  }
  for (const std::int64_t number : numbers) {
    const std::optional<StoredEntry> entry = read_entry(number);
    if (entry && !visit(*entry)) return;
  }
}

std::optional<StoredEntry> Store::read_entry(std::int64_t number) const {
  Query query{state_->statements,
              "SELECT e.number, e.record, e.dated_on, e.posting_period, e.origin_period, e.memo, "
              "l.account, l.amount FROM entry e LEFT JOIN line l ON l.entry = e.number "
              "WHERE e.number = ? ORDER BY l.position",
              number};
  return EntryReader{state_->statements, state_->accounts, query}.next();
}

}  // namespace accrue

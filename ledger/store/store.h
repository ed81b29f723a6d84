#pragma once

#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "ledger/book/record.h"
#include "ledger/credit/charge.h"
#include "ledger/credit/draw.h"
#include "ledger/error/error.h"
#include "ledger/proof/merkle.h"

namespace accrue {

/// A balance projection cell: what entries sum to.
struct BalanceKey {
  Account account;
  Period posting_period;
  Period origin_period;
  friend auto operator<=>(const BalanceKey&, const BalanceKey&) = default;
};
using Balances = std::map<BalanceKey, std::int64_t>;  ///< minor units, debit above zero

/// A charge with the period of its time in the book's zone and the record that brought it.
struct StoredCharge {
  std::int64_t record = 0;
  Period period;
  Charge charge;
};

/// A close as the period projection keeps it.
struct StoredClose {
  std::int64_t record = 0;
  Period period;
  Instant begin_at;
  Instant end_at;
  std::string trial_balance_hash;  ///< 32 bytes
  std::optional<std::int64_t> reopened_by;
};

/// What names an event for ever.
struct EventKey {
  std::string source;
  std::string id;
};

/// An event that was taken.
struct StoredEvent {
  std::int64_t record = 0;
  std::string content_hash;  ///< 32 bytes
};

/// An entry as it is stored.
struct StoredEntry {
  std::int64_t number = 0;  ///< from 1, over all records
  std::int64_t record = 0;
  Entry entry;
};

/// The one place that knows SQLite: a book in one file (or in memory, for replay).
///
/// A write happens inside a Transaction: one record, its entries, its projections and its hashes
/// commit together or not at all. Machine failures throw StoreFailure.
class Store {
  struct State;

 public:
  /// A store opened to read shows the book as it was then, for its whole life, and never waits for
  /// a writer; opened to write it shows what was committed last.
  enum class Access { read, write };

  /// The file appears whole or not at all. Errors: book_exists, file_unwritable.
  static Result<Store> create(const std::string& path);
  /// Errors: book_missing, not_a_book, book_too_new, book_too_old.
  static Result<Store> open(const std::string& path, Access access);
  static Store in_memory();
  /// The book as this store shows it, in memory.
  Store copy_in_memory() const;
  bool is_in_memory() const;

  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  /// Holds the write lock; rolls back unless committed.
  class Transaction {
   public:
    Transaction(Transaction&&) noexcept;
    ~Transaction();
    void commit();
    /// Takes back everything since begin(); the transaction is over.
    void roll_back();

   private:
    friend class Store;
    explicit Transaction(State& state);
    State* state_;  ///< null once it is over
  };
  /// How long begin() waits for another writer.
  static constexpr std::chrono::milliseconds usual_patience = std::chrono::seconds{10};
  /// Waits so long for another writer, then refuses. One at a time. Errors: book_busy.
  Result<Transaction> begin(std::chrono::milliseconds patience = usual_patience);

  /// While it lives, a store opened to write shows the book as it was at the first read: many
  /// small reads cost one look at the file. Ends before begin().
  class Snapshot {
   public:
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;
    ~Snapshot();

   private:
    friend class Store;
    explicit Snapshot(State& state);
    State& state_;
  };
  Snapshot hold() const { return Snapshot{*state_}; }

  // Records.
  std::int64_t record_count() const;
  Record read_record(std::int64_t sequence) const;  ///< with its entries
  /// Without entries; `visit` returns false to stop.
  void for_each_record(std::int64_t first, std::int64_t last,
                       const std::function<bool(const Record&)>& visit) const;
  /// The first bytes of a record's fact, without reading the rest.
  std::string read_fact_prefix(std::int64_t sequence, std::int64_t byte_count) const;
  /// As for_each_record, with empty facts: does not read them.
  void for_each_record_head(std::int64_t first, std::int64_t last,
                            const std::function<bool(const Record&)>& visit) const;
  std::string stored_leaf_hash(std::int64_t sequence) const;
  /// Root over the first `count` records.
  Digest root(std::int64_t count) const;
  /// A complete subtree of the records, for proofs.
  Digest node(NodeAddress address) const;
  /// Appends record, entries, lines, leaf hash and tree nodes. Returns the new root.
  Digest append(const Record& record);

  // Entries, in order of number. `visit` returns false to stop.
  void for_each_entry(std::int64_t first_record, std::int64_t last_record,
                      const std::function<bool(const StoredEntry&)>& visit) const;
  /// Entries whose posting period lies in the range.
  void for_each_entry_of(PeriodRange posting,
                         const std::function<bool(const StoredEntry&)>& visit) const;
  std::optional<StoredEntry> read_entry(std::int64_t number) const;

  // Projections.
  Balances read_balances() const;
  Balances read_balances(PeriodRange posting) const;
  /// Adds to each cell; a cell that reaches zero stays with zero.
  void add_to_balances(const Balances& changes);

  void insert_charges(std::int64_t record, std::span<const StoredCharge> charges);
  /// Charges that the last close has not frozen: record after `close_record`, or period after
  /// `closed_through`; and not of a record after `last_record`. In order of (record, position).
  void for_each_open_charge(std::int64_t close_record, Period closed_through,
                            std::int64_t last_record,
                            const std::function<void(const StoredCharge&)>& visit) const;
  /// The earliest period of any charge of the first `last_record` records.
  std::optional<Period> first_charge_period(std::int64_t last_record) const;
  /// The latest time of any charge of the first `last_record` records. Looks at the charges of
  /// the last period only.
  std::optional<Instant> last_charge_at(std::int64_t last_record) const;
  /// Charges of the records (in order) that stand in one of the bills (in order).
  void for_each_charge_of_bills(std::span<const std::int64_t> records,
                                std::span<const Period> bills,
                                const std::function<void(const StoredCharge&)>& visit) const;
  /// All charges of a record.
  void for_each_charge_of(std::int64_t record,
                          const std::function<void(const StoredCharge&)>& visit) const;

  // Draws belong to the close that froze them, or to close 0 while their charges are not frozen.
  // Draws of a close taken back stay: as-of views need them.
  DrawTotals read_draws(std::int64_t close_record) const;
  void replace_draws(std::int64_t close_record, const DrawTotals& draws);

  std::vector<StoredClose> read_closes() const;  ///< in order of record
  void insert_close(const StoredClose& close);
  void mark_reopened(std::int64_t close_record, std::int64_t reopen_record);

  // Events, keyed by (source, id) for ever.
  void insert_event(const EventKey& key, std::int64_t record, const std::string& content_hash);
  std::optional<StoredEvent> find_event(const EventKey& key) const;

  /// SHA-256 (32 bytes) of imported files -> the last record that imported it.
  std::optional<std::int64_t> record_of_file(const std::string& sha256) const;
  void insert_file(const std::string& sha256, std::int64_t record);

  // For audit: what stands in the tables, read row by row without derivation.
  /// Every table as sorted text rows, "column=value|...", for comparison of two stores: two that
  /// hold the same facts give the same rows.
  std::vector<std::string> table_names() const;
  void for_each_row(const std::string& table,
                    const std::function<void(const std::string& row)>& visit) const;
  /// "ok", or the first thing that SQLite's own check, the references between the tables or the
  /// definitions of the tables and their guards find wrong.
  std::string integrity() const;

 private:
  explicit Store(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// The machine or SQLite failed: disk full, damaged file, lost permission.
struct StoreFailure : std::exception {
  explicit StoreFailure(std::string message) : message_{std::move(message)} {}
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  std::string message_;
};

}  // namespace accrue

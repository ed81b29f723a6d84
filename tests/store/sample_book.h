#pragma once

#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

#include "ledger/book/codec.h"
#include "ledger/error/check.h"
#include "ledger/store/store.h"

namespace accrue::testing {

/// A folder of its own, gone at the end of the test.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string folder = (std::filesystem::temp_directory_path() / "accrue-XXXXXX").string();
    LEDGER_CHECK(::mkdtemp(folder.data()) != nullptr, folder, "a new folder");
    path_ = folder;
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() { std::filesystem::remove_all(path_); }

  std::string operator/(std::string_view name) const { return (path_ / name).string(); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline Account liability(const std::string& grant) {
  return {AccountRole::contract_liability, RevenueKind::none, "lunar", "", grant, "", ""};
}
inline Account revenue(const std::string& grant, const std::string& service) {
  return {AccountRole::revenue, RevenueKind::usage, "lunar", "", grant, service, "cn-north"};
}

/// An entry that moves the amount from liability to revenue.
inline Entry earned(std::int64_t minor_units, Period posting, Period origin,
                    const std::string& service = "GPU") {
  return Entry::make(posting.last_day(), posting, origin, "usage of " + origin.to_string(),
                     {{liability("T1"), minor_units}, {revenue("T1", service), -minor_units}});
}

inline Balances balances_of(const std::vector<Entry>& entries) {
  Balances balances;
  for (const Entry& entry : entries) {
    for (const Line& line : entry.lines()) {
      balances[{line.account, entry.posting_period(), entry.origin_period()}] +=
          line.amount_minor_units;
    }
  }
  return balances;
}

inline StoredCharge charge(std::int64_t record, Period period, std::string_view amount,
                           const std::string& service = "GPU") {
  StoredCharge stored;
  stored.record = record;
  stored.period = period;
  stored.charge.at = Instant::at_midnight_utc(period.first_day());
  stored.charge.key = {"lunar", "USD", "b1", "s1", service, "H20", "cn-north"};
  stored.charge.row_count = 2;
  stored.charge.amount = stored_decimal(amount);
  return stored;
}

/// The record of the sequence: `width` entries that depend on nothing else.
inline Record sample_record(std::int64_t sequence, std::int64_t width = 2) {
  Record record;
  record.sequence = sequence;
  record.kind = RecordKind::usage_imported;
  record.recorded_at = Instant{1'700'000'000'000'000 + sequence};
  record.author = "ada";
  record.reason = "record " + std::to_string(sequence);
  record.fact = "fact " + std::to_string(sequence);
  for (std::int64_t i = 0; i < width; ++i) {
    const Period period = Period::of(2024, 1 + static_cast<int>((sequence + i) % 12));
    record.entries.push_back(earned(sequence * 100 + i, period, period,
                                    "service " + std::to_string((sequence + i) % 5)));
  }
  return record;
}

/// All that a record of sample_record() writes, in the transaction that is open.
inline void append_sample(Store& store, std::int64_t sequence, std::int64_t width = 2) {
  const Record record = sample_record(sequence, width);
  store.append(record);
  store.add_to_balances(balances_of(record.entries));
  std::vector<StoredCharge> charges;
  for (std::int64_t i = 0; i < width; ++i) {
    charges.push_back(charge(sequence, Period::of(2024, 1 + static_cast<int>(sequence % 12)),
                             std::to_string(sequence) + ".5", "service " + std::to_string(i)));
  }
  store.insert_charges(sequence, charges);
  store.insert_file(
      std::string(31, 'h') + static_cast<char>(sequence % 128) + std::to_string(sequence),
      sequence);
  store.replace_draws(0, {{DrawKey{"lunar", "USD", "T1", {}, {}, "GPU", "H20", "cn-north"},
                           Decimal::from_integer(sequence)}});
}

inline void append_samples(Store& store, std::int64_t first, std::int64_t last) {
  for (std::int64_t sequence = first; sequence <= last; ++sequence) {
    Store::Transaction transaction = store.begin().value();
    append_sample(store, sequence);
    transaction.commit();
  }
}

/// Every row of every table.
inline std::map<std::string, std::vector<std::string>> all_rows(const Store& store) {
  std::map<std::string, std::vector<std::string>> rows;
  for (const std::string& table : store.table_names()) {
    store.for_each_row(table, [&](const std::string& row) { rows[table].push_back(row); });
  }
  return rows;
}

/// What differs between the book and one that was told the same samples without a fault; "" when
/// nothing does. Every table is compared, and every hash.
inline std::string fault_of(const Store& store, std::int64_t width = 2) {
  if (const std::string integrity = store.integrity(); integrity != "ok") return integrity;
  const std::int64_t count = store.record_count();
  Store expected = Store::in_memory();
  for (std::int64_t sequence = 1; sequence <= count; ++sequence) {
    Store::Transaction transaction = expected.begin().value();
    append_sample(expected, sequence, width);
    transaction.commit();
  }
  if (store.root(count) != expected.root(count)) return "another root";
  const auto is = all_rows(store);
  const auto wanted = all_rows(expected);
  for (const std::string& table : store.table_names()) {
    if (is.count(table) != wanted.count(table)) return "another number of rows in " + table;
    if (is.count(table) == 1 && is.at(table) != wanted.at(table)) return "other rows in " + table;
  }
  return "";
}

}  // namespace accrue::testing

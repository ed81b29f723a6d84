// A book that a hand or the machine altered is told, and never ends the program.

#include <fstream>
#include <random>

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ledger/store/store.h"
#include "tests/store/sample_book.h"

namespace {

using namespace accrue;
using namespace accrue::testing;

/// A book of six records without a log beside it.
std::string six_records(const ScratchFolder& folder) {
  const std::string path = folder / "book.accrue";
  Store store = Store::create(path).value();
  append_samples(store, 1, 6);
  return path;
}

void without_guards(const std::string& path, const std::string& sql) {
  SQLite::Database database{path, SQLite::OPEN_READWRITE};
  std::vector<std::string> guards;
  {
    SQLite::Statement query{database, "SELECT name, sql FROM sqlite_schema WHERE type='trigger'"};
    while (query.executeStep()) {
      guards.push_back(query.getColumn(0).getString());
      guards.push_back(query.getColumn(1).getString());
    }
  }
  for (std::size_t i = 0; i < guards.size(); i += 2) database.exec("DROP TRIGGER " + guards[i]);
  database.exec(sql);
  for (std::size_t i = 1; i < guards.size(); i += 2) database.exec(guards[i]);
}

/// Reads everything there is to read; what is thrown, or "".
std::string read_all(const std::string& path) {
  try {
    const Result<Store> opened = Store::open(path, Store::Access::read);
    if (!opened.ok()) return std::string{name_of(opened.error().code)};
    const Store& store = *opened;
    const std::int64_t count = store.record_count();
    for (std::int64_t sequence = 1; sequence <= std::min<std::int64_t>(count, 10); ++sequence) {
      (void)store.read_record(sequence);
      (void)store.stored_leaf_hash(sequence);
      store.for_each_charge_of(sequence, [](const StoredCharge&) {});
    }
    (void)store.root(std::min<std::int64_t>(count, 10));
    (void)store.read_balances();
    (void)store.read_draws(0);
    (void)store.read_closes();
    store.for_each_open_charge(0, Period{}, count, [](const StoredCharge&) {});
    (void)all_rows(store);
    return store.integrity() == "ok" ? "" : "integrity";
  } catch (const StoreFailure& failure) {
    return failure.what();
  }
}

}  // namespace

TEST_CASE("store: a damaged row throws and names its record") {
  struct Row {
    const char* sql;
    const char* said;
  };
  const Row rows[] = {
      {"UPDATE line SET amount = amount + 1 WHERE entry = 5 AND position = 1",
       "record 3: entry 5 does not balance"},
      {"DELETE FROM line WHERE entry = 5", "record 3: entry 5 has fewer than two lines"},
      {"DELETE FROM line WHERE entry = 5 AND position = 2",
       "record 3: entry 5 has fewer than two lines"},
      {"UPDATE line SET amount = 9223372036854775807 WHERE entry = 5",
       "record 3: entry 5 has lines that add up to more than 64 bits"},
      {"UPDATE record SET kind = 77 WHERE sequence = 3", "record 3 has kind 77"},
      {"UPDATE record SET kind = 259 WHERE sequence = 3", "record 3 has kind 259"},
      {"DELETE FROM record WHERE sequence = 3", "record 3 is missing"},
      {"UPDATE charge SET amount = '1.50' WHERE record = 3", "'1.50' is not a decimal number"},
      {"UPDATE charge SET category = 5 WHERE record = 3", "record 3 has a charge"},
      {"DELETE FROM account WHERE id = 3", "account 3 is missing"},
      {"UPDATE account SET role = 9 WHERE id = 3", "account 3 has a role"},
      {"DELETE FROM charge_key WHERE id = 1", "charge_key 1 is missing"},
      {"DELETE FROM node WHERE level = 2", "node 0 of level 2 of the tree is missing"},
      {"UPDATE draw SET total = 'x'", "'x' is not a decimal number"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.sql);
    const ScratchFolder folder;
    const std::string path = six_records(folder);
    without_guards(path, row.sql);
    const std::string said = read_all(path);
    CAPTURE(said);
    CHECK(said.find(row.said) != std::string::npos);
  }
}

TEST_CASE("store: integrity names altered tables and guards, and references to nothing") {
  struct Row {
    const char* sql;
    const char* said;
  };
  const Row rows[] = {
      {"SELECT 1", "ok"},
      {"DROP TRIGGER line_is_never_changed", "missing: CREATE TRIGGER line_is_never_changed"},
      {"CREATE TABLE extra(x)", "table extra is not defined as accrue defines it"},
      {"CREATE TRIGGER hidden AFTER INSERT ON line BEGIN DELETE FROM node; END",
       "trigger hidden is not defined as accrue defines it"},
      {"DROP INDEX charge_by_period", "missing: CREATE INDEX charge_by_period"},
      {"INSERT INTO line VALUES(99, 1, 1, 5)",
       "a row of table line refers to a row of table entry"},
      {"INSERT INTO balance VALUES(1, 99, 1, 5)",
       "a row of table balance refers to a row of table account"},
      {"INSERT INTO charge SELECT 99, 1, key, at, period, kind, category, class, billing_period, "
       "row_count, amount "
       "FROM charge LIMIT 1",
       "a row of table charge refers to a row of table record"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.sql);
    const ScratchFolder folder;
    const std::string path = six_records(folder);
    SQLite::Database{path, SQLite::OPEN_READWRITE}.exec(row.sql);
    CHECK(Store::open(path, Store::Access::read).value().integrity().starts_with(row.said));
  }
}

TEST_CASE("store: a damaged file is refused or throws, and never ends the program") {
  constexpr std::uint64_t seed = 6;
  INFO("seed " << seed);
  std::mt19937_64 dice{seed};
  const ScratchFolder folder;
  const std::string path = six_records(folder);
  std::ifstream in{path, std::ios::binary};
  const std::string whole{std::istreambuf_iterator<char>{in}, {}};
  const std::string damaged_path = folder / "damaged.accrue";
  int noticed = 0;
  constexpr int case_count = 150;
  for (int i = 0; i < case_count; ++i) {
    CAPTURE(i);
    std::string bytes = whole;
    if (i % 3 == 0) {
      bytes.resize(dice() % bytes.size());
    } else if (i % 3 == 1) {
      for (int change = 0; change < 40; ++change) {
        bytes[dice() % bytes.size()] = static_cast<char>(dice());
      }
    } else {
      const std::size_t page = dice() % (bytes.size() / 16384);
      for (std::size_t at = 0; at < 200; ++at) {
        bytes[page * 16384 + (i % 2 == 0 ? at : dice() % 16384)] = static_cast<char>(dice());
      }
    }
    std::ofstream{damaged_path, std::ios::binary | std::ios::trunc} << bytes;
    const pid_t child = fork();
    if (child == 0) _exit(read_all(damaged_path).empty() ? 0 : 3);
    int status = 0;
    waitpid(child, &status, 0);
    REQUIRE(WIFEXITED(status));
    if (WEXITSTATUS(status) == 3) ++noticed;
  }
  CHECK(noticed > case_count / 2);
}

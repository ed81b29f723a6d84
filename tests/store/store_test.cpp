#include "ledger/store/store.h"

#include <fstream>
#include <limits>
#include <set>

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include "tests/number/stops.h"
#include "tests/store/sample_book.h"

namespace {

using namespace accrue;
using namespace accrue::testing;

constexpr Period may = Period{2024 * 12 + 4};
constexpr Period june = Period{2024 * 12 + 5};
constexpr Period july = Period{2024 * 12 + 6};

/// Runs SQL on the file as a stranger would, without the settings of accrue.
void tamper(const std::string& path, const std::string& sql) {
  SQLite::Database{path, SQLite::OPEN_READWRITE}.exec(sql);
}

std::string failure_of(const std::function<void()>& step) {
  try {
    step();
  } catch (const StoreFailure& failure) {
    return failure.what();
  }
  return "";
}

template <typename Step>
void in_transaction(Store& store, Step step) {
  Store::Transaction transaction = store.begin().value();
  step();
  transaction.commit();
}

std::vector<std::string> amounts_of_open(const Store& store, std::int64_t close_record,
                                         Period closed_through, std::int64_t last_record) {
  std::vector<std::string> amounts;
  store.for_each_open_charge(
      close_record, closed_through, last_record,
      [&](const StoredCharge& stored) { amounts.push_back(stored.charge.amount.to_string()); });
  return amounts;
}

}  // namespace

TEST_CASE("store: a book closed and opened again says the same") {
  const ScratchFolder folder;
  const std::string path = folder / "book.accrue";
  Digest root;
  std::map<std::string, std::vector<std::string>> rows;
  {
    Store store = Store::create(path).value();
    append_samples(store, 1, 9);
    root = store.root(9);
    rows = all_rows(store);
  }
  CHECK_FALSE(std::filesystem::exists(path + "-wal"));
  for (const Store::Access access : {Store::Access::read, Store::Access::write}) {
    const Store store = Store::open(path, access).value();
    CHECK(store.record_count() == 9);
    CHECK(store.root(9) == root);
    CHECK(all_rows(store) == rows);
    CHECK(fault_of(store) == "");
  }
}

TEST_CASE("store: a record comes back with every field, and its leaf hashes to what is kept") {
  Store store = Store::in_memory();
  std::vector<Record> records;
  for (std::int64_t sequence = 1; sequence <= 5; ++sequence) {
    records.push_back(sample_record(sequence, sequence - 1));
  }
  records[2].author = std::string{"n\0l", 3};
  records[2].reason = "\xe7\x90\x86\xe7\x94\xb1 '\"";
  records[2].fact = std::string{"\0\xff\0", 3};
  records[2].rules = 9;
  records[3].fact = "";
  for (const Record& record : records) {
    in_transaction(store, [&] {
      const Digest root = store.append(record);
      CHECK(root == store.root(record.sequence));
    });
  }
  for (const Record& record : records) {
    const Record back = store.read_record(record.sequence);
    CHECK(leaf_bytes(back) == leaf_bytes(record));
    CHECK(to_hex(store.stored_leaf_hash(record.sequence)) == to_hex(leaf_hash(leaf_bytes(record))));
  }
  std::vector<std::int64_t> seen;
  store.for_each_record(2, 5, [&](const Record& record) {
    CHECK(record.entries.empty());
    seen.push_back(record.sequence);
    // What a visit asks may be asked again within it.
    store.for_each_record(1, 1, [&](const Record& first) {
      CHECK(first.sequence == 1);
      return true;
    });
    return record.sequence < 4;
  });
  CHECK(seen == std::vector<std::int64_t>{2, 3, 4});
  CHECK(failure_of([&] { (void)store.read_record(6); }).find("record 6") != std::string::npos);
  CHECK_THROWS_AS((void)store.stored_leaf_hash(6), StoreFailure);
  CHECK_THROWS_AS((void)store.root(6), StoreFailure);
}

TEST_CASE("store: the head of a record comes without its fact, which can be read in part") {
  Store store = Store::in_memory();
  in_transaction(store, [&] {
    store.append(sample_record(1));
    store.append(sample_record(2));
  });
  std::vector<std::string> reasons;
  store.for_each_record_head(1, 2, [&](const Record& head) {
    CHECK(head.fact.empty());
    CHECK(head.entries.empty());
    CHECK(head.kind == RecordKind::usage_imported);
    reasons.push_back(head.reason);
    return true;
  });
  CHECK(reasons == std::vector<std::string>{"record 1", "record 2"});
  CHECK(store.read_fact_prefix(2, 4) == "fact");
  CHECK(store.read_fact_prefix(2, 4000) == "fact 2");
  CHECK_THROWS_AS((void)store.read_fact_prefix(3, 4), StoreFailure);
}

TEST_CASE("store: the root of an earlier size stays what it was") {
  Store store = Store::in_memory();
  std::vector<Digest> roots{store.root(0)};
  for (std::int64_t sequence = 1; sequence <= 20; ++sequence) {
    in_transaction(store, [&] { roots.push_back(store.append(sample_record(sequence))); });
  }
  CHECK(roots[0] == sha256(""));
  for (std::int64_t count = 0; count <= 20; ++count) {
    CHECK(store.root(count) == roots[static_cast<std::size_t>(count)]);
  }
}

TEST_CASE("store: entries are numbered over all records and found by record and by period") {
  Store store = Store::in_memory();
  Record record = sample_record(1, 0);
  record.entries = {earned(1, june, june), earned(2, may, may)};
  in_transaction(store, [&] { store.append(record); });
  record = sample_record(2, 0);
  record.entries = {earned(3, june, may), earned(4, july, july), earned(5, may, may)};
  in_transaction(store, [&] { store.append(record); });

  std::vector<std::int64_t> numbers;
  const auto keep = [&](const StoredEntry& stored) {
    CHECK(stored.entry.lines()[0].amount_minor_units == stored.number);
    CHECK(stored.record == (stored.number <= 2 ? 1 : 2));
    numbers.push_back(stored.number);
    return true;
  };
  store.for_each_entry(1, 2, keep);
  CHECK(numbers == std::vector<std::int64_t>{1, 2, 3, 4, 5});
  numbers.clear();
  store.for_each_entry(2, 2, keep);
  CHECK(numbers == std::vector<std::int64_t>{3, 4, 5});
  numbers.clear();
  store.for_each_entry_of({may, june}, keep);
  CHECK(numbers == std::vector<std::int64_t>{1, 2, 3, 5});
  numbers.clear();
  store.for_each_entry(1, 2, [&](const StoredEntry& stored) { return keep(stored), false; });
  CHECK(numbers == std::vector<std::int64_t>{1});
  CHECK(store.read_entry(3)->entry.origin_period() == may);
  CHECK_FALSE(store.read_entry(6));
}

TEST_CASE("store: balances add up, and one that reaches zero stays") {
  Store store = Store::in_memory();
  const BalanceKey in_june{liability("T1"), june, june};
  const BalanceKey late{liability("T1"), june, may};
  const BalanceKey in_july{revenue("T1", "GPU"), july, july};
  in_transaction(store, [&] { store.add_to_balances({{in_june, 5}, {in_july, -7}}); });
  in_transaction(store, [&] { store.add_to_balances({{in_june, -5}, {late, 1}, {in_july, -1}}); });
  CHECK(store.read_balances() == Balances{{in_june, 0}, {late, 1}, {in_july, -8}});
  CHECK(store.read_balances({june, june}) == Balances{{in_june, 0}, {late, 1}});
  CHECK(store.read_balances({may, may}).empty());

  const std::int64_t widest = std::numeric_limits<std::int64_t>::max();
  in_transaction(store, [&] { store.add_to_balances({{late, widest - 1}}); });
  CHECK(store.read_balances({june, june}).at(late) == widest);
  CHECK_THROWS_AS(in_transaction(store, [&] { store.add_to_balances({{late, 1}}); }), StoreFailure);
  CHECK(store.read_balances({june, june}).at(late) == widest);
}

TEST_CASE("store: the open charges are those that the last close did not freeze, each once") {
  Store store = Store::in_memory();
  for (std::int64_t sequence = 1; sequence <= 4; ++sequence) {
    in_transaction(store, [&] {
      if (sequence == 2) return void(store.append(sample_record(2, 0)));  // the close of May
      store.append(sample_record(sequence, 0));
      const std::string tag = std::to_string(sequence);
      store.insert_charges(sequence, std::vector{charge(sequence, june, tag + ".6", "b"),
                                                 charge(sequence, may, tag + ".5"),
                                                 charge(sequence, july, tag + ".7"),
                                                 charge(sequence, june, "-" + tag + ".6")});
    });
  }
  using Amounts = std::vector<std::string>;
  struct Row {
    const char* why;
    std::int64_t close_record;
    Period closed_through;
    std::int64_t last_record;
    Amounts amounts;
  };
  const Amounts of_three{"3.6", "3.5", "3.7", "-3.6"};
  const Row rows[] = {
      {"nothing closed",
       0,
       Period{},
       3,
       {"1.6", "1.5", "1.7", "-1.6", "3.6", "3.5", "3.7", "-3.6"}},
      {"May closed: its early charge is frozen, its late one is not",
       2,
       may,
       3,
       {"1.6", "1.7", "-1.6", "3.6", "3.5", "3.7", "-3.6"}},
      {"as of the close", 2, may, 2, {"1.6", "1.7", "-1.6"}},
      {"as of before the close", 2, may, 1, {"1.6", "1.7", "-1.6"}},
      {"as of the empty book", 2, may, 0, {}},
      {"June closed too", 2, june, 3, {"1.7", "3.6", "3.5", "3.7", "-3.6"}},
      {"all closed", 2, july, 3, of_three},
      {"closed by the last record", 4, july, 4, {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(amounts_of_open(store, row.close_record, row.closed_through, row.last_record) ==
          row.amounts);
  }
  CHECK(store.first_charge_period(3) == may);
  CHECK_FALSE(store.first_charge_period(0));
  Amounts third;
  store.for_each_charge_of(3, [&](const StoredCharge& stored) {
    third.push_back(stored.charge.amount.to_string());
    CHECK(stored.record == 3);
  });
  CHECK(third == of_three);
}

TEST_CASE("store: a charge comes back with every field, sums beyond 38 digits included") {
  Store store = Store::in_memory();
  StoredCharge first = charge(1, june, "-9999999999999999999999999999999999999900000000.5");
  first.charge.at = Instant{-1};
  first.charge.kind = Charge::Kind::reduction;
  first.charge.category = ChargeCategory::credit;
  first.charge.charge_class = ChargeClass::correction;
  first.charge.row_count = 1'000'000'000'000;
  first.charge.key = {"i", "c", "b", "s", "v", "k", "r"};
  const std::vector<StoredCharge> charges{first, charge(1, may, "0")};
  in_transaction(store, [&] {
    store.insert_charges(1, charges);  // the order of charges and record does not matter
    store.append(sample_record(1, 0));
  });
  std::size_t i = 0;
  store.for_each_charge_of(1, [&](const StoredCharge& stored) {
    const Charge& was = charges[i].charge;
    CHECK(stored.period == charges[i].period);
    CHECK(stored.charge.at == was.at);
    CHECK(stored.charge.key == was.key);
    CHECK(stored.charge.kind == was.kind);
    CHECK(stored.charge.category == was.category);
    CHECK(stored.charge.charge_class == was.charge_class);
    CHECK(stored.charge.row_count == was.row_count);
    CHECK(stored.charge.amount == was.amount);
    ++i;
  });
  CHECK(i == 2);
}

TEST_CASE("store: draws of one close are replaced, those of another stay") {
  Store store = Store::in_memory();
  const DrawKey a{"lunar", "USD", "T1", may, may, "GPU", "H20", "cn-north"};
  DrawKey b = a;
  b.grant = "";
  DrawKey c = a;
  c.served_period = june;
  const auto amount = [](const char* text) { return stored_decimal(text); };
  in_transaction(store, [&] {
    store.replace_draws(0, {{a, amount("1")}, {b, amount("2")}});
    store.replace_draws(7, {{a, amount("9.000000000000000000000000000001")}});
  });
  in_transaction(store, [&] { store.replace_draws(0, {{b, amount("-3")}, {c, amount("4")}}); });
  CHECK(store.read_draws(0) == DrawTotals{{b, amount("-3")}, {c, amount("4")}});
  CHECK(store.read_draws(7) == DrawTotals{{a, amount("9.000000000000000000000000000001")}});
  CHECK(store.read_draws(8).empty());
}

TEST_CASE("store: closes and imported files are found again") {
  Store store = Store::in_memory();
  const std::string hash(32, '\xfe');
  in_transaction(store, [&] {
    store.append(sample_record(1));
    store.append(sample_record(2));
    store.insert_close({1, may, Instant{5}, Instant{6}, hash, std::nullopt});
    store.insert_file(hash, 1);
  });
  CHECK_FALSE(store.read_closes().at(0).reopened_by);
  in_transaction(store, [&] { store.mark_reopened(1, 2); });
  const StoredClose close = store.read_closes().at(0);
  CHECK(close.record == 1);
  CHECK(close.period == may);
  CHECK(close.begin_at == Instant{5});
  CHECK(close.end_at == Instant{6});
  CHECK(close.trial_balance_hash == hash);
  CHECK(close.reopened_by == 2);
  CHECK(store.record_of_file(hash) == 1);
  CHECK_FALSE(store.record_of_file(std::string(32, '\0')));
  // A file that replaces may come again: the last record that brought it is named.
  in_transaction(store, [&] { store.insert_file(hash, 2); });
  CHECK(store.record_of_file(hash) == 2);
  CHECK_THROWS_AS(in_transaction(store, [&] { store.insert_file(hash, 2); }), StoreFailure);
}

TEST_CASE("store: an event is found by its source and id, and taken once") {
  Store store = Store::in_memory();
  const std::string content(32, 'c');
  in_transaction(store, [&] {
    for (std::int64_t record = 1; record <= 2; ++record) store.append(sample_record(record));
    store.insert_event({"meter", "1"}, 1, content);
    store.insert_event({"other", "1"}, 2, std::string(32, 'd'));
  });
  REQUIRE(store.find_event({"meter", "1"}).has_value());
  CHECK(store.find_event({"meter", "1"})->record == 1);
  CHECK(store.find_event({"meter", "1"})->content_hash == content);
  CHECK(store.find_event({"other", "1"})->record == 2);
  CHECK_FALSE(store.find_event({"meter", "2"}).has_value());
  CHECK_FALSE(store.find_event({"none", "1"}).has_value());
  CHECK_THROWS_AS(in_transaction(store, [&] { store.insert_event({"meter", "1"}, 2, content); }),
                  StoreFailure);
}

TEST_CASE("store: charges are found by the bill they stand in, of the records asked for") {
  Store store = Store::in_memory();
  const Period june = Period::of(2024, 6);
  const auto billed = [&](std::int64_t record, std::optional<Period> bill,
                          std::string_view amount) {
    StoredCharge stored = charge(record, june, amount);
    stored.charge.billing_period = bill;
    return stored;
  };
  in_transaction(store, [&] {
    for (std::int64_t record = 1; record <= 3; ++record) store.append(sample_record(record));
    store.insert_charges(1, std::vector{billed(1, june, "1"), billed(1, june.next(), "2")});
    store.insert_charges(2, std::vector{billed(2, june, "4"), billed(2, std::nullopt, "8")});
    store.insert_charges(3, std::vector{billed(3, june, "16")});
  });
  const auto found = [&](std::vector<std::int64_t> records, std::vector<Period> bills) {
    std::string amounts;
    store.for_each_charge_of_bills(records, bills, [&](const StoredCharge& stored) {
      REQUIRE(stored.charge.billing_period.has_value());
      amounts += stored.charge.amount.to_string() + " ";
    });
    return amounts;
  };
  CHECK(found({1, 2, 3}, {june}) == "1 4 16 ");
  CHECK(found({1, 3}, {june}) == "1 16 ");
  CHECK(found({1, 2, 3}, {june, june.next()}) == "1 2 4 16 ");
  CHECK(found({1, 2, 3}, {june.previous()}).empty());
  CHECK(found({}, {june}).empty());
}

TEST_CASE("store: what is not committed never was") {
  const ScratchFolder folder;
  Store store = Store::create(folder / "book.accrue").value();
  append_samples(store, 1, 2);
  {
    Store::Transaction transaction = store.begin().value();
    append_sample(store, 3);
  }
  CHECK(store.record_count() == 2);
  CHECK(fault_of(store) == "");
  // Numbers given to accounts within it are given anew.
  {
    Store::Transaction transaction = store.begin().value();
    store.add_to_balances({{{revenue("lost", "x"), june, june}, 1}});
  }
  append_samples(store, 3, 4);
  CHECK(fault_of(store) == "");
  // It can be ended before its time, and another begun.
  Store::Transaction ended = store.begin().value();
  append_sample(store, 5);
  ended.roll_back();
  CHECK(fault_of(store) == "");
  // A reference to a record that is not there cannot be committed.
  CHECK_THROWS_AS(in_transaction(store, [&] { store.insert_file("x", 99); }), StoreFailure);
  append_samples(store, 5, 5);
  CHECK(fault_of(store) == "");
}

TEST_CASE("store: a fault of ours stops the program") {
  CHECK(stops([] {
    Store store = Store::in_memory();
    const Store::Transaction first = store.begin().value();
    (void)store.begin();
  }));
  CHECK(stops([] { Store::in_memory().append(sample_record(1)); }));
  CHECK(stops([] {
    Store store = Store::in_memory();
    Store::Transaction over = store.begin().value();
    over.commit();
    over.commit();
  }));
  CHECK(stops([] { Store::in_memory().add_to_balances({}); }));
  CHECK(stops([] {
    Store store = Store::in_memory();
    const Store::Transaction transaction = store.begin().value();
    store.append(sample_record(2));
  }));
  CHECK(stops([] {
    Store store = Store::in_memory();
    const Store::Transaction transaction = store.begin().value();
    store.append(sample_record(1));
    Record earlier = sample_record(2);
    earlier.recorded_at.microseconds = 0;
    store.append(earlier);
  }));
}

TEST_CASE("store: a book appears whole, and only where nothing is") {
  const ScratchFolder folder;
  const std::string path = folder / "book.accrue";
  struct Row {
    const char* why;
    std::string path;
    ErrorCode code;
  };
  std::ofstream{folder / "taken"} << "mine";
  std::filesystem::create_directory(folder / "folder");
  std::filesystem::create_symlink(folder / "nowhere", folder / "link");
  const Row rows[] = {
      {"a file", folder / "taken", ErrorCode::book_exists},
      {"a folder", folder / "folder", ErrorCode::book_exists},
      {"a link to nothing", folder / "link", ErrorCode::book_exists},
      {"no such folder", folder / "no/book.accrue", ErrorCode::file_unwritable},
      {"a file as folder", folder / "taken/book.accrue", ErrorCode::file_unwritable},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const Result<Store> store = Store::create(row.path);
    REQUIRE_FALSE(store.ok());
    CHECK(store.error().code == row.code);
  }
  { const Store store = Store::create(path).value(); }
  CHECK(Store::create(path).error().code == ErrorCode::book_exists);

  std::set<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator{folder.path()}) {
    names.insert(file.path().filename().string());
  }
  CHECK(names == std::set<std::string>{"book.accrue", "folder", "link", "taken"});
  std::ifstream taken{folder / "taken"};
  CHECK(std::string{std::istreambuf_iterator<char>{taken}, {}} == "mine");
}

TEST_CASE("store: a name that SQLite would read as something else is a file") {
  const ScratchFolder folder;
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  for (const char* name : {":memory:", "file:x?mode=memory", "a b%20c#?.accrue"}) {
    CAPTURE(name);
    {
      Store store = Store::create(name).value();
      append_samples(store, 1, 1);
    }
    CHECK(std::filesystem::exists(name));
    CHECK(Store::open(name, Store::Access::read).value().record_count() == 1);
  }
  std::filesystem::current_path(before);
}

TEST_CASE("store: the file has the settings of docs/formats.md") {
  const ScratchFolder folder;
  const std::string path = folder / "book.accrue";
  { const Store store = Store::create(path).value(); }
  SQLite::Database database{path, SQLite::OPEN_READWRITE};
  CHECK(database.execAndGet("PRAGMA application_id").getInt() == 0x41434352);
  CHECK(database.execAndGet("PRAGMA user_version").getInt() == 4);
  CHECK(database.execAndGet("PRAGMA page_size").getInt() == 16384);
  CHECK(database.execAndGet("PRAGMA journal_mode").getString() == "wal");
  CHECK(database
            .execAndGet("SELECT count(*) FROM pragma_table_list "
                        "WHERE schema = 'main' AND type = 'table' AND NOT strict "
                        "AND name NOT LIKE 'sqlite_%'")
            .getInt() == 0);
}

TEST_CASE("store: what is not a book is refused") {
  const ScratchFolder folder;
  const auto refused = [](const std::string& path) {
    const Result<Store> read = Store::open(path, Store::Access::read);
    const Result<Store> write = Store::open(path, Store::Access::write);
    REQUIRE_FALSE(read.ok());
    REQUIRE_FALSE(write.ok());
    CHECK(read.error().code == write.error().code);
    return read.error().code;
  };
  CHECK(refused(folder / "missing") == ErrorCode::book_missing);
  CHECK_FALSE(std::filesystem::exists(folder / "missing"));
  CHECK(refused(folder / "missing/book") == ErrorCode::book_missing);
  CHECK(refused(folder.path().string()) == ErrorCode::not_a_book);
  std::ofstream{folder / "empty"};
  CHECK(refused(folder / "empty") == ErrorCode::not_a_book);
  std::ofstream{folder / "text"} << std::string(5000, 'x');
  CHECK(refused(folder / "text") == ErrorCode::not_a_book);
  SQLite::Database{folder / "other", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE}.exec(
      "CREATE TABLE record(sequence INTEGER)");
  CHECK(refused(folder / "other") == ErrorCode::not_a_book);

  const std::string path = folder / "book.accrue";
  { const Store store = Store::create(path).value(); }
  tamper(path, "PRAGMA user_version = 5");
  CHECK(refused(path) == ErrorCode::book_too_new);
  tamper(path, "PRAGMA user_version = 3");
  CHECK(refused(path) == ErrorCode::book_too_old);
}

TEST_CASE("store: records, entries and lines refuse to be changed or deleted") {
  const ScratchFolder folder;
  const std::string path = folder / "book.accrue";
  {
    Store store = Store::create(path).value();
    append_samples(store, 1, 2);
  }
  struct Row {
    const char* sql;
    const char* why;
  };
  const Row rows[] = {
      {"UPDATE record SET author = 'eve' WHERE sequence = 1", "a record is never changed"},
      {"DELETE FROM record WHERE sequence = 2", "a record is never deleted"},
      {"UPDATE entry SET memo = ''", "an entry is never changed"},
      {"DELETE FROM entry", "an entry is never deleted"},
      {"UPDATE line SET amount = 0", "a line is never changed"},
      {"DELETE FROM line WHERE entry = 1", "a line is never deleted"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.sql);
    std::string said;
    try {
      tamper(path, row.sql);
    } catch (const SQLite::Exception& exception) {
      said = exception.what();
    }
    CHECK(said == row.why);
  }
  CHECK(fault_of(Store::open(path, Store::Access::read).value()) == "");
}

TEST_CASE("store: two books that hold the same give the same rows, whatever was seen first") {
  Store one = Store::in_memory();
  Store other = Store::in_memory();
  const Balances first{{{revenue("T1", "z"), june, june}, 1}};
  const Balances second{{{revenue("T1", "a"), june, june}, 2}};
  in_transaction(one, [&] { one.add_to_balances(first), one.add_to_balances(second); });
  in_transaction(other, [&] { other.add_to_balances(second), other.add_to_balances(first); });
  CHECK(all_rows(one) == all_rows(other));
  CHECK(all_rows(one).at("balance").at(0) ==
        "posting_period=\"2024-06\"|account=\"Revenue:lunar:T1:usage:a:cn-north\"|"
        "origin_period=\"2024-06\"|amount=2");
  in_transaction(other, [&] { other.add_to_balances(first); });
  CHECK(all_rows(one) != all_rows(other));
}

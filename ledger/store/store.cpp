#include "ledger/store/store.h"

#include <filesystem>

#include <SQLiteCpp/Backup.h>
#include <sqlite3.h>

#include "ledger/store/state.h"

namespace accrue {

namespace {

constexpr int patience_ms = 10'000;

std::string uri_of_immutable(const std::string& path) {
  std::string uri{"file:"};
  for (const char c : std::filesystem::absolute(path).string()) {
    if (c == '%' || c == '?' || c == '#') {
      static constexpr char digits[] = "0123456789ABCDEF";
      uri += '%';
      uri += digits[static_cast<unsigned char>(c) >> 4];
      uri += digits[static_cast<unsigned char>(c) & 15];
    } else {
      uri += c;
    }
  }
  return uri + "?immutable=1";
}

bool has_pending_log(const std::string& path) {
  std::error_code missing;
  const std::uintmax_t size = std::filesystem::file_size(plain_path(path) + "-wal", missing);
  return !missing && size > 0;
}

}  // namespace

Store::State::State(const std::string& path, const std::string& name, int flags, Access mode)
    : access{mode},
      database{name, flags | SQLite::OPEN_NOMUTEX, patience_ms},
      statements{database, path},
      accounts{statements},
      charge_keys{statements},
      event_sources{statements} {
  configure(database, access);
  if (access == Access::read) {
    // The first read settles what is seen until the end.
    database.exec("BEGIN");
    database.execAndGet("SELECT count(*) FROM sqlite_schema");
  }
}

Store::State::State(SQLite::Database filled)
    : access{Access::write},
      database{std::move(filled)},
      statements{database, "the book in memory"},
      accounts{statements},
      charge_keys{statements},
      event_sources{statements} {
  configure(database, access);
}

void Store::State::require_transaction() {
  LEDGER_CHECK(in_transaction, "no transaction", "a write inside a transaction");
  // After some failures SQLite rolls back by itself; a write would then stand alone.
  if (sqlite3_get_autocommit(database.getHandle()) != 0) {
    statements.fail("the transaction was rolled back");
  }
}

Store::Store(std::unique_ptr<State> state) : state_{std::move(state)} {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Result<Store> Store::create(const std::string& path) {
  ACCRUE_TRY_DONE(create_book_file(path));
  return open(path, Access::write);
}

Result<Store> Store::open(const std::string& path, Access access) {
  ACCRUE_TRY_DONE(check_book_file(path));
  const int flags = access == Access::write ? SQLite::OPEN_READWRITE : SQLite::OPEN_READONLY;
  const std::string name = plain_path(path);
  try {
    return Store{std::make_unique<State>(path, name, flags, access)};
  } catch (const SQLite::Exception& exception) {
    // Where nothing may be written, SQLite cannot make the files beside the book through which
    // readers and writers meet. Without a log, and without a writer, the file alone is the book.
    const bool cannot_meet =
        exception.getErrorCode() == SQLITE_CANTOPEN || exception.getErrorCode() == SQLITE_READONLY;
    if (access == Access::write || !cannot_meet || has_pending_log(path)) {
      throw StoreFailure{path + ": " + exception.what()};
    }
  }
  try {
    return Store{
        std::make_unique<State>(path, uri_of_immutable(name), flags | SQLite::OPEN_URI, access)};
  } catch (const SQLite::Exception& exception) {
    throw StoreFailure{path + ": " + exception.what()};
  }
}

Store Store::in_memory() {
  try {
    auto state = std::make_unique<State>("the book in memory",
                                         ":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE,
                                         Access::write);
    create_tables(state->database);
    return Store{std::move(state)};
  } catch (const SQLite::Exception& exception) {
    throw StoreFailure{std::string{"the book in memory: "} + exception.what()};
  }
}

Store Store::copy_in_memory() const {
  try {
    SQLite::Database copy{":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE |
                                          SQLite::OPEN_NOMUTEX};
    SQLite::Backup backup{copy, state_->database};
    backup.executeStep();
    return Store{std::make_unique<State>(std::move(copy))};
  } catch (const SQLite::Exception& exception) {
    throw StoreFailure{state_->database.getFilename() + ": " + exception.what()};
  }
}

bool Store::is_in_memory() const { return state_->database.getFilename() == ":memory:"; }

Result<Store::Transaction> Store::begin(std::chrono::milliseconds patience) {
  LEDGER_CHECK(state_->access == Access::write, "a store opened to read", "one opened to write");
  LEDGER_CHECK(!state_->in_transaction, "a second transaction", "one at a time");
  state_->database.setBusyTimeout(static_cast<int>(patience.count()));
  const int code = state_->database.tryExec("BEGIN IMMEDIATE");
  if (code == SQLITE_BUSY) {
    return Error{
        .code = ErrorCode::book_busy,
        .message = "another process is writing to '" + state_->database.getFilename() + "'",
        .notes = {"waited " + std::to_string(patience.count()) + " ms for it to end"},
        .hint = "run the command again, or wait longer: --wait SECONDS"};
  }
  if (code != SQLITE_OK) state_->statements.fail(state_->database.getErrorMsg());
  return Transaction{*state_};
}

Store::Snapshot::Snapshot(State& state) : state_{state} {
  LEDGER_CHECK(state.access == Access::write && !state.in_transaction, "a snapshot in a snapshot",
               "a store opened to write, and no transaction");
  state.database.exec("BEGIN");
}

Store::Snapshot::~Snapshot() { state_.database.tryExec("COMMIT"); }

Store::Transaction::Transaction(State& state) : state_{&state} {
  state.in_transaction = true;
  state.accounts.begin();
  state.charge_keys.begin();
  state.event_sources.begin();
}

Store::Transaction::Transaction(Transaction&& other) noexcept
    : state_{std::exchange(other.state_, nullptr)} {}

Store::Transaction::~Transaction() {
  if (state_ != nullptr) roll_back();
}

void Store::Transaction::roll_back() {
  LEDGER_CHECK(state_ != nullptr, "a transaction that is over", "one that is open");
  // SQLite has rolled back by itself after some failures; then there is nothing left to do.
  state_->database.tryExec("ROLLBACK");
  state_->in_transaction = false;
  state_->accounts.forget();
  state_->charge_keys.forget();
  state_->event_sources.forget();
  state_ = nullptr;
}

void Store::Transaction::commit() {
  LEDGER_CHECK(state_ != nullptr, "a transaction that is over", "one that is open");
  if (state_->database.tryExec("COMMIT") != SQLITE_OK) {
    state_->statements.fail(state_->database.getErrorMsg());
  }
  state_->in_transaction = false;
  state_ = nullptr;
}

}  // namespace accrue

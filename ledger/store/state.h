#pragma once

#include <string>

#include <SQLiteCpp/SQLiteCpp.h>

#include "ledger/store/interned.h"
#include "ledger/store/query.h"
#include "ledger/store/store.h"

namespace accrue {

/// One open connection. Throws SQLite::Exception when it cannot be made.
struct Store::State {
  State(const std::string& path, const std::string& name, int flags, Access mode);
  /// A database in memory that holds a book.
  explicit State(SQLite::Database filled);

  /// Within a transaction, or we are wrong.
  void require_transaction();

  Access access;
  SQLite::Database database;
  Statements statements;  ///< after the database: a statement may not outlive it
  Interned<Account> accounts;
  Interned<ChargeKey> charge_keys;
  Interned<EventSource> event_sources;
  bool in_transaction = false;
};

/// The settings of every connection, and of one that writes.
void configure(SQLite::Database& database, Store::Access access);

/// The tables of an empty database, in one transaction.
void create_tables(SQLite::Database& database);

/// A complete, closed book at `path`, where nothing was. Errors: book_exists, file_unwritable.
Result<Done> create_book_file(const std::string& path);

/// Looks at the file without SQLite. Errors: book_missing, not_a_book, book_too_new.
Result<Done> check_book_file(const std::string& path);

/// A path that SQLite takes as such: never for a URI or a database in memory.
std::string plain_path(const std::string& path);

}  // namespace accrue

#pragma once

#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>

#include "ledger/error/check.h"
#include "ledger/store/store.h"

namespace accrue {

/// Prepared statements of one connection, kept for the next use.
class Statements {
 public:
  Statements(const SQLite::Database& database, std::string path)
      : database_{&database}, path_{std::move(path)} {}

  /// One not in use: a visitor may ask what the visit it is part of asks.
  SQLite::Statement take(const char* sql);
  void give_back(const char* sql, SQLite::Statement statement);

  [[noreturn]] void fail(const SQLite::Exception& exception) const;
  [[noreturn]] void fail(const std::string& message) const;

 private:
  const SQLite::Database* database_;
  std::string path_;
  std::map<std::string_view, std::vector<SQLite::Statement>> idle_;  ///< by their text, a literal
};

struct Blob {
  const std::string& bytes;
};

/// A statement at work; what SQLite throws leaves as StoreFailure. The texts bound are not copied:
/// they must live until the next step is over.
class Query {
 public:
  /// `sql` is a literal.
  template <typename... Values>
  Query(Statements& statements, const char* sql, const Values&... values)
      : statements_{statements}, sql_{sql}, statement_{statements.take(sql)} {
    bind(values...);
  }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  ~Query();

  /// All parameters from the first, for a statement that has not begun or was run.
  template <typename... Values>
  void bind(const Values&... values) {
    try {
      int index = 0;
      (put(++index, values), ...);
    } catch (const SQLite::Exception& exception) {
      statements_.fail(exception);
    }
  }
  /// The next row; false at the end.
  bool step();
  /// Runs to the end a statement without rows; ready for the next bind.
  void run();
  template <typename... Values>
  void run_with(const Values&... values) {
    bind(values...);
    run();
  }

  std::int64_t integer(int column) { return statement_.getColumn(column).getInt64(); }
  std::int32_t small_integer(int column) { return statement_.getColumn(column).getInt(); }
  std::string text(int column) { return statement_.getColumn(column).getString(); }
  Decimal decimal(int column);
  bool is_null(int column) { return statement_.isColumnNull(column); }
  SQLite::Statement& statement() { return statement_; }

 private:
  template <std::integral Integer>
  void put(int index, Integer value) {
    statement_.bind(index, static_cast<std::int64_t>(value));
  }
  void put(int index, const std::string& text) { statement_.bindNoCopy(index, text); }
  void put(int index, Blob blob) {
    statement_.bindNoCopy(index, blob.bytes.data(), static_cast<int>(blob.bytes.size()));
  }

  /// Nothing is NULL.
  template <typename Value>
  void put(int index, const std::optional<Value>& value) {
    if (value) {
      put(index, *value);
    } else {
      statement_.bind(index);
    }
  }
  void put(int index, const std::string* text) {
    if (text != nullptr) {
      put(index, *text);
    } else {
      statement_.bind(index);
    }
  }

  Statements& statements_;
  const char* sql_;
  SQLite::Statement statement_;
};

}  // namespace accrue

#include "ledger/store/query.h"

#include "ledger/book/codec.h"

namespace accrue {

SQLite::Statement Statements::take(const char* sql) {
  std::vector<SQLite::Statement>& idle = idle_[sql];
  if (!idle.empty()) {
    SQLite::Statement statement = std::move(idle.back());
    idle.pop_back();
    return statement;
  }
  try {
    return SQLite::Statement{*database_, sql};
  } catch (const SQLite::Exception& exception) {
    fail(exception);
  }
}

void Statements::give_back(const char* sql, SQLite::Statement statement) {
  idle_[sql].push_back(std::move(statement));
}

void Statements::fail(const SQLite::Exception& exception) const { fail(exception.what()); }

void Statements::fail(const std::string& message) const {
  throw StoreFailure{path_ + ": " + message};
}

Query::~Query() {
  // The reset repeats the error of a step that failed, which has been thrown already.
  statement_.tryReset();
  statements_.give_back(sql_, std::move(statement_));
}

bool Query::step() {
  try {
    return statement_.executeStep();
  } catch (const SQLite::Exception& exception) {
    statements_.fail(exception);
  }
}

void Query::run() {
  step();
  statement_.tryReset();
}

Decimal Query::decimal(int column) {
  try {
    return stored_decimal(text(column));
  } catch (const DamagedBytes&) {
    statements_.fail("'" + text(column) + "' is not a decimal number");
  }
}

}  // namespace accrue

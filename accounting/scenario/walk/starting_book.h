#pragma once

#include <cstdint>
#include <string>

#include "accounting/posting/books.h"
#include "accounting/scenario/scenario.h"
#include "ledger/error/error.h"
#include "ledger/store/store.h"

namespace accrue {

/// The book that a scenario starts from, in memory: nothing done to it reaches the file.
struct StartingBook {
  Store store;
  std::int64_t record_count = 0;
  std::string root;  ///< hexadecimal, over those records

  /// A copy that facts can be assumed in.
  Books fork() const;
};

/// Errors: period_not_closed (a start at the close of a period that is open), unknown_id (a record
///         the book does not have), and whatever stops a replay of an earlier record.
Result<StartingBook> starting_book(const Store& book, const ScenarioStart& start);

}  // namespace accrue

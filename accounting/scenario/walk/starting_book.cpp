#include "accounting/scenario/walk/starting_book.h"

#include <algorithm>
#include <optional>

#include "accounting/audit/replay.h"
#include "accounting/posting/state.h"

namespace accrue {

namespace {

Result<std::int64_t> record_of(const Store& book, const FromNow&) { return book.record_count(); }

Result<std::int64_t> record_of(const Store& book, const FromClose& start) {
  const BookState state = load_state(book, book.record_count());
  const auto close =
      std::find_if(state.closes.begin(), state.closes.end(),
                   [&](const HeldClose& held) { return held.period == start.period; });
  if (close != state.closes.end()) return close->record;
  return Error{.code = ErrorCode::period_not_closed,
               .message = "the scenario starts at the close of " + start.period.to_string() +
                          ", which no close in force covers",
               .hint = state.closes.empty()
                           ? std::string{"no period is closed: leave base out to start from the "
                                         "book as it is"}
                           : "the last closed period is " +
                                 state.closes.back().period.to_string()};
}

Result<std::int64_t> record_of(const Store& book, const FromRecord& start) {
  const std::int64_t count = book.record_count();
  if (start.record >= 1 && start.record <= count) return start.record;
  return Error{.code = ErrorCode::unknown_id,
               .message = "the scenario starts after record " + std::to_string(start.record) +
                          ", and the book has " + std::to_string(count),
               .hint = "see accrue audit log"};
}

/// The book as it stood: derived again from its facts.
Result<Store> earlier_book(const Store& book, std::int64_t record_count) {
  Replay again = replay(book, record_count, Store::in_memory(), {});
  if (again.books && again.report.findings.empty()) return again.books->store().copy_in_memory();
  return Error{.code = ErrorCode::audit_difference,
               .message = "the book does not replay to record " + std::to_string(record_count),
               .hint = "see accrue audit replay"};
}

}  // namespace

Books StartingBook::fork() const { return Books::open(store.copy_in_memory()); }

Result<StartingBook> starting_book(const Store& book, const ScenarioStart& start) {
  ACCRUE_TRY(record, std::visit([&](const auto& from) { return record_of(book, from); }, start));
  const std::string root = to_hex(book.root(record));
  if (record == book.record_count()) return StartingBook{book.copy_in_memory(), record, root};
  ACCRUE_TRY(earlier, earlier_book(book, record));
  return StartingBook{std::move(earlier), record, root};
}

}  // namespace accrue

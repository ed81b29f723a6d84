#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "accounting/posting/books.h"
#include "accounting/posting/view.h"
#include "cli/options.h"
#include "cli/terminal.h"

namespace accrue {

/// A value that may come from a flag, the environment or a default, and from which it came.
struct Setting {
  std::string value;
  std::string from;
};

/// A book opened to be read, with what it knew at the record asked for.
struct OpenedView {
  Store store;
  BookView view;
};

/// What every command shares: what was said for all of them, looked up in the environment where
/// it was not said, and the book. The only reader of the clock.
class Context {
 public:
  explicit Context(GlobalOptions options) : options_{std::move(options)} {}

  const GlobalOptions& options() const { return options_; }
  Setting book() const;
  Setting author() const;
  /// Who the operating system says is at work; no flag and no variable changes it.
  Identity identity() const;

  /// Errors: those of Store::open; not_a_book (a book whose first record was never written).
  Result<Store> open_to_read() const;
  /// With --as-of: errors as well: bad_as_of.
  Result<OpenedView> open_view() const;
  Result<Books> open_to_write() const;
  /// How many records --as-of names; all of them without it. Errors: bad_as_of.
  Result<std::int64_t> record_count_of(const Store& store) const;

  /// When, who and why of a record to be written; never before `last_recorded_at` by the clock.
  /// Errors: usage (ACCRUE_NOW is no instant).
  Result<Stamp> stamp(std::optional<Instant> last_recorded_at) const;
  /// The instant that was given, by flag or environment. Errors: usage.
  Result<std::optional<Instant>> given_now() const;

  /// A message on standard error; nothing with -q.
  void say(const std::string& text) const;
  /// "next: accrue ...", with the book named as it was named here.
  void say_next(const std::string& command) const;

 private:
  GlobalOptions options_;
};

/// The period a text means, read with the book's fiscal calendar. Errors: bad_period.
Result<PeriodRange> period_range(const std::string& text, const BookState& state);
/// One month. Errors: bad_period.
Result<Period> single_period(const std::string& text, const BookState& state);
/// The first period that is not closed; none in a book without facts and without a start.
std::optional<Period> first_open_period(const BookState& state);

}  // namespace accrue

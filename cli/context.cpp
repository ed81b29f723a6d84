#include "cli/context.h"

#include <charconv>
#include <chrono>

#include <pwd.h>
#include <sys/utsname.h>
#include <unistd.h>

namespace accrue {

namespace {

constexpr const char* default_book = "book.accrue";

Instant clock_now() {
  const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(since_1970).count()};
}

Error bad_as_of(const std::string& text, std::string note) {
  return Error{.code = ErrorCode::bad_as_of,
               .message = "--as-of takes a record number or an instant, not '" + text + "'",
               .notes = {std::move(note)},
               .hint = "for instance: --as-of 12, or --as-of 2024-07-01T00:00:00Z"};
}

}  // namespace

Setting Context::book() const {
  if (options_.book) return {*options_.book, "--book"};
  if (const std::optional<std::string> named = environment("ACCRUE_BOOK")) {
    return {*named, "ACCRUE_BOOK"};
  }
  return {default_book, "default"};
}

Identity Context::identity() const {
  const passwd* const entry = ::getpwuid(::geteuid());
  utsname names = {};
  return {entry != nullptr ? entry->pw_name : "uid " + std::to_string(::geteuid()),
          ::uname(&names) == 0 ? names.nodename : ""};
}

Setting Context::author() const {
  if (options_.author) return {*options_.author, "--author"};
  for (const char* name : {"ACCRUE_AUTHOR", "USER", "LOGNAME"}) {
    if (const std::optional<std::string> author = environment(name)) return {*author, name};
  }
  const passwd* const entry = ::getpwuid(::geteuid());
  if (entry != nullptr) return {entry->pw_name, "the user"};
  return {"uid " + std::to_string(::geteuid()), "the user"};
}

Result<Store> Context::open_to_read() const {
  ACCRUE_TRY(store, Store::open(book().value, Store::Access::read));
  if (store.record_count() > 0) return Result<Store>{std::move(store)};
  return Error{.code = ErrorCode::not_a_book,
               .message = "'" + book().value + "' has no first record: its init did not finish",
               .hint = "remove the file and create the book again: accrue init"};
}

Result<std::int64_t> Context::record_count_of(const Store& store) const {
  if (!options_.as_of) return store.record_count();
  const std::string& text = *options_.as_of;
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, number);
  if (fault == std::errc{} && stop == end) {
    if (number >= 1 && number <= store.record_count()) return number;
    return bad_as_of(text, "the book has records 1 to " + std::to_string(store.record_count()));
  }
  const Result<Instant> at = Instant::parse(text);
  if (!at.ok()) return bad_as_of(text, at.error().message);
  const std::int64_t count = records_until(store, *at);
  if (count > 0) return count;
  return bad_as_of(text, "the first record is of " + store.read_record(1).recorded_at.to_string());
}

Result<OpenedView> Context::open_view() const {
  ACCRUE_TRY(store, open_to_read());
  ACCRUE_TRY(count, record_count_of(store));
  BookView view = load_view(store, count);
  return OpenedView{std::move(store), std::move(view)};
}

Result<Books> Context::open_to_write() const {
  // Looked at first: a book without its first record cannot be loaded.
  ACCRUE_TRY_DONE(open_to_read());
  ACCRUE_TRY(store, Store::open(book().value, Store::Access::write));
  Books books = Books::open(std::move(store));
  books.set_patience(options_.patience);
  return Result<Books>{std::move(books)};
}

Result<std::optional<Instant>> Context::given_now() const {
  if (options_.now) return options_.now;
  const std::optional<std::string> text = environment("ACCRUE_NOW");
  if (!text) return std::optional<Instant>{};
  const Result<Instant> instant = Instant::parse(*text);
  if (instant.ok()) return std::optional<Instant>{*instant};
  return Error{.code = ErrorCode::usage,
               .message = "ACCRUE_NOW holds no instant: '" + *text + "'",
               .hint = "for instance: ACCRUE_NOW=2024-07-01T08:00:00Z"};
}

Result<Stamp> Context::stamp(std::optional<Instant> last_recorded_at) const {
  ACCRUE_TRY(given, given_now());
  const Instant clock = clock_now();
  // A clock that runs behind must not stop the book.
  const Instant now = given.value_or(std::max(clock, last_recorded_at.value_or(clock)));
  return Stamp{now, author().value, options_.reason, identity()};
}

void Context::say(const std::string& text) const {
  if (options_.loudness == Loudness::normal) write_text(Stream::err, text + "\n");
}

void Context::say_next(const std::string& command) const {
  const std::string book = options_.book ? "-b " + *options_.book + " " : "";
  say("next: accrue " + book + command);
}

Result<PeriodRange> period_range(const std::string& text, const BookState& state) {
  return parse_period_range(text, state.fiscal());
}

Result<Period> single_period(const std::string& text, const BookState& state) {
  ACCRUE_TRY(range, period_range(text, state));
  if (range.month_count() == 1) return range.first;
  return Error{.code = ErrorCode::bad_period,
               .message = "one month is needed, and '" + text + "' has " +
                          std::to_string(range.month_count()),
               .hint = "for instance: " + range.last.to_string()};
}

std::optional<Period> first_open_period(const BookState& state) {
  if (const std::optional<Period> closed = state.closed_through()) return closed->next();
  return state.earliest;
}

}  // namespace accrue

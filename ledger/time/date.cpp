#include "ledger/time/date.h"

#include <cstddef>
#include <optional>

#include <date/date.h>

#include "ledger/error/check.h"

namespace accrue {

namespace {

constexpr int first_year = 1900;
constexpr int last_year = 2199;
constexpr std::int64_t microseconds_per_second = 1'000'000;
constexpr std::int64_t seconds_per_day = 86'400;
constexpr std::int64_t microseconds_per_day = seconds_per_day * microseconds_per_second;

date::year_month_day civil(int year, int month, int day) {
  return date::year{year} / date::month{static_cast<unsigned>(month)} /
         date::day{static_cast<unsigned>(day)};
}

date::year_month_day civil(Date date) {
  return date::year_month_day{date::sys_days{date::days{date.days}}};
}

std::int32_t days_of(const date::year_month_day& day) {
  return date::sys_days{day}.time_since_epoch().count();
}

constexpr std::int64_t first_microsecond =
    std::int64_t{date::sys_days{date::year{first_year} / 1 / 1}.time_since_epoch().count()} *
    microseconds_per_day;
constexpr std::int64_t end_microsecond =
    std::int64_t{date::sys_days{date::year{last_year + 1} / 1 / 1}.time_since_epoch().count()} *
    microseconds_per_day;

/// Takes fixed forms off the front of a text; every step says whether the form was there.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_{text} {}

  bool at_end() const { return at_ == text_.size(); }
  bool take(char c) {
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool take_digit(int& value) {
    if (at_end() || text_[at_] < '0' || text_[at_] > '9') return false;
    value = value * 10 + (text_[at_++] - '0');
    return true;
  }
  bool take_two(int& value) {
    value = 0;
    return take_digit(value) && take_digit(value);
  }
  bool take_four(int& value) {
    value = 0;
    return take_digit(value) && take_digit(value) && take_digit(value) && take_digit(value);
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

/// YYYY-MM-DD of a day that exists.
std::optional<std::int32_t> take_day(Reader& reader) {
  int year = 0;
  int month = 0;
  int day = 0;
  if (!reader.take_four(year) || !reader.take('-') || !reader.take_two(month) ||
      !reader.take('-') || !reader.take_two(day)) {
    return std::nullopt;
  }
  const auto read = civil(year, month, day);
  if (year < first_year || year > last_year || !read.ok()) return std::nullopt;
  return days_of(read);
}

/// Up to six digits count; more must be zero.
bool take_fraction(Reader& reader, std::int64_t& microseconds) {
  std::int64_t worth = microseconds_per_second / 10;
  int digit = 0;
  if (!reader.take_digit(digit)) return false;
  do {
    if (worth == 0 && digit != 0) return false;
    microseconds += digit * worth;
    worth /= 10;
    digit = 0;
  } while (reader.take_digit(digit));
  return true;
}

/// HH:MM[:SS[.digits]][Z|+HH:MM|-HH:MM], as microseconds since midnight UTC.
std::optional<std::int64_t> take_time(Reader& reader) {
  int hour = 0;
  int minute = 0;
  int second = 0;
  std::int64_t microseconds = 0;
  if (!reader.take_two(hour) || !reader.take(':') || !reader.take_two(minute)) return std::nullopt;
  if (reader.take(':')) {
    if (!reader.take_two(second)) return std::nullopt;
    if (reader.take('.') && !take_fraction(reader, microseconds)) return std::nullopt;
  }
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;

  std::int64_t seconds = hour * 3600 + minute * 60 + second;
  const bool east = reader.take('+');
  if (east || reader.take('-')) {
    int offset_hours = 0;
    int offset_minutes = 0;
    if (!reader.take_two(offset_hours) || !reader.take(':') || !reader.take_two(offset_minutes) ||
        offset_hours > 23 || offset_minutes > 59) {
      return std::nullopt;
    }
    const int offset = offset_hours * 3600 + offset_minutes * 60;
    seconds += east ? -offset : offset;
  } else {
    reader.take('Z');
  }
  return seconds * microseconds_per_second + microseconds;
}

Error bad_date(std::string_view text, std::string_view wanted) {
  return Error{.code = ErrorCode::bad_date,
               .message = "'" + std::string{text} + "' is not " + std::string{wanted} +
                          " of the years 1900 to 2199"};
}

void put(char* to, int value, int width) {
  for (int i = width - 1; i >= 0; --i) {
    to[i] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
}

}  // namespace

Result<Date> Date::parse(std::string_view text) {
  Reader reader{text};
  const auto day = take_day(reader);
  if (!day || !reader.at_end()) return bad_date(text, "a day (YYYY-MM-DD)");
  return Date{*day};
}

Date Date::of(int year, int month, int day) {
  const auto made = civil(year, month, day);
  LEDGER_CHECK(made.ok(),
               std::to_string(year) + "-" + std::to_string(month) + "-" + std::to_string(day),
               "a day of the calendar");
  return Date{days_of(made)};
}

int Date::year() const { return static_cast<int>(civil(*this).year()); }
int Date::month() const { return static_cast<int>(static_cast<unsigned>(civil(*this).month())); }
int Date::day() const { return static_cast<int>(static_cast<unsigned>(civil(*this).day())); }

std::string Date::to_string() const {
  const auto day = civil(*this);
  std::string text = "0000-00-00";
  put(text.data(), static_cast<int>(day.year()), 4);
  put(text.data() + 5, static_cast<int>(static_cast<unsigned>(day.month())), 2);
  put(text.data() + 8, static_cast<int>(static_cast<unsigned>(day.day())), 2);
  return text;
}

Result<Instant> Instant::parse(std::string_view text) {
  constexpr std::string_view wanted = "an instant (YYYY-MM-DDTHH:MM:SSZ)";
  Reader reader{text};
  const auto day = take_day(reader);
  if (!day) return bad_date(text, wanted);
  std::int64_t microseconds = *day * microseconds_per_day;
  if (reader.take('T') || reader.take(' ')) {
    const auto time = take_time(reader);
    if (!time) return bad_date(text, wanted);
    microseconds += *time;
  }
  // An offset can carry the instant over the edge of the years.
  if (!reader.at_end() || microseconds < first_microsecond || microseconds >= end_microsecond) {
    return bad_date(text, wanted);
  }
  return Instant{microseconds};
}

Instant Instant::at_midnight_utc(Date date) { return Instant{date.days * microseconds_per_day}; }

std::string Instant::to_string() const {
  std::int64_t day = microseconds / microseconds_per_day;
  std::int64_t rest = microseconds % microseconds_per_day;
  if (rest < 0) {
    --day;
    rest += microseconds_per_day;
  }
  const int second_of_day = static_cast<int>(rest / microseconds_per_second);
  const int fraction = static_cast<int>(rest % microseconds_per_second);

  std::string text = Date{static_cast<std::int32_t>(day)}.to_string() + "T00:00:00";
  put(text.data() + 11, second_of_day / 3600, 2);
  put(text.data() + 14, second_of_day / 60 % 60, 2);
  put(text.data() + 17, second_of_day % 60, 2);
  if (fraction != 0) {
    text += ".000000";
    put(text.data() + 20, fraction, 6);
    text.resize(text.find_last_not_of('0') + 1);
  }
  return text + 'Z';
}

}  // namespace accrue

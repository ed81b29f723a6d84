#include "ledger/intake/usage_time.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "ledger/intake/excerpt.h"
#include "ledger/intake/focus_date.h"

namespace accrue::usage {

namespace {

constexpr std::size_t day_size = 10;

bool are_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::string> iso_day(std::string_view day, char mark, DayOrder order) {
  const auto numbers = day_numbers(day, mark, order);
  if (!numbers) return std::nullopt;
  return fmt::format("{:04}-{:02}-{:02}", numbers->year, numbers->month, numbers->day);
}

/// The day `text` begins with, as YYYY-MM-DD, whether it exists or not; nothing for another form.
std::optional<std::string> day_in(std::string_view day, DateForm form) {
  switch (form) {
    case DateForm::iso:
      return std::string{day};
    case DateForm::month_day_year:
      return iso_day(day, '/', DayOrder::month_first);
    case DateForm::day_month_year:
      return iso_day(day, '/', DayOrder::day_first);
    case DateForm::year_month_day:
      return iso_day(day, '/', DayOrder::year_first);
    case DateForm::dotted:
      return iso_day(day, '.', DayOrder::day_first);
    case DateForm::digits:
      if (day.size() != 8 || !are_digits(day)) return std::nullopt;
      return fmt::format("{}-{}-{}", day.substr(0, 4), day.substr(4, 2), day.substr(6));
    case DateForm::month:
      if (day.size() != 7) return std::nullopt;
      return fmt::format("{}-01", day);
    case DateForm::month_digits:
      if (day.size() != 6 || !are_digits(day)) return std::nullopt;
      return fmt::format("{}-{}-01", day.substr(0, 4), day.substr(4));
  }
  return std::nullopt;
}

/// The time as ISO writes it; nothing for another form. A zone is for `iso` only.
std::optional<std::string> iso_text(std::string_view text, DateForm form) {
  const std::size_t day_end = std::min(text.find_first_of(" T"), text.size());
  const std::string_view rest = text.substr(day_end);
  const bool is_month = form == DateForm::month || form == DateForm::month_digits;
  if (is_month && !rest.empty()) return std::nullopt;
  if (form != DateForm::iso && rest.find_first_of("Z+-") != rest.npos) return std::nullopt;
  auto day = day_in(text.substr(0, day_end), form);
  if (!day) return std::nullopt;
  return *day + std::string{rest};
}

bool states_zone(std::string_view iso) {
  return iso.ends_with('Z') || iso.find_first_of("+-", day_size) != iso.npos;
}

}  // namespace

Result<Instant> read_time(std::string_view text, DateForm form, const TimeZone& zone) {
  const auto iso = iso_text(text, form);
  const auto at = Instant::parse(iso.value_or(""));
  if (!at.ok()) {
    return Error{
        .code = ErrorCode::bad_date,
        .message = fmt::format("{} is not a time when read as {}", shown(text), name_of(form)),
        .hint = "[dates] of the map says how times are written"};
  }
  if (states_zone(*iso)) return *at;
  const Date day = *Date::parse(std::string_view{*iso}.substr(0, day_size));
  return zone.instant_of(day, at->microseconds - Instant::at_midnight_utc(day).microseconds);
}

}  // namespace accrue::usage

#include "ledger/intake/focus_date.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "ledger/intake/excerpt.h"

namespace accrue::usage {

std::optional<DayNumbers> day_numbers(std::string_view text, char mark, DayOrder order) {
  const std::size_t year_at = order == DayOrder::year_first ? 0 : 2;
  std::array<unsigned, 3> numbers{};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::size_t size = std::min(text.find(mark), text.size());
    const bool fits = i == year_at ? size == 2 || size == 4 : size == 1 || size == 2;
    const char* end = text.data() + size;
    if (!fits || std::from_chars(text.data(), end, numbers[i]).ptr != end) return std::nullopt;
    if (i == year_at && size == 2) numbers[i] += 2000;
    if ((i == 2) != (size == text.size())) return std::nullopt;
    text.remove_prefix(std::min(size + 1, text.size()));
  }
  const auto [first, second, third] = numbers;
  switch (order) {
    case DayOrder::month_first:
      return DayNumbers{.year = third, .month = first, .day = second};
    case DayOrder::day_first:
      return DayNumbers{.year = third, .month = second, .day = first};
    case DayOrder::year_first:
      return DayNumbers{.year = first, .month = second, .day = third};
  }
  return std::nullopt;
}

Result<Instant> InstantReader::read(std::string_view text) {
  Instant at;
  if (read_known_day(text, at)) return at;

  const bool month_first = slash_dates_ == SlashDates::month_first;
  const DayOrder order = month_first ? DayOrder::month_first : DayOrder::day_first;
  if (const auto numbers = day_numbers(text, '/', order)) {
    if (slash_dates_ == SlashDates::refused) {
      return Error{.code = ErrorCode::bad_date,
                   .message = shown(text) + " can be read in two orders",
                   .hint =
                       "say which one the source means: --date-format M/D/Y or "
                       "--date-format D/M/Y"};
    }
    const std::string iso =
        fmt::format("{:04}-{:02}-{:02}", numbers->year, numbers->month, numbers->day);
    auto day = Instant::parse(iso);
    if (day.ok()) return day;
    return Error{.code = ErrorCode::bad_date,
                 .message = fmt::format("{} is not a day when read as {}", shown(text),
                                        month_first ? "M/D/Y" : "D/M/Y")};
  }

  ACCRUE_TRY(parsed, Instant::parse(text));
  const std::string_view day = text.substr(0, day_size);
  if (const auto midnight = Instant::parse(day); midnight.ok()) {
    KeptDay& kept = days_[slot_of(day)];
    std::copy(day.begin(), day.end(), kept.text.begin());
    kept.midnight = *midnight;
  }
  return parsed;
}

}  // namespace accrue::usage

#include "ledger/intake/focus_date.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "ledger/intake/excerpt.h"

namespace accrue::focus {

namespace {

/// The three numbers of `4/1/25` or `04/01/2025`; nullopt for another shape.
std::optional<std::array<unsigned, 3>> slash_numbers(std::string_view text) {
  std::array<unsigned, 3> numbers{};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::size_t size = std::min(text.find('/'), text.size());
    const bool fits = i < 2 ? size == 1 || size == 2 : size == 2 || size == 4;
    const char* end = text.data() + size;
    if (!fits || std::from_chars(text.data(), end, numbers[i]).ptr != end) return std::nullopt;
    if (i == 2 && size == 2) numbers[i] += 2000;
    if ((i == 2) != (size == text.size())) return std::nullopt;
    text.remove_prefix(std::min(size + 1, text.size()));
  }
  return numbers;
}

}  // namespace

Result<Instant> InstantReader::read(std::string_view text) {
  Instant at;
  if (read_known_day(text, at)) return at;

  if (const auto numbers = slash_numbers(text)) {
    const auto [first, second, year] = *numbers;
    if (slash_dates_ == SlashDates::refused) {
      return Error{.code = ErrorCode::bad_date,
                   .message = shown(text) + " can be read in two orders",
                   .hint =
                       "say which one the source means: --date-format M/D/Y or "
                       "--date-format D/M/Y"};
    }
    const bool month_first = slash_dates_ == SlashDates::month_first;
    const std::string iso = fmt::format("{:04}-{:02}-{:02}", year, month_first ? first : second,
                                        month_first ? second : first);
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

}  // namespace accrue::focus

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "ledger/error/error.h"
#include "ledger/intake/usage.h"
#include "ledger/time/date.h"

namespace accrue::usage {

/// The numbers of a day as they are written; no day of that name need exist.
struct DayNumbers {
  unsigned year = 0;
  unsigned month = 0;
  unsigned day = 0;
};
enum class DayOrder { month_first, day_first, year_first };

/// Reads `4/1/25` or `04/01/2025`: months and days of one or two digits, years of four, or of two
/// for this century; nullopt for another shape.
std::optional<DayNumbers> day_numbers(std::string_view text, char mark, DayOrder order);

/// Reads the instants of a FOCUS file: as Instant::parse does, and slash dates in the order
/// declared. Days once read are kept, so that a row costs little more than a look.
class InstantReader {
 public:
  explicit InstantReader(SlashDates slash_dates) : slash_dates_{slash_dates} {}

  /// Errors: bad_date.
  Result<Instant> read(std::string_view text);

  /// The common forms `YYYY-MM-DD[T ]HH:MM:SS[Z]` on a day read before; false for all others.
  bool read_known_day(std::string_view text, Instant& at) const {
    if (text.size() < day_size + 9 || text.size() > day_size + 10) return false;
    const KeptDay& kept = days_[slot_of(text)];
    if (text.substr(0, day_size) != std::string_view{kept.text.data(), day_size}) return false;
    if (text[10] != 'T' && text[10] != ' ') return false;
    if (text.size() == day_size + 10 && text[19] != 'Z') return false;
    const int hour = two_digits(text, 11);
    const int minute = two_digits(text, 14);
    const int second = two_digits(text, 17);
    if (text[13] != ':' || text[16] != ':') return false;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
      return false;
    }
    at = Instant{kept.midnight.microseconds +
                 (std::int64_t{hour} * 3600 + minute * 60 + second) * 1'000'000};
    return true;
  }

 private:
  static constexpr std::size_t day_size = 10;
  struct KeptDay {
    std::array<char, day_size> text{'1', '9', '7', '0', '-', '0', '1', '-', '0', '1'};
    Instant midnight;
  };

  /// By month and day, so that the days of a month do not push each other out.
  static std::size_t slot_of(std::string_view text) {
    const auto digit = [&](std::size_t i) { return static_cast<unsigned char>(text[i]) & 15u; };
    return (digit(6) & 1u) * 64 + (digit(8) & 3u) * 16 + digit(9);
  }
  static int two_digits(std::string_view text, std::size_t at) {
    const int tens = text[at] - '0';
    const int ones = text[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
  }

  SlashDates slash_dates_;
  std::array<KeptDay, 128> days_{};
};

}  // namespace accrue::usage

#include "ledger/time/period.h"

#include <optional>

#include "ledger/error/check.h"

namespace accrue {

namespace {

constexpr int first_year = 1900;
constexpr int last_year = 2199;

Error bad_period(std::string_view text) {
  return Error{.code = ErrorCode::bad_period,
               .message = "'" + std::string{text} + "' is not a period"};
}

/// All of `text`, as a number of exactly `width` digits.
std::optional<int> digits(std::string_view text, std::size_t width) {
  if (text.size() != width) return std::nullopt;
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<Period> read_month(std::string_view text) {
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4), 4);
  const auto number = digits(text.substr(5), 2);
  if (!year || !number || *number < 1 || *number > 12) return std::nullopt;
  if (*year < first_year || *year > last_year) return std::nullopt;
  return Period::of(*year, *number);
}

/// YYYY or YYYY-Qn, read in `calendar`.
std::optional<PeriodRange> year_or_quarter(std::string_view text, FiscalCalendar calendar) {
  const auto year = digits(text.substr(0, 4), 4);
  if (!year) return std::nullopt;
  const std::string_view rest = text.substr(4);
  if (rest.empty()) return calendar.year(*year);
  if (rest.size() != 3 || !rest.starts_with("-Q") || rest[2] < '1' || rest[2] > '4') {
    return std::nullopt;
  }
  return calendar.quarter(*year, rest[2] - '0');
}

std::optional<PeriodRange> range(std::string_view text, FiscalCalendar calendar) {
  if (const auto dots = text.find(".."); dots != std::string_view::npos) {
    const auto first = read_month(text.substr(0, dots));
    const auto last = read_month(text.substr(dots + 2));
    if (!first || !last || *last < *first) return std::nullopt;
    return PeriodRange{*first, *last};
  }
  if (const auto one = read_month(text)) return PeriodRange{*one, *one};
  if (text.starts_with("FY")) {
    return text.size() < 6 ? std::nullopt : year_or_quarter(text.substr(2), calendar);
  }
  return text.size() < 4 ? std::nullopt : year_or_quarter(text, FiscalCalendar{});
}

}  // namespace

Result<Period> Period::parse(std::string_view text) {
  const auto period = read_month(text);
  if (!period) return bad_period(text);
  return *period;
}

std::string Period::to_string() const { return first_day().to_string().substr(0, 7); }

PeriodRange FiscalCalendar::year(int fiscal_year) const {
  LEDGER_CHECK(start_month >= 1 && start_month <= 12, std::to_string(start_month), "1..12");
  const Period first = Period::of(start_month == 1 ? fiscal_year : fiscal_year - 1, start_month);
  return {first, Period{first.months + 11}};
}

PeriodRange FiscalCalendar::quarter(int fiscal_year, int quarter) const {
  LEDGER_CHECK(quarter >= 1 && quarter <= 4, std::to_string(quarter), "1..4");
  const Period first{year(fiscal_year).first.months + 3 * (quarter - 1)};
  return {first, Period{first.months + 2}};
}

Result<PeriodRange> parse_period_range(std::string_view text, FiscalCalendar calendar) {
  const auto read = range(text, calendar);
  if (!read || read->first < Period::of(first_year, 1) || read->last > Period::of(last_year, 12)) {
    return bad_period(text);
  }
  return *read;
}

}  // namespace accrue

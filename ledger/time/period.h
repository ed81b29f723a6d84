#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/error/error.h"
#include "ledger/time/date.h"

namespace accrue {

/// A calendar month of the book's time zone: the unit of the close.
struct Period {
  std::int32_t months = 0;  ///< year x 12 + month - 1

  static Period of(int year, int month) { return Period{year * 12 + month - 1}; }
  static Period of(Date date) { return of(date.year(), date.month()); }
  /// Reads YYYY-MM. Errors: bad_period.
  static Result<Period> parse(std::string_view text);

  int year() const { return months / 12; }
  int month() const { return months % 12 + 1; }
  Period next() const { return Period{months + 1}; }
  Period previous() const { return Period{months - 1}; }
  Date first_day() const { return Date::of(year(), month(), 1); }
  Date last_day() const { return Date{next().first_day().days - 1}; }
  std::string to_string() const;  ///< "2024-06"

  friend auto operator<=>(const Period&, const Period&) = default;
};

/// Whole months from `first` to `last`, both in.
struct PeriodRange {
  Period first;
  Period last;

  std::int32_t month_count() const { return last.months - first.months + 1; }
  bool contains(Period period) const { return first <= period && period <= last; }
  /// The range a year before.
  PeriodRange year_ago() const { return {Period{first.months - 12}, Period{last.months - 12}}; }
  friend bool operator==(const PeriodRange&, const PeriodRange&) = default;
};

/// The month, 1 to 12, in which a fiscal year begins. A fiscal year is named for the calendar
/// year it ends in: with April, FY2025 is 2024-04..2025-03.
struct FiscalCalendar {
  int start_month = 1;
  PeriodRange year(int fiscal_year) const;
  PeriodRange quarter(int fiscal_year, int quarter) const;
};

/// Reads `2024-06`, `2024-Q2`, `2024`, `FY2025-Q1`, `FY2025` or `2024-04..2024-06` (two months).
/// Errors: bad_period.
Result<PeriodRange> parse_period_range(std::string_view text, FiscalCalendar calendar);

}  // namespace accrue

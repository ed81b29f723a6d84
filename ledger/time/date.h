#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "ledger/error/error.h"

namespace accrue {

/// A calendar day without a zone, counted in days from 1970-01-01.
struct Date {
  std::int32_t days = 0;

  /// Reads YYYY-MM-DD. Errors: bad_date (also for a day that does not exist).
  static Result<Date> parse(std::string_view text);
  static Date of(int year, int month, int day);

  int year() const;
  int month() const;
  int day() const;
  std::string to_string() const;

  friend auto operator<=>(const Date&, const Date&) = default;
};

/// A point in time, counted in microseconds UTC from 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t microseconds = 0;

  /// Reads `YYYY-MM-DD`, `YYYY-MM-DD[T ]HH:MM[:SS[.digits]]` with an optional Z or +HH:MM / -HH:MM;
  /// without a zone it is UTC. At most six fraction digits that are not zero.
  /// Errors: bad_date.
  static Result<Instant> parse(std::string_view text);
  static Instant at_midnight_utc(Date date);

  /// `2024-06-01T00:00:00Z`, with a fraction only where there is one.
  std::string to_string() const;

  friend auto operator<=>(const Instant&, const Instant&) = default;
};

}  // namespace accrue

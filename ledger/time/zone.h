#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "ledger/error/error.h"
#include "ledger/time/date.h"
#include "ledger/time/period.h"

namespace accrue {

/// The book's time zone: where its days, months and dates begin.
///
/// A local time that occurs twice is the first; one that does not occur is the instant of the
/// jump. A day is what lies between its first instant and that of the next day, also where clocks
/// fall back over midnight. The bounds of the months of
/// 1970 to 2199 are kept, so that a million charges cost a glance each.
class TimeZone {
 public:
  /// Errors: bad_time_zone.
  static Result<TimeZone> named(std::string_view name);

  const std::string& name() const { return name_; }
  /// The version of the IANA data in use, such as "2025b"; recorded by every book.
  static std::string data_version();

  /// The first instant of a day.
  Instant midnight(Date date) const;
  /// What a clock on the wall shows so long after the midnight it would show on that day.
  Instant instant_of(Date date, std::int64_t microseconds_after_midnight) const;
  Date date_of(Instant at) const;
  Period period_of(Instant at) const;
  Instant begin_of(Period period) const { return midnight(period.first_day()); }
  /// The first instant after the period.
  Instant end_of(Period period) const { return midnight(period.next().first_day()); }

 private:
  struct Rules;  ///< what is known of the zone; shared, so that a copy costs nothing
  TimeZone(std::string name, std::shared_ptr<const Rules> rules);
  std::string name_;
  std::shared_ptr<const Rules> rules_;
};

}  // namespace accrue

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/error/error.h"
#include "ledger/time/date.h"
#include "ledger/time/period.h"

namespace date {
class time_zone;
}

namespace accrue {

/// The book's time zone: where its days, months and dates begin.
///
/// A local time that occurs twice is the first; one that does not occur is the instant of the
/// jump. A day is what lies between its first instant and that of the next day, also where clocks
/// fall back over midnight. Month bounds are kept, so that a million charges cost a glance each;
/// copies share them.
class TimeZone {
 public:
  /// Errors: bad_time_zone.
  static Result<TimeZone> named(std::string_view name);

  const std::string& name() const { return name_; }
  /// The version of the IANA data in use, such as "2025b"; recorded by every book.
  static std::string data_version();

  /// The first instant of a day.
  Instant midnight(Date date) const;
  Date date_of(Instant at) const;
  Period period_of(Instant at) const;
  Instant begin_of(Period period) const { return midnight(period.first_day()); }
  /// The first instant after the period.
  Instant end_of(Period period) const { return midnight(period.next().first_day()); }

 private:
  TimeZone(std::string name, const date::time_zone* rules);
  std::string name_;
  const date::time_zone* rules_;  ///< of the time-zone data, which lives as long as the program
  /// Begin of each month from 1970-01 to 2200-01; what lies outside is looked up each time.
  std::shared_ptr<const std::vector<Instant>> month_begins_;
};

}  // namespace accrue

#include "ledger/time/zone.h"

#include <cstdint>
#include <string>

#include <doctest/doctest.h>

using namespace accrue;

namespace {

TimeZone zone(std::string_view name) { return TimeZone::named(name).value(); }
Instant at(std::string_view text) { return Instant::parse(text).value(); }
Date day(std::string_view text) { return Date::parse(text).value(); }

}  // namespace

TEST_CASE("zone: a name that the IANA database does not hold is refused") {
  const std::string rows[] = {"",          "Mars/Olympus",     "asia/shanghai", "Asia/Shanghai ",
                              "+08:00",    "localtime",        "posixrules",    "posix/UTC",
                              "right/UTC", "../../etc/passwd", "Asia",          "America/New York",
                              "PDT"};
  for (const std::string& name : rows) {
    CAPTURE(name);
    const auto zone = TimeZone::named(name);
    REQUIRE_FALSE(zone.ok());
    CHECK(zone.error().code == ErrorCode::bad_time_zone);
  }
  CHECK(zone("Asia/Shanghai").name() == "Asia/Shanghai");
  CHECK(zone("PRC").name() == "PRC");
}

TEST_CASE("zone: a day begins at its first instant") {
  struct Row {
    const char *why, *zone, *day, *begins;
  };
  const Row rows[] = {
      {"UTC", "UTC", "2024-06-01", "2024-06-01T00:00:00Z"},
      {"the other name of UTC", "Etc/UTC", "2024-06-01", "2024-06-01T00:00:00Z"},
      {"eight hours east", "Asia/Shanghai", "2024-06-01", "2024-05-31T16:00:00Z"},
      {"half an hour", "Asia/Kolkata", "2024-07-01", "2024-06-30T18:30:00Z"},
      {"three quarters of an hour", "Asia/Kathmandu", "2024-07-01", "2024-06-30T18:15:00Z"},
      {"the farthest east", "Pacific/Kiritimati", "2024-07-01", "2024-06-30T10:00:00Z"},
      {"the farthest west", "Pacific/Pago_Pago", "2024-07-01", "2024-07-01T11:00:00Z"},
      {"summer in New York", "America/New_York", "2024-11-01", "2024-11-01T04:00:00Z"},
      {"winter in New York", "America/New_York", "2024-12-01", "2024-12-01T05:00:00Z"},
      {"the day the clocks go back, at 02:00", "America/New_York", "2024-11-03",
       "2024-11-03T04:00:00Z"},
      {"midnight does not occur: 00:00 jumps to 01:00", "America/Sao_Paulo", "2018-11-04",
       "2018-11-04T03:00:00Z"},
      {"the day after is an hour earlier in UTC", "America/Sao_Paulo", "2018-11-05",
       "2018-11-05T02:00:00Z"},
      {"midnight occurs twice: 01:00 falls back to 00:00", "America/Havana", "2024-11-03",
       "2024-11-03T04:00:00Z"},
      {"the day after", "America/Havana", "2024-11-04", "2024-11-04T05:00:00Z"},
      {"00:01 falls back over midnight", "America/St_Johns", "2009-11-01", "2009-11-01T02:30:00Z"},
      {"the last day before one that is left out", "Pacific/Apia", "2011-12-29",
       "2011-12-29T10:00:00Z"},
      {"a day that is left out", "Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"},
      {"the day after it begins at once", "Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z"},
      {"summer after the listed years", "America/New_York", "2040-07-01", "2040-07-01T04:00:00Z"},
      {"winter after the listed years", "America/New_York", "2040-01-01", "2040-01-01T05:00:00Z"},
      {"southern summer after the listed years", "Australia/Sydney", "2040-01-01",
       "2039-12-31T13:00:00Z"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(zone(row.zone).midnight(day(row.day)).to_string() == row.begins);
  }
}

TEST_CASE("zone: an instant belongs to the day and the month that have begun there") {
  struct Row {
    const char *why, *zone, *at, *day;
  };
  const Row rows[] = {
      {"before 1970", "UTC", "1969-12-31T23:59:59.999999Z", "1969-12-31"},
      {"the first instant", "UTC", "2024-06-01T00:00:00Z", "2024-06-01"},
      {"the last instant", "UTC", "2024-05-31T23:59:59.999999Z", "2024-05-31"},
      {"Shanghai's June begins", "Asia/Shanghai", "2024-05-31T16:00:00Z", "2024-06-01"},
      {"Shanghai's May ends", "Asia/Shanghai", "2024-05-31T15:59:59.999999Z", "2024-05-31"},
      {"Shanghai's June ends", "Asia/Shanghai", "2024-06-30T15:59:59.999999Z", "2024-06-30"},
      {"New York's May has an evening left", "America/New_York", "2024-06-01T03:59:59Z",
       "2024-05-31"},
      {"New York's year begins", "America/New_York", "2025-01-01T05:00:00Z", "2025-01-01"},
      {"before the midnight that does not occur", "America/Sao_Paulo",
       "2018-11-04T02:59:59.999999Z", "2018-11-03"},
      {"at the jump", "America/Sao_Paulo", "2018-11-04T03:00:00Z", "2018-11-04"},
      {"before the first of two midnights", "America/Havana", "2024-11-03T03:59:59.999999Z",
       "2024-11-02"},
      {"at the first", "America/Havana", "2024-11-03T04:00:00Z", "2024-11-03"},
      {"at the second", "America/Havana", "2024-11-03T05:00:00Z", "2024-11-03"},
      {"November has begun, though the wall shows 31 October again", "America/St_Johns",
       "2009-11-01T02:31:00Z", "2009-11-01"},
      {"before the day left out", "Pacific/Apia", "2011-12-30T09:59:59Z", "2011-12-29"},
      {"after the day left out", "Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31"},
      {"before the months kept", "Asia/Shanghai", "1950-12-31T16:00:00Z", "1951-01-01"},
      {"the first of the months kept", "Asia/Shanghai", "1969-12-31T16:00:00Z", "1970-01-01"},
      {"after the listed years", "America/New_York", "2040-07-01T04:00:00Z", "2040-07-01"},
      {"after the listed years, before it", "America/New_York", "2040-07-01T03:59:59Z",
       "2040-06-30"},
      // the last change listed put Sydney on UTC+11; its winter is UTC+10: 23:30
      {"winter after the listed years", "Australia/Sydney", "2040-06-30T13:30:00Z", "2040-06-30"},
      {"the last of the months kept", "America/New_York", "2199-12-31T23:00:00Z", "2199-12-31"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const TimeZone here = zone(row.zone);
    CHECK(here.date_of(at(row.at)).to_string() == row.day);
    CHECK(here.period_of(at(row.at)) == Period::of(day(row.day)));
  }
}

TEST_CASE("zone: a period reaches from the first instant of its month to that of the next") {
  const TimeZone shanghai = zone("Asia/Shanghai");
  const Period june = Period::of(2024, 6);
  CHECK(shanghai.begin_of(june) == at("2024-05-31T16:00:00Z"));
  CHECK(shanghai.end_of(june) == at("2024-06-30T16:00:00Z"));
  // November in New York: 30 days and the hour that the clocks go back.
  const TimeZone new_york = zone("America/New_York");
  const Period november = Period::of(2024, 11);
  CHECK(new_york.end_of(november).microseconds - new_york.begin_of(november).microseconds ==
        (30 * 24 + 1) * std::int64_t{3'600'000'000});
}

TEST_CASE("zone: at both sides of every month's begin, day and month agree") {
  for (const char* name : {"UTC", "Asia/Shanghai", "America/New_York", "America/Havana",
                           "America/St_Johns", "Pacific/Apia", "Africa/Casablanca"}) {
    CAPTURE(name);
    const TimeZone here = zone(name);
    for (Period period = Period::of(1969, 1); period < Period::of(2199, 12);
         period = period.next()) {
      const Instant begins = here.begin_of(period);
      const Instant before{begins.microseconds - 1};
      REQUIRE(here.period_of(begins) == period);
      REQUIRE(here.period_of(before) == period.previous());
      REQUIRE(here.date_of(begins) == period.first_day());
      REQUIRE(Period::of(here.date_of(before)) == period.previous());
    }
  }
}

TEST_CASE("zone: a copy is the same zone") {
  TimeZone original = zone("Asia/Shanghai");
  const TimeZone copy = original;
  original = zone("UTC");
  CHECK(copy.name() == "Asia/Shanghai");
  CHECK(copy.midnight(day("2024-06-01")) == at("2024-05-31T16:00:00Z"));
  CHECK(original.midnight(day("2024-06-01")) == at("2024-06-01T00:00:00Z"));
}

TEST_CASE("zone: the version of the data is a year and a letter, or unknown") {
  const std::string version = TimeZone::data_version();
  CAPTURE(version);
  if (version == "unknown") return;
  REQUIRE(version.size() >= 5);
  CHECK(version.starts_with("20"));
  CHECK(version[4] >= 'a');
  CHECK(version[4] <= 'z');
}

TEST_CASE("zone: what a clock shows is one instant") {
  struct Row {
    const char *why, *zone, *day;
    std::int64_t minutes;
    const char* instant;
  };
  const Row rows[] = {
      {"UTC", "UTC", "2026-05-01", 61, "2026-05-01T01:01:00Z"},
      {"eight hours east", "Asia/Shanghai", "2026-05-01", 60, "2026-04-30T17:00:00Z"},
      {"summer", "Europe/Berlin", "2026-07-01", 720, "2026-07-01T10:00:00Z"},
      {"winter", "Europe/Berlin", "2026-01-01", 720, "2026-01-01T11:00:00Z"},
      {"02:30 occurs twice: the first", "Europe/Berlin", "2026-10-25", 150, "2026-10-25T00:30:00Z"},
      {"02:30 does not occur: the jump", "Europe/Berlin", "2026-03-29", 150,
       "2026-03-29T01:00:00Z"},
      {"after the jump", "Europe/Berlin", "2026-03-29", 180, "2026-03-29T01:00:00Z"},
      {"midnight does not occur", "America/Sao_Paulo", "2018-11-04", 0, "2018-11-04T03:00:00Z"},
      {"summer after the listed years", "America/New_York", "2040-07-01", 60,
       "2040-07-01T05:00:00Z"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(zone(row.zone).instant_of(day(row.day), row.minutes * 60'000'000) == at(row.instant));
  }
}

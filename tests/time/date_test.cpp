#include "ledger/time/date.h"

#include <string>

#include <doctest/doctest.h>

#include "tests/number/stops.h"

using namespace accrue;

TEST_CASE("date: a day is counted from 1970 and printed as it was read") {
  struct Row {
    const char* why;
    const char* text;
    std::int32_t days;
  };
  const Row rows[] = {
      {"the day the count begins", "1970-01-01", 0},
      {"the day before", "1969-12-31", -1},
      {"a year on", "1971-01-01", 365},
      {"the last day of February, no leap year", "1970-02-28", 58},
      {"the day after", "1970-03-01", 59},
      {"a leap day: 730 + 31 + 28", "1972-02-29", 789},
      {"30 years, 7 leap days: 30 x 365 + 7", "2000-01-01", 10957},
      {"a leap day of a 400th year: 10957 + 59", "2000-02-29", 11016},
      {"54 years, 13 leap days: 54 x 365 + 13", "2024-01-01", 19723},
      {"the first day read: 70 years, 17 leap days before 1970", "1900-01-01", -25567},
      // 1972 to 2196 are 57 fourth years, 2100 is no leap year: 230 x 365 + 56 - 1
      {"the last day read", "2199-12-31", 84005},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const auto date = Date::parse(row.text);
    REQUIRE(date.ok());
    CHECK(date->days == row.days);
    CHECK(date->to_string() == row.text);
    CHECK(Date::of(date->year(), date->month(), date->day()) == *date);
  }
  CHECK(Date::of(2024, 2, 29).year() == 2024);
  CHECK(Date::of(2024, 2, 29).month() == 2);
  CHECK(Date::of(2024, 2, 29).day() == 29);
  CHECK(Date::of(2023, 12, 31) < Date::of(2024, 1, 1));
}

TEST_CASE("date: every day of the years 1900 to 2199 is printed as a text that reads back") {
  Date date = Date::of(1900, 1, 1);
  const Date end = Date::of(2200, 1, 1);
  int days = 0;
  for (; date < end; ++date.days) {
    const auto read = Date::parse(date.to_string());
    REQUIRE(read.ok());
    REQUIRE(*read == date);
    ++days;
  }
  // 75 fourth years, of which 1900 and 2100 are no leap years: 300 x 365 + 73
  CHECK(days == 109'573);
}

TEST_CASE("date: what is no day of the calendar, or of another form, is refused") {
  const std::string rows[] = {
      "",
      "2024",
      "2024-06",
      "2024-6-1",
      "2024-06-1",
      "2024-06-011",
      "24-06-01",
      "2024/06/01",
      "06/01/2024",
      "20240601",
      "2024-06-01 ",
      " 2024-06-01",
      "2023-02-29",
      "2024-02-30",
      "2100-02-29",
      "1900-02-29",
      "2024-04-31",
      "2024-00-10",
      "2024-13-01",
      "2024-06-00",
      "2024-06-32",
      "1899-12-31",
      "2200-01-01",
      "0000-01-01",
      "-024-06-01",
      "2024-06-0a",
      "2024-06-01T",
      "2024-06-01T00:00:00Z",
      "2024-Jun-01",
  };
  for (const std::string& text : rows) {
    CAPTURE(text);
    const auto date = Date::parse(text);
    REQUIRE_FALSE(date.ok());
    CHECK(date.error().code == ErrorCode::bad_date);
  }
}

TEST_CASE("date: a day made of numbers that no calendar holds stops the program") {
  CHECK(stops([] { Date::of(2023, 2, 29); }));
  CHECK(stops([] { Date::of(2024, 13, 1); }));
  CHECK(stops([] { Date::of(2024, 0, 1); }));
  CHECK(stops([] { Date::of(2024, 6, 0); }));
}

TEST_CASE("instant: every accepted form is the instant it names") {
  struct Row {
    const char* why;
    const char* text;
    const char* utc;
  };
  const Row rows[] = {
      {"a day is its midnight", "2024-06-01", "2024-06-01T00:00:00Z"},
      {"the full form", "2024-06-01T12:34:56Z", "2024-06-01T12:34:56Z"},
      {"no zone is UTC", "2024-06-01T12:34:56", "2024-06-01T12:34:56Z"},
      {"a space for the T", "2024-06-01 12:34:56", "2024-06-01T12:34:56Z"},
      {"a space, and Z", "2024-06-01 12:34:56Z", "2024-06-01T12:34:56Z"},
      {"no seconds", "2024-06-01T12:34Z", "2024-06-01T12:34:00Z"},
      {"the last second of a day", "2024-06-01T23:59:59Z", "2024-06-01T23:59:59Z"},
      {"a fraction", "2024-06-01T00:00:00.5Z", "2024-06-01T00:00:00.5Z"},
      {"a fraction of zeros", "2024-06-01T00:00:00.000Z", "2024-06-01T00:00:00Z"},
      {"six digits", "2024-06-01T00:00:00.000001Z", "2024-06-01T00:00:00.000001Z"},
      {"nine digits, three of them zeros", "2024-06-01T00:00:00.123456000",
       "2024-06-01T00:00:00.123456Z"},
      {"zeros inside and behind", "2024-06-01T00:00:00.01020Z", "2024-06-01T00:00:00.0102Z"},
      {"east of Greenwich", "2024-06-01T08:00:00+08:00", "2024-06-01T00:00:00Z"},
      {"east, into the day before", "2024-06-01T00:00:00+05:30", "2024-05-31T18:30:00Z"},
      {"west, into the next year", "2024-12-31T20:00:00-05:00", "2025-01-01T01:00:00Z"},
      {"an offset without seconds", "2024-06-01T08:00+08:00", "2024-06-01T00:00:00Z"},
      {"an offset behind a fraction", "2024-06-01T08:00:00.25+08:00", "2024-06-01T00:00:00.25Z"},
      {"an offset of nothing", "2024-06-01T08:00:00-00:00", "2024-06-01T08:00:00Z"},
      {"a leap day", "2024-02-29T23:59:59Z", "2024-02-29T23:59:59Z"},
      {"before 1970", "1969-12-31T23:59:59.25Z", "1969-12-31T23:59:59.25Z"},
      {"the first instant read", "1900-01-01", "1900-01-01T00:00:00Z"},
      {"the last second read", "2199-12-31T23:59:59Z", "2199-12-31T23:59:59Z"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const auto instant = Instant::parse(row.text);
    REQUIRE(instant.ok());
    CHECK(instant->to_string() == row.utc);
    CHECK(Instant::parse(row.utc).value() == *instant);
  }
}

TEST_CASE("instant: time is counted in microseconds from 1970, UTC") {
  CHECK(Instant::parse("1970-01-01T00:00:01.5Z").value().microseconds == 1'500'000);
  CHECK(Instant::parse("1969-12-31T23:59:59.999999Z").value().microseconds == -1);
  // 19723 days x 86400 s
  CHECK(Instant::parse("2024-01-01").value().microseconds == 1'704'067'200'000'000);
  CHECK(Instant::at_midnight_utc(Date::of(2024, 1, 1)).microseconds == 1'704'067'200'000'000);
  CHECK(Instant::at_midnight_utc(Date::of(1969, 12, 31)).microseconds == -86'400'000'000);
  CHECK(Instant{-1}.to_string() == "1969-12-31T23:59:59.999999Z");
  CHECK(Instant{0} < Instant{1});
}

TEST_CASE("instant: a time that does not exist, or of another form, is refused") {
  const std::string rows[] = {
      "",
      "2024-06",
      "2024-02-30T00:00:00Z",
      "2023-02-29",
      "2024-13-01T00:00:00Z",
      "2024-06-01T24:00:00Z",
      "2024-06-01T23:60:00Z",
      "2024-06-01T23:59:60Z",
      "2024-06-01t00:00:00Z",
      "2024-06-01T00:00:00z",
      "2024-06-01T",
      "2024-06-01 ",
      "2024-06-01Z",
      "2024-06-01+08:00",
      "2024-06-01T00Z",
      "2024-06-01T00",
      "2024-06-01T0:00:00Z",
      "2024-06-01T00:0:00Z",
      "2024-06-01T00:00:0Z",
      "2024-06-01T00:00:00.Z",
      "2024-06-01T00:00:00.",
      "2024-06-01T00:00:00.1234567Z",
      "2024-06-01T00:00:00.0000001Z",
      "2024-06-01T00:00.5Z",
      "2024-06-01T00:00:00,5Z",
      "2024-06-01T00:00:00ZZ",
      "2024-06-01T00:00:00 Z",
      "2024-06-01T00:00:00+8:00",
      "2024-06-01T00:00:00+0800",
      "2024-06-01T00:00:00+08",
      "2024-06-01T00:00:00+24:00",
      "2024-06-01T00:00:00+08:60",
      "2024-06-01T00:00:00+08:00Z",
      "2024-06-01T00:00:00 UTC",
      "2024-06-01  00:00:00",
      "2024-06-01T-1:00:00Z",
      "1899-12-31T23:59:59Z",
      "2200-01-01T00:00:00Z",
      "1900-01-01T00:00:00+00:01",
      "2199-12-31T23:59:59-00:01",
      "1717200000",
      "2024-W22-6",
      "06/01/2024 00:00",
  };
  for (const std::string& text : rows) {
    CAPTURE(text);
    const auto instant = Instant::parse(text);
    REQUIRE_FALSE(instant.ok());
    CHECK(instant.error().code == ErrorCode::bad_date);
  }
}

#include "ledger/time/period.h"

#include <string>

#include <doctest/doctest.h>

#include "tests/number/stops.h"

using namespace accrue;

TEST_CASE("period: a month knows its days and its neighbours") {
  const Period june = Period::parse("2024-06").value();
  CHECK(june.year() == 2024);
  CHECK(june.month() == 6);
  CHECK(june.to_string() == "2024-06");
  CHECK(june.first_day().to_string() == "2024-06-01");
  CHECK(june.last_day().to_string() == "2024-06-30");
  CHECK(Period::of(2024, 2).last_day().to_string() == "2024-02-29");
  CHECK(Period::of(2023, 2).last_day().to_string() == "2023-02-28");
  CHECK(Period::of(2024, 12).next() == Period::of(2025, 1));
  CHECK(Period::of(2024, 1).previous() == Period::of(2023, 12));
  CHECK(Period::of(2024, 12).last_day().to_string() == "2024-12-31");
  CHECK(Period::of(Date::of(2024, 6, 30)) == june);
  CHECK(Period::of(Date::of(2024, 7, 1)) == june.next());
  CHECK(june < june.next());
}

TEST_CASE("period: what is not YYYY-MM is refused") {
  const std::string rows[] = {"",         "2024",       "2024-6",  "2024-00",  "2024-13",
                              "2024/06",  "202406",     "24-06",   "2024-006", "2024-06 ",
                              " 2024-06", "2024-06-01", "2024-Q2", "1899-12",  "2200-01",
                              "2024-0x",  "-024-06"};
  for (const std::string& text : rows) {
    CAPTURE(text);
    const auto period = Period::parse(text);
    REQUIRE_FALSE(period.ok());
    CHECK(period.error().code == ErrorCode::bad_period);
  }
}

TEST_CASE("period: every form of a range is the months it names") {
  struct Row {
    const char* text;
    int start_month;
    const char *first, *last;
    int month_count;
  };
  const Row rows[] = {
      {"2024-06", 1, "2024-06", "2024-06", 1},
      {"2024-06", 4, "2024-06", "2024-06", 1},
      {"2024-Q1", 1, "2024-01", "2024-03", 3},
      {"2024-Q2", 1, "2024-04", "2024-06", 3},
      {"2024-Q4", 1, "2024-10", "2024-12", 3},
      {"2024-Q2", 4, "2024-04", "2024-06", 3},  // without FY it is the calendar's
      {"2024", 1, "2024-01", "2024-12", 12},
      {"2024", 7, "2024-01", "2024-12", 12},
      {"FY2025", 1, "2025-01", "2025-12", 12},
      {"FY2025", 4, "2024-04", "2025-03", 12},
      {"FY2025", 7, "2024-07", "2025-06", 12},
      {"FY2025", 12, "2024-12", "2025-11", 12},
      {"FY2025", 2, "2024-02", "2025-01", 12},
      {"FY2025-Q1", 1, "2025-01", "2025-03", 3},
      {"FY2025-Q1", 4, "2024-04", "2024-06", 3},
      {"FY2025-Q4", 4, "2025-01", "2025-03", 3},
      {"FY2025-Q3", 7, "2025-01", "2025-03", 3},
      {"FY2025-Q2", 12, "2025-03", "2025-05", 3},
      {"2024-04..2024-06", 1, "2024-04", "2024-06", 3},
      {"2024-11..2025-02", 4, "2024-11", "2025-02", 4},
      {"2024-06..2024-06", 1, "2024-06", "2024-06", 1},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CAPTURE(row.start_month);
    const auto range = parse_period_range(row.text, FiscalCalendar{row.start_month});
    REQUIRE(range.ok());
    CHECK(range->first.to_string() == row.first);
    CHECK(range->last.to_string() == row.last);
    CHECK(range->month_count() == row.month_count);
  }
}

TEST_CASE("period: a range of another form is refused") {
  const std::string rows[] = {
      "",
      "20",
      "2024-Q0",
      "2024-Q5",
      "2024-Q",
      "2024-Q11",
      "2024Q1",
      "2024-q1",
      "FY",
      "FY25",
      "fy2025",
      "FY2025Q1",
      "FY2025-Q5",
      "FY2025-06",
      "2024-06..2024-04",
      "2024..2025",
      "2024-06..",
      "..2024-06",
      "2024-06...2024-07",
      "2024-Q1..2024-Q2",
      "2024-13",
      "2024-06 ",
      "1899",
      "2200",
      "FY1900-Q5",
      "2024-",
      "2024-06-01",
      "20245",
      "FY20255",
      "2024-06..2024-07..2024-08",
      "2024-04-2024-06",
  };
  for (const std::string& text : rows) {
    CAPTURE(text);
    const auto range = parse_period_range(text, FiscalCalendar{1});
    REQUIRE_FALSE(range.ok());
    CHECK(range.error().code == ErrorCode::bad_period);
  }
  // With April, FY1900 begins in 1899.
  CHECK(parse_period_range("FY1900", FiscalCalendar{1}).ok());
  CHECK_FALSE(parse_period_range("FY1900", FiscalCalendar{4}).ok());
}

TEST_CASE("period: a range holds its ends, and moves a year back whole") {
  const PeriodRange quarter = FiscalCalendar{4}.quarter(2025, 1);
  CHECK(quarter.contains(Period::of(2024, 4)));
  CHECK(quarter.contains(Period::of(2024, 6)));
  CHECK_FALSE(quarter.contains(Period::of(2024, 3)));
  CHECK_FALSE(quarter.contains(Period::of(2024, 7)));
  CHECK(quarter.year_ago() == PeriodRange{Period::of(2023, 4), Period::of(2023, 6)});
}

TEST_CASE("period: a calendar without that month or quarter stops the program") {
  CHECK(stops([] { FiscalCalendar{0}.year(2025); }));
  CHECK(stops([] { FiscalCalendar{13}.year(2025); }));
  CHECK(stops([] { FiscalCalendar{1}.quarter(2025, 0); }));
  CHECK(stops([] { FiscalCalendar{1}.quarter(2025, 5); }));
}

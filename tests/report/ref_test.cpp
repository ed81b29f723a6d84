#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/report/ref.h"
#include "ledger/time/period.h"

using namespace accrue;

TEST_CASE("ref: parts come back as they went in, whatever they hold") {
  struct Row {
    std::vector<std::string> parts;
    const char* ref;
  };
  const Row rows[] = {
      {{"rollforward", "2024-Q2", "T1"}, "rollforward:2024-Q2:T1"},
      {{"period", "2024-06", "a:b", "", "50%"}, "period:2024-06:a%3Ab:-:50%25"},
      {{"period", "-", "%3A"}, "period:%2D:%253A"},
      {{"grant", "deal/T1"}, "grant:deal/T1"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.ref);
    CHECK(make_ref(row.parts) == row.ref);
    CHECK(parts_of_ref(row.ref) == row.parts);
  }
}

TEST_CASE("ref: a range is written so that it is read back the same") {
  struct Row {
    PeriodRange range;
    const char* text;
  };
  const Row rows[] = {
      {{Period::of(2024, 6), Period::of(2024, 6)}, "2024-06"},
      {{Period::of(2024, 4), Period::of(2024, 6)}, "2024-Q2"},
      {{Period::of(2024, 10), Period::of(2024, 12)}, "2024-Q4"},
      {{Period::of(2024, 5), Period::of(2024, 7)}, "2024-05..2024-07"},
      {{Period::of(2024, 1), Period::of(2024, 12)}, "2024"},
      {{Period::of(2024, 4), Period::of(2025, 3)}, "2024-04..2025-03"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(to_text(row.range) == row.text);
    CHECK(parse_period_range(row.text, FiscalCalendar{4}).value() == row.range);
  }
}

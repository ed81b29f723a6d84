#include "ledger/intake/focus_date.h"

#include <string>

#include <doctest/doctest.h>

using namespace accrue;
using namespace accrue::usage;

namespace {

std::string read(std::string_view text, SlashDates slash_dates = SlashDates::refused) {
  InstantReader reader{slash_dates};
  const auto first = reader.read(text);
  // The second time the day is known: nothing else may come of it.
  const auto second = reader.read(text);
  REQUIRE(first.ok() == second.ok());
  if (!first.ok()) return std::string{accrue::name_of(first.error().code)};
  REQUIRE(*first == *second);
  return first->to_string();
}

}  // namespace

TEST_CASE("focus date: the unambiguous shapes in the wild are read, in UTC where none is said") {
  struct Row {
    std::string text;
    std::string instant;
  };
  const Row rows[] = {
      {"2026-05-01T00:00:00Z", "2026-05-01T00:00:00Z"},
      {"2024-09-01 00:00:00", "2024-09-01T00:00:00Z"},
      {"2024-09-30 23:59:59", "2024-09-30T23:59:59Z"},
      {"2024-09-01T00:00:00.000Z", "2024-09-01T00:00:00Z"},
      {"2024-09-01T10:00Z", "2024-09-01T10:00:00Z"},
      {"2028-12-01", "2028-12-01T00:00:00Z"},
      {"2024-09-01T08:00:00+08:00", "2024-09-01T00:00:00Z"},
      {"2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"},
      {"2026-02-30T00:00:00Z", "bad_date"},
      {"2023-02-01T30:00:00Z", "bad_date"},
      {"2023-02-01T23:60:00Z", "bad_date"},
      {"2023-02-01T23:00:60Z", "bad_date"},
      {"2023-02-01T23:00:00z", "bad_date"},
      {"2023-02-01T23-00-00Z", "bad_date"},
      {"2023-02-01t23:00:00Z", "bad_date"},
      {"2023-02-01T2a:00:00Z", "bad_date"},
      {"2023-02-01T23:00:00ZZ", "bad_date"},
      {"20230201", "bad_date"},
      {"", "bad_date"},
      {"May 1, 2026", "bad_date"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(read(row.text) == row.instant);
  }
}

TEST_CASE("focus date: a known day lends itself to no other text") {
  InstantReader reader{SlashDates::refused};
  REQUIRE(reader.read("2026-05-01T00:00:00Z").ok());
  for (const char* text : {"2026-05-01T24:00:00Z", "2026-05-01X00:00:00Z", "2026-05-01T00:00:00X",
                           "2026-05-01T00:00:0", "2026-05-01T0:000:00Z"}) {
    CAPTURE(text);
    CHECK_FALSE(reader.read(text).ok());
  }
  const std::string zeros{"\0\0\0\0\0\0\0\0\0\0T00:00:00Z", 20};
  CHECK_FALSE(reader.read(zeros).ok());
  // The same slot, another year.
  CHECK(reader.read("2027-05-01T00:00:00Z").value().to_string() == "2027-05-01T00:00:00Z");
  CHECK(reader.read("2026-05-01T01:02:03Z").value().to_string() == "2026-05-01T01:02:03Z");
}

TEST_CASE("focus date: slash dates are read in the order declared, and in none if none is") {
  struct Row {
    std::string text;
    std::string month_first;
    std::string day_first;
  };
  const Row rows[] = {
      {"4/1/25", "2025-04-01T00:00:00Z", "2025-01-04T00:00:00Z"},
      {"09/21/2023", "2023-09-21T00:00:00Z", "bad_date"},
      {"21/09/2023", "bad_date", "2023-09-21T00:00:00Z"},
      {"2/29/24", "2024-02-29T00:00:00Z", "bad_date"},
      {"2/29/25", "bad_date", "bad_date"},
      {"4/1/025", "bad_date", "bad_date"},
      {"4/1", "bad_date", "bad_date"},
      {"4/1/", "bad_date", "bad_date"},
      {"4//25", "bad_date", "bad_date"},
      {"4/1/25/", "bad_date", "bad_date"},
      {"-4/1/25", "bad_date", "bad_date"},
      {"4/-1/25", "bad_date", "bad_date"},
      {"4/1/-5", "bad_date", "bad_date"},
      {"2026-05-01", "2026-05-01T00:00:00Z", "2026-05-01T00:00:00Z"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(read(row.text, SlashDates::month_first) == row.month_first);
    CHECK(read(row.text, SlashDates::day_first) == row.day_first);
    if (row.text.find('/') != std::string::npos) {
      CHECK(read(row.text) == "bad_date");
    }
  }
  const auto refused = InstantReader{SlashDates::refused}.read("4/1/25");
  CHECK(refused.error().hint.find("--date-format M/D/Y") != std::string::npos);
  CHECK(refused.error().hint.find("--date-format D/M/Y") != std::string::npos);
}

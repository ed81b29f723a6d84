#include "ledger/number/round.h"

#include <cstdint>

#include <doctest/doctest.h>

#include "tests/number/stops.h"

using namespace accrue;

TEST_CASE("round: a half goes to the even neighbour, anything else to the nearest") {
  struct Row {
    const char* why;
    std::int64_t numerator, denominator, rounded;
  };
  const Row rows[] = {
      {"nothing", 0, 7, 0},
      {"exact", 21, 7, 3},
      {"exact, below zero", -21, 7, -3},
      {"0.5: down to 0", 1, 2, 0},
      {"1.5: up to 2", 3, 2, 2},
      {"2.5: down to 2", 5, 2, 2},
      {"3.5: up to 4", 7, 2, 4},
      {"-0.5: to 0", -1, 2, 0},
      {"-1.5: to -2", -3, 2, -2},
      {"-2.5: to -2", -5, 2, -2},
      {"-2.5 with the sign below the line", 5, -2, -2},
      {"1.5 with two signs", -3, -2, 2},
      {"a third", 1, 3, 0},
      {"two thirds", 2, 3, 1},
      {"minus two thirds", -2, 3, -1},
      {"just below a half of an odd", 1'499'999, 1'000'000, 1},
      {"just above a half of an even", 2'500'001, 1'000'000, 3},
      {"the largest", INT64_MAX, 1, INT64_MAX},
      {"the smallest", INT64_MIN, 1, INT64_MIN},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(round_half_even(row.numerator, row.denominator) == row.rounded);
    CHECK(round_half_even_wide(row.numerator, row.denominator) == row.rounded);
  }
  CHECK(round_half_even_wide(-1, 4).sign() == 0);
}

TEST_CASE("round: a product of three wide amounts rounds without loss") {
  // (10^38)^3 / (10^38)^2 = 10^38, one half more, and a hair more than that
  const Int1024 wide = Int1024{power_of_ten(38)};
  CHECK(round_half_even_wide(wide * wide * wide, wide * wide) == wide);
  CHECK(round_half_even_wide(wide * wide * 2 + wide, wide * 2) == wide);
  CHECK(round_half_even_wide(wide * wide * 2 + wide + 1, wide * 2) == wide + 1);
}

TEST_CASE("round: a zero denominator and a result beyond 64 bits stop the program") {
  CHECK(stops([] { round_half_even(1, 0); }));
  CHECK(stops([] { round_half_even(Int1024{INT64_MAX} + 1, 1); }));
  CHECK(stops([] { round_half_even(Int1024{INT64_MIN} - 1, 1); }));
  CHECK(stops([] { round_half_even(Int1024{INT64_MAX} * 2 + 1, 2); }));  // the half goes up
  CHECK_FALSE(stops([] { round_half_even(Int1024{INT64_MIN} * 2 - 1, 2); }));
}

TEST_CASE("round: an amount becomes whole minor units of its currency's digits") {
  struct Row {
    const char* text;
    int digits;
    std::int64_t minor_units;
  };
  const Row rows[] = {
      {"12.345", 2, 1234},
      {"12.355", 2, 1236},
      {"-12.345", 2, -1234},
      {"-12.355", 2, -1236},
      {"0.005", 2, 0},
      {"0.0050000001", 2, 1},
      {"2.5", 0, 2},
      {"3.5", 0, 4},
      {"1.2345", 3, 1234},
      {"0.00005", 4, 0},
      {"1E-30", 2, 0},
      {"-1E-30", 2, 0},
      {"1234567", 2, 123456700},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(round_to_minor(Decimal::parse(row.text).value(), row.digits) == row.minor_units);
  }
  CHECK(stops([] { round_to_minor(Decimal::parse("1E18").value(), 2); }));
}

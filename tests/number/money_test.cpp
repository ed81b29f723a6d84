#include "ledger/number/money.h"

#include <cstdint>

#include <doctest/doctest.h>

#include "tests/number/stops.h"

using namespace accrue;

namespace {

Currency currency(std::string_view code) { return Currency::from_code(code).value(); }
Money usd(std::int64_t cents) { return Money::from_minor(cents, currency("USD")); }

}  // namespace

TEST_CASE("money: a text becomes whole minor units, exactly") {
  struct Row {
    const char *text, *code;
    std::int64_t minor_units;
    const char* printed;
  };
  const Row rows[] = {
      {"0", "USD", 0, "0.00"},
      {"1234.5", "USD", 123450, "1234.50"},
      {"-0.01", "USD", -1, "-0.01"},
      {"1.230000", "USD", 123, "1.23"},
      {"35.2E7", "USD", 35'200'000'000, "352000000.00"},
      {"1500", "JPY", 1500, "1500"},
      {"1500.00", "JPY", 1500, "1500"},
      {"-1.234", "KWD", -1234, "-1.234"},
      {"0.0001", "CLF", 1, "0.0001"},
      {"92233720368547758.07", "USD", INT64_MAX, "92233720368547758.07"},
      {"-92233720368547758.08", "USD", INT64_MIN, "-92233720368547758.08"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto money = Money::parse(row.text, currency(row.code));
    REQUIRE(money.ok());
    CHECK(money->minor_units() == row.minor_units);
    CHECK(money->currency() == currency(row.code));
    CHECK(money->to_string() == row.printed);
    CHECK(*money == Money::from_minor(row.minor_units, currency(row.code)));
  }
}

TEST_CASE("money: what is no whole number of minor units, or does not fit, is refused") {
  struct Row {
    const char *text, *code;
    ErrorCode error;
  };
  const Row rows[] = {
      {"0.001", "USD", ErrorCode::too_precise},
      {"-1.005", "USD", ErrorCode::too_precise},
      {"1E-30", "USD", ErrorCode::too_precise},
      {"0.5", "JPY", ErrorCode::too_precise},
      {"0.0001", "KWD", ErrorCode::too_precise},
      {"0.00001", "CLF", ErrorCode::too_precise},
      {"92233720368547758.08", "USD", ErrorCode::amount_overflow},
      {"-92233720368547758.09", "USD", ErrorCode::amount_overflow},
      {"1E37", "JPY", ErrorCode::amount_overflow},
      {"1E38", "JPY", ErrorCode::decimal_too_wide},
      {"1E-31", "USD", ErrorCode::decimal_too_wide},
      {"1,000", "USD", ErrorCode::bad_decimal},
      {"$5", "USD", ErrorCode::bad_decimal},
      {"", "USD", ErrorCode::bad_decimal},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto money = Money::parse(row.text, currency(row.code));
    REQUIRE_FALSE(money.ok());
    CHECK(money.error().code == row.error);
  }
}

TEST_CASE("money: sums are exact in one currency") {
  CHECK(usd(150) + usd(-50) == usd(100));
  CHECK(usd(150) - usd(200) == usd(-50));
  CHECK(-usd(7) == usd(-7));
  CHECK(usd(INT64_MAX) + usd(INT64_MIN) == usd(-1));
  CHECK(usd(-1) - usd(INT64_MIN) == usd(INT64_MAX));
  CHECK(usd(1) != Money::from_minor(1, currency("EUR")));
  CHECK(usd(-123450).to_decimal() == Decimal::parse("-1234.5").value());
}

TEST_CASE("money: two currencies, or a sum beyond 64 bits, stop the program") {
  const Money eur = Money::from_minor(1, currency("EUR"));
  CHECK(stops([&] { usd(1) + eur; }));
  CHECK(stops([&] { usd(1) - eur; }));
  CHECK(stops([] { usd(INT64_MAX) + usd(1); }));
  CHECK(stops([] { usd(INT64_MIN) + usd(-1); }));
  CHECK(stops([] { usd(INT64_MIN) - usd(1); }));
  CHECK(stops([] { -usd(INT64_MIN); }));
  CHECK_FALSE(stops([] { usd(INT64_MAX - 1) + usd(1); }));
}

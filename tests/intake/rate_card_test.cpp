#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "ledger/intake/rate_card.h"

using namespace accrue;

namespace {

const std::string head = "schema = \"accrue.rate-card/1\"\nid = \"gpu\"\ncurrency = \"USD\"\n";

std::string price(const std::string& keys) { return "[[price]]\n" + keys; }

RateCard card(const std::string& prices) {
  const Result<RateCard> read = parse_rate_card(head + prices, "card.toml");
  REQUIRE(read.ok());
  return read.value();
}

std::string price_on(const std::vector<RateCard>& versions, const std::string& service,
                     const std::string& sku, const std::string& region, Date on) {
  const UnitPrice* found = price_of(versions, {service, sku, region, "hour", on});
  return found == nullptr ? "none" : found->price.to_string();
}

}  // namespace

TEST_CASE("rate card: the price that names most decides, then the latest day, then the version") {
  const std::string base = "unit = \"hour\"\n";
  const RateCard first = card(
      price(base + "effective = 2024-01-01\nprice = \"1\"\n") +
      price(base + "effective = 2024-06-01\nprice = \"2\"\n") +
      price(base + "effective = 2024-01-01\nregion = \"r1\"\nprice = \"3\"\n") +
      price(base + "effective = 2024-01-01\nservice = \"gpu\"\nprice = \"4\"\n") +
      price(base + "effective = 2024-01-01\nsku = \"h100\"\nprice = \"5\"\n") +
      price(base + "effective = 2025-01-01\nsku = \"h100\"\nprice = \"0.123456789012345678\"\n") +
      price("unit = \"token\"\neffective = 2020-01-01\nprice = \"9\"\n"));
  const Date june = Date::of(2024, 6, 1);
  const std::vector<RateCard> one{first};
  CHECK(price_on(one, "x", "y", "z", Date::of(2023, 12, 31)) == "none");
  CHECK(price_on(one, "x", "y", "z", Date::of(2024, 5, 31)) == "1");
  CHECK(price_on(one, "x", "y", "z", june) == "2");
  CHECK(price_on(one, "x", "y", "r1", june) == "3");
  CHECK(price_on(one, "gpu", "y", "r1", june) == "4");
  CHECK(price_on(one, "gpu", "h100", "r1", june) == "5");
  CHECK(price_on(one, "gpu", "h100", "r1", Date::of(2025, 1, 1)) == "0.123456789012345678");

  const RateCard second = card(price(base + "effective = 2024-06-01\nprice = \"2.5\"\n"));
  CHECK(price_on({first, second}, "x", "y", "z", june) == "2.5");
  CHECK(price_on({second, first}, "x", "y", "z", june) == "2");
}

TEST_CASE("rate card: what is wrong is said with its place") {
  struct Row {
    const char* why;
    std::string text;
    ErrorCode code;
    std::size_t line;
  };
  const std::string good = "unit = \"hour\"\neffective = 2024-01-01\nprice = \"1\"\n";
  const Row rows[] = {
      {"another schema", "schema = \"accrue.terms/1\"\n", ErrorCode::bad_schema, 1},
      {"an unknown key", head + price(good + "skus = \"x\"\n"), ErrorCode::unknown_key, 8},
      {"no price at all", head, ErrorCode::missing_key, 1},
      {"no unit", head + price("effective = 2024-01-01\nprice = \"1\"\n"), ErrorCode::missing_key,
       4},
      {"a bare number", head + price("unit = \"hour\"\neffective = 2024-01-01\nprice = 2.35\n"),
       ErrorCode::money_not_quoted, 7},
      {"no number", head + price("unit = \"hour\"\neffective = 2024-01-01\nprice = \"2,35\"\n"),
       ErrorCode::bad_decimal, 7},
      {"below zero", head + price("unit = \"hour\"\neffective = 2024-01-01\nprice = \"-1\"\n"),
       ErrorCode::bad_value, 7},
      {"the same item twice", head + price(good) + price(good), ErrorCode::duplicate_id, 10},
      {"no such currency",
       "schema = \"accrue.rate-card/1\"\nid = \"gpu\"\ncurrency = \"USX\"\n" + price(good),
       ErrorCode::bad_currency, 3},
      {"price is no list", head + "price = \"1\"\n", ErrorCode::bad_value, 4},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const Result<RateCard> read = parse_rate_card(row.text, "card.toml");
    REQUIRE_FALSE(read.ok());
    CHECK(name_of(read.error().code) == name_of(row.code));
    CHECK(read.error().place.line == row.line);
  }
}

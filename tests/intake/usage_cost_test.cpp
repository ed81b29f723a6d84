#include "ledger/intake/usage_cost.h"

#include <random>
#include <string>

#include <doctest/doctest.h>

using namespace accrue;
using namespace accrue::usage;

namespace {

/// The value of a cost read, or the code it was refused with.
std::string value_of(std::string_view text) {
  Cost cost;
  const auto form = read_cost(text, cost);
  if (!form.ok()) return std::string{accrue::name_of(form.error().code)};
  CostSum sum;
  sum.add(cost);
  return sum.total().to_string() + (*form == CostForm::loose ? " loose" : "");
}

}  // namespace

TEST_CASE("usage cost: numbers are read exactly, and what is no number is refused") {
  struct Row {
    std::string text;
    std::string value;
  };
  const Row rows[] = {
      {"0", "0"},
      {"-0", "0"},
      {"0E-10", "0"},
      {"-0.00", "0"},
      {"1200", "1200"},
      {"-99.157650", "-99.15765"},
      {"007.50", "7.5"},
      {"123456789012345678", "123456789012345678"},
      {"0.123456789012345678", "0.123456789012345678"},
      {"1234567890123456789", "1234567890123456789"},
      {"9007199254740993.01", "9007199254740993.01"},
      {"1.81E-8", "0.0000000181"},
      {"5.64902E-05", "0.0000564902"},
      {"35.2E7", "352000000"},
      {"35.2E+7", "352000000 loose"},
      {"35.2e7", "352000000 loose"},
      {"35.2e-1", "3.52 loose"},
      {"0.0000000072922557592391990001", "0.0000000072922557592391990001"},
      {"-0.0000000072922557592391990001", "-0.0000000072922557592391990001"},
      {"0.0000000000000000000000000000001", "decimal_too_wide"},
      {"123456789012345678901234567890123456789", "decimal_too_wide"},
      {"", "bad_decimal"},
      {"-", "bad_decimal"},
      {".5", "bad_decimal"},
      {"5.", "bad_decimal"},
      {".", "bad_decimal"},
      {"-.", "bad_decimal"},
      {"+333", "bad_decimal"},
      {"--1", "bad_decimal"},
      {"1-", "bad_decimal"},
      {"1.2.3", "bad_decimal"},
      {"$10,000.00 ", "bad_decimal"},
      {"3,432", "bad_decimal"},
      {"0.00 ", "0 loose"},
      {"  -1.5E+2 ", "-150 loose"},
      {" ", "bad_decimal"},
      {"- 1", "bad_decimal"},
      {"1 000", "bad_decimal"},
      {"1\t", "bad_decimal"},
      {"NaN", "bad_decimal"},
      {"Infinity", "bad_decimal"},
      {"0x10", "bad_decimal"},
      {"1E", "bad_decimal"},
      {"1E+", "bad_decimal"},
      {"1E+-7", "bad_decimal"},
      {"1e+-7", "bad_decimal"},
      {"1E++7", "bad_decimal"},
      {"1EE7", "bad_decimal"},
      {"1e7e7", "bad_decimal"},
      {"E7", "bad_decimal"},
      {"None", "bad_decimal"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(value_of(row.text) == row.value);
  }
}

TEST_CASE("usage cost: the fast reading and Decimal agree on every plain text") {
  std::mt19937_64 dice{11};
  for (int i = 0; i < 20'000; ++i) {
    std::string text = dice() % 3 == 0 ? "-" : "";
    for (std::size_t size = dice() % 22; size > 0; --size) {
      text += "0123456789.0123456789-"[dice() % 22];
    }
    Cost cost;
    const auto expected = Decimal::parse(text);
    const auto form = read_cost(text, cost);
    REQUIRE(form.ok() == expected.ok());
    if (!form.ok()) continue;
    CostSum sum;
    sum.add(cost);
    CAPTURE(text);
    REQUIRE(sum.total() == *expected);
    REQUIRE(cost.is_zero() == expected->is_zero());
  }
}

TEST_CASE("usage cost: a sum that leaves 128 bits goes on in decimals") {
  // 200 times 10^18 - 1 is more than 1.7 x 10^20, the most that 128 bits of 10^-18 hold.
  CostSum sum;
  Cost cost;
  REQUIRE(read_cost("999999999999999999", cost).ok());
  for (int i = 0; i < 200; ++i) sum.add(cost);
  CHECK(sum.total() == Decimal::parse("199999999999999999800").value());
  REQUIRE(read_cost("-999999999999999999", cost).ok());
  for (int i = 0; i < 400; ++i) sum.add(cost);
  CHECK(sum.total() == Decimal::parse("-199999999999999999800").value());
  REQUIRE(read_cost("0.0000000072922557592391990001", cost).ok());
  sum.add(cost);
  CHECK(sum.total() == Decimal::parse("-199999999999999999800").value() +
                           Decimal::parse("0.0000000072922557592391990001").value());
}

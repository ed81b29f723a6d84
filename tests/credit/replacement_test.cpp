#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "ledger/credit/replacement.h"

using namespace accrue;

namespace {

Charge charge(std::int64_t hour, const std::string& sku, const std::string& amount,
              Period bill = Period::of(2024, 6)) {
  return {.at = Instant{hour * 3'600'000'000},
          .key = {"lunar", "USD", "ba-1", "", "gpu", sku, "r1"},
          .billing_period = bill,
          .row_count = 1,
          .amount = Decimal::parse(amount).value()};
}

std::string text_of(const std::vector<Charge>& charges) {
  std::string text;
  for (const Charge& charge : charges) {
    text += std::to_string(charge.at.microseconds / 3'600'000'000) + charge.key.sku + "=" +
            charge.amount.to_string() + "@" + charge.billing_period->to_string() + " ";
  }
  return text;
}

}  // namespace

TEST_CASE("replacement: the difference to what stood, at the original time") {
  struct Row {
    const char* why;
    std::vector<Charge> standing;
    std::vector<Charge> delivered;
    const char* changes;
  };
  const Period july = Period::of(2024, 7);
  Charge correction = charge(1, "a", "5");
  correction.charge_class = ChargeClass::correction;
  const Row rows[] = {
      {"nothing stood", {}, {charge(1, "a", "5")}, "1a=5@2024-06 "},
      {"the same", {charge(1, "a", "5")}, {charge(1, "a", "5")}, ""},
      {"more", {charge(1, "a", "5")}, {charge(1, "a", "7.25")}, "1a=2.25@2024-06 "},
      {"less", {charge(1, "a", "5")}, {charge(1, "a", "3")}, "1a=-2@2024-06 "},
      {"vanished", {charge(1, "a", "5")}, {}, "1a=-5@2024-06 "},
      {"another hour", {charge(1, "a", "5")}, {charge(2, "a", "5")}, "1a=-5@2024-06 2a=5@2024-06 "},
      {"another bill", {charge(1, "a", "5")}, {charge(1, "a", "5", july)},
       "1a=-5@2024-06 1a=5@2024-07 "},
      {"summed over records", {charge(1, "a", "5"), charge(1, "a", "-2")}, {charge(1, "a", "3")},
       ""},
      {"another class", {charge(1, "a", "5")}, {correction}, "1a=-5@2024-06 1a=5@2024-06 "},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(text_of(replacement(row.standing, row.delivered)) == row.changes);
  }
}

TEST_CASE("replacement: the lines touched say what stood and what stands, by service and SKU") {
  const std::vector<Charge> standing{charge(1, "a", "5"), charge(2, "a", "1"), charge(1, "b", "9")};
  const std::vector<Charge> delivered{charge(1, "a", "4"), charge(3, "a", "1"), charge(1, "b", "9"),
                                      charge(1, "c", "2")};
  const std::vector<ReplacedLine> lines =
      replaced_lines(delivered, replacement(standing, delivered));
  REQUIRE(lines.size() == 2);
  CHECK(lines[0].sku == "a");
  CHECK(lines[0].before.to_string() == "6");
  CHECK(lines[0].after.to_string() == "5");
  CHECK(lines[0].change().to_string() == "-1");
  CHECK(lines[1].sku == "c");
  CHECK(lines[1].before.is_zero());
  CHECK(lines[1].after.to_string() == "2");
}

TEST_CASE("replacement: a first delivery replaces nothing; a line added to others does") {
  const std::vector<Charge> first{charge(1, "a", "5"), charge(1, "z", "0")};
  CHECK(replaced_lines(first, replacement({}, first)).empty());

  const std::vector<Charge> second{charge(1, "a", "5"), charge(1, "b", "2")};
  const std::vector<ReplacedLine> lines = replaced_lines(second, replacement(first, second));
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].sku == "b");
}

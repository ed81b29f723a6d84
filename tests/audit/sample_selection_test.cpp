#include "accounting/audit/sample_selection.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace accrue;

namespace {

Decimal decimal(const std::string& text) { return Decimal::parse(text).value(); }

std::vector<Decimal> decimals(const std::vector<std::string>& texts) {
  std::vector<Decimal> values;
  for (const std::string& text : texts) values.push_back(decimal(text));
  return values;
}

/// "1@4 7 8@24": lines from 1, with the unit that hit them.
std::string lines(const std::vector<Selected>& selected) {
  std::string text;
  for (const Selected& one : selected) {
    text += (text.empty() ? "" : " ") + std::to_string(one.item + 1);
    if (one.point) text += "@" + one.point->to_string();
  }
  return text;
}

}  // namespace

// Published: Arbutus Analyzer manual, "Monetary Unit Sampling - Example", fixed interval method:
// interval 10, start 4, of the lines 5, 3, 6, 2, 4, 1, 12, 7, ... the 4th dollar takes line 1, the
// 14th line 3, the 24th line 8; line 7 is top stratum.
TEST_CASE("selection: the published example of a fixed interval with a top stratum") {
  CHECK(lines(select_monetary_units(decimals({"5", "3", "6", "2", "4", "1", "12", "7"}),
                                    decimal("10"), decimal("4"))) == "1@4 3@14 7 8@24");
}

TEST_CASE("selection: an item holds the units above what was counted before, up to its own end") {
  struct Row {
    const char* why;
    std::vector<std::string> amounts;
    const char* start;
    const char* selected;
  };
  const Row rows[] = {
      {"the first unit is the first item's", {"3", "7"}, "1", "1@1"},
      {"the last unit of an item is its own", {"3", "9"}, "3", "1@3"},
      {"the next is the next item's", {"3", "9"}, "3.01", "2@3.01"},
      {"the interval itself is the last start", {"3", "7"}, "10", "2@10"},
      {"nothing so far reaches the start", {"3", "6.99"}, "10", ""},
      {"the interval is top stratum", {"10", "9.99"}, "9.99", "1 2@9.99"},
      {"zero and below are never taken", {"0", "-5", "4", "-1", "4"}, "5", "5@5"},
      {"no items", {}, "5", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(lines(select_monetary_units(decimals(row.amounts), decimal("10"),
                                      decimal(row.start))) == row.selected);
  }
}

// Worked with Python's hashlib: 1 + SHA-256(text) mod (interval x 10^digits).
TEST_CASE("selection: the start follows from seed and stratum as a stranger computes it") {
  CHECK(random_start(3, "", decimal("100"), 2).to_string() == "47.26");
  CHECK(random_start(3, "lunar", decimal("100"), 2).to_string() == "13.31");
  CHECK(random_start(3, "nova", decimal("100"), 2).to_string() == "87.18");
  CHECK(random_start(7, "", decimal("5"), 0).to_string() == "2");
  CHECK(random_start(9, "", decimal("0.01"), 2).to_string() == "0.01");
}

TEST_CASE("selection: a ticket is the hash of seed and ref") {
  CHECK(to_hex(ticket(7, "entry:1:2")) ==
        "0759429cd236b233b789be7393a84b871560a0eb8cc4ddc6b1aa8265699a11f9");
  CHECK(ticket(8, "entry:1:2") != ticket(7, "entry:1:2"));
}

TEST_CASE("selection: the finest amount says in what units is counted") {
  CHECK(digits_of({}, 2) == 2);
  CHECK(digits_of(decimals({"1", "2.5"}), 2) == 2);
  CHECK(digits_of(decimals({"1", "2.5"}), 0) == 1);
  CHECK(digits_of(decimals({"0.000000000000000000000000000001"}), 2) == 30);
}

// Each item below the interval is taken with probability amount / interval: 10%, 25% and 65% of
// 4,000 seeds, within four standard deviations, sqrt(4000 p (1 - p)): 76, 110, 121.
TEST_CASE("selection: the chance of an item is its size over the interval") {
  const std::vector<Decimal> amounts = decimals({"10", "25", "65"});
  std::vector<int> hits(3);
  for (std::int64_t seed = 1; seed <= 4000; ++seed) {
    const Decimal start = random_start(seed, "", decimal("100"), 2);
    for (const Selected& one : select_monetary_units(amounts, decimal("100"), start)) {
      ++hits[one.item];
    }
  }
  CHECK(std::abs(hits[0] - 400) <= 76);
  CHECK(std::abs(hits[1] - 1000) <= 110);
  CHECK(std::abs(hits[2] - 2600) <= 121);
  CHECK(hits[0] + hits[1] + hits[2] == 4000);
}

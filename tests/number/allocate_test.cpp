#include "ledger/number/allocate.h"

#include <numeric>
#include <random>
#include <string>

#include <doctest/doctest.h>

#include "tests/number/stops.h"

using namespace accrue;

namespace {

std::vector<Decimal> decimals(const std::vector<const char*>& texts) {
  std::vector<Decimal> values;
  for (const char* text : texts) values.push_back(Decimal::parse(text).value());
  return values;
}

std::vector<std::int64_t> narrow(const std::vector<Int1024>& wide) {
  std::vector<std::int64_t> parts;
  for (const Int1024& part : wide) parts.push_back(part.convert_to<std::int64_t>());
  return parts;
}

}  // namespace

TEST_CASE("allocate: units left go to the largest fractions, then in order") {
  struct Row {
    const char* why;
    std::int64_t total;
    std::vector<const char*> weights;
    std::vector<std::int64_t> parts;
  };
  const Row rows[] = {
      {"nothing left over", 100, {"1", "1"}, {50, 50}},
      {"equal fractions: first wins", 100, {"1", "1", "1"}, {34, 33, 33}},
      {"equal fractions, two left: first two win", 101, {"1", "1", "1"}, {34, 34, 33}},
      {"2/3 of a unit outranks 1/3", 100, {"1", "2"}, {33, 67}},
      {"the largest fraction wins from the last place", 10, {"1", "1", "1.5"}, {3, 3, 4}},
      {"a zero weight gets nothing", 10, {"0", "3"}, {0, 10}},
      {"a zero weight gets no unit left", 1, {"0", "1", "1"}, {0, 1, 0}},
      {"fewer units than weights", 2, {"1", "1", "1"}, {1, 1, 0}},
      {"a total of zero", 0, {"1", "2"}, {0, 0}},
      {"one weight takes all", 99, {"1E-30"}, {99}},
      {"weights below one", 10, {"0.1", "0.2"}, {3, 7}},
      // -33 1/3 each is cut to -34, which leaves two
      {"a negative total is cut down", -100, {"1", "1", "1"}, {-33, -33, -34}},
      // -33 1/3 and -66 2/3: cut to -34 and -67; the fraction 2/3 is the first's
      {"a negative total, unequal", -100, {"1", "2"}, {-33, -67}},
      // 9223372036854775807 / 2 = 4611686018427387903.5 twice
      {"the largest total", INT64_MAX, {"1", "1"}, {4611686018427387904, 4611686018427387903}},
      {"the smallest total", INT64_MIN, {"1"}, {INT64_MIN}},
      {"the widest weights",
       10,
       {"99999999999999999999999999999999999999", "99999999999999999999999999999999999999"},
       {5, 5}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(allocate(row.total, decimals(row.weights)).value() == row.parts);
  }
}

TEST_CASE("allocate: no weight above zero, or one below it, is refused") {
  CHECK(allocate(100, {}).error().code == ErrorCode::allocation_no_weight);
  CHECK(allocate(100, decimals({"0", "0"})).error().code == ErrorCode::allocation_no_weight);
  CHECK(allocate(0, decimals({"0"})).error().code == ErrorCode::allocation_no_weight);
  CHECK(allocate(100, decimals({"2", "-1"})).error().code == ErrorCode::allocation_negative);
}

TEST_CASE("allocate: parts sum to the total and lie within one unit of the exact share") {
  std::mt19937_64 random{7};
  for (int round = 0; round < 500; ++round) {
    const std::int64_t total = static_cast<std::int64_t>(random() % 2'000'001) - 1'000'000;
    std::vector<Decimal> weights(1 + random() % 12);
    Int1024 weight_sum = 0;
    for (Decimal& weight : weights) {
      weight = Decimal::from_scaled(static_cast<std::int64_t>(random() % 1000), 3);
      weight_sum += Int1024{weight.units()};
    }
    if (weight_sum.is_zero()) continue;
    CAPTURE(round);
    const auto parts = allocate(total, weights).value();
    CHECK(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == total);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const Int1024 distance = Int1024{parts[i]} * weight_sum - Int1024{weights[i].units()} * total;
      CHECK(boost::multiprecision::abs(distance) < weight_sum);
    }
  }
}

TEST_CASE("allocate: exact parts of either sign are rounded to the total they add up to") {
  struct Row {
    const char* why;
    std::int64_t total;
    std::vector<Int1024> numerators;
    std::int64_t denominator;
    std::vector<std::int64_t> parts;
  };
  const Row rows[] = {
      {"no parts", 0, {}, 1, {}},
      {"whole already", 6, {1, 2, 3}, 1, {1, 2, 3}},
      {"thirds", 100, {100, 100, 100}, 3, {34, 33, 33}},
      {"-0.5 and 1.5: the first of equals is raised", 1, {-50, 150}, 100, {0, 1}},
      {"-1.2 and 3.4: 0.8 outranks 0.4", 2, {-12, 34}, 10, {-1, 3}},
      {"a sum of 0.6 shown as 1", 1, {6}, 10, {1}},
      {"a sum of 0.4 shown as 0", 0, {4}, 10, {0}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(narrow(round_parts_to_total(row.total, row.numerators, row.denominator)) == row.parts);
  }
}

TEST_CASE("allocate: a total that is not the sum of the parts stops the program") {
  const std::vector<Int1024> one{10};
  CHECK(stops([&] { round_parts_to_total(3, one, 10); }));  // two units for one part
  CHECK(stops([&] { round_parts_to_total(0, one, 10); }));  // less than the part cut down
  CHECK(stops([&] { round_parts_to_total(1, one, 0); }));
  CHECK(stops([&] { round_parts_to_total(1, one, -10); }));
  CHECK(stops([&] { round_parts_to_total(1, {}, 1); }));
}

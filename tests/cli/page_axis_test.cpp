#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "cli/page/axis.h"

using namespace accrue;

namespace {

Decimal decimal(const std::string& text) { return Decimal::parse(text).value(); }

std::vector<std::string> labels_of(const Axis& axis) {
  std::vector<std::string> labels;
  for (const Decimal& tick : axis.ticks) labels.push_back(tick_label(axis, tick));
  return labels;
}

/// What a label says, in units: read the way a person reads it.
Decimal read_label(std::string label) {
  const std::pair<const char*, int> suffixes[] = {{"bn", 9}, {"m", 6}, {"k", 3}};
  int exponent = 0;
  for (const auto& [suffix, digits] : suffixes) {
    if (exponent > 0 || !label.ends_with(suffix)) continue;
    label.resize(label.size() - std::string{suffix}.size());
    exponent = digits;
  }
  std::erase(label, ',');
  return Decimal::from_units(Int256{decimal(label).units() * power_of_ten(exponent)});
}

}  // namespace

TEST_CASE("axis: ticks are 1, 2 or 5 times a power of ten, as close as the room allows") {
  struct Row {
    const char* why;
    const char *low, *high;
    int most_steps;
    std::vector<std::string> labels;
  };
  const Row rows[] = {
      {"50m would take seven steps", "0", "319058713.88", 6, {"0", "100m", "200m", "300m", "400m"}},
      {"14 in four: never 3.5", "0", "14", 4, {"0", "5", "10", "15"}},
      {"zero is a tick between both signs",
       "-0.28",
       "11.71",
       7,
       {"-2", "0", "2", "4", "6", "8", "10", "12"}},
      {"only below zero", "-30", "-5", 6, {"-30", "-25", "-20", "-15", "-10", "-5", "0"}},
      {"small amounts", "0", "0.03", 5, {"0", "0.01", "0.02", "0.03"}},
      {"a unit above one step",
       "0",
       "1200000000",
       6,
       {"0", "0.2bn", "0.4bn", "0.6bn", "0.8bn", "1bn", "1.2bn"}},
      {"halves of a thousand", "0", "1500", 3, {"0", "0.5k", "1k", "1.5k"}},
      {"the largest tick says the unit", "0", "999", 2, {"0", "0.5k", "1k"}},
      {"nothing to show", "0", "0", 5, {"0", "0.2", "0.4", "0.6", "0.8", "1"}},
      {"the end is a tick: no step more", "0", "400", 4, {"0", "100", "200", "300", "400"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(labels_of(nice_axis(decimal(row.low), decimal(row.high), row.most_steps)) == row.labels);
  }
}

TEST_CASE("axis: every label says its tick exactly, at every size") {
  for (int exponent = -8; exponent <= 40; ++exponent) {
    for (const char* mantissa : {"1", "1.3", "2.01", "4.99", "7", "9.99"}) {
      const std::string high = std::string{mantissa} + "E" + std::to_string(exponent);
      const Result<Decimal> parsed = Decimal::parse(high);
      if (!parsed.ok()) continue;
      CAPTURE(high);
      const Axis axis = nice_axis(-parsed.value(), parsed.value(), 7);
      CHECK(axis.low() <= -parsed.value());
      CHECK(axis.high() >= parsed.value());
      CHECK(axis.ticks.size() <= 8);
      for (const Decimal& tick : axis.ticks) {
        CHECK(read_label(tick_label(axis, tick)) == tick);
      }
    }
  }
}

TEST_CASE("scale: a value lies at its share of the way, to the nearest pixel") {
  const Scale across{decimal("0"), decimal("150"), 180, 894};
  CHECK(across.at(decimal("0")) == 180);
  CHECK(across.at(decimal("150")) == 894);
  CHECK(across.at(decimal("100")) == 656);  // 180 + 714 x 2/3
  CHECK(across.at(decimal("120")) == 751);  // 180 + 571.2
  const Scale up{decimal("-2"), decimal("10"), 320, 20};
  CHECK(up.at(decimal("0")) == 270);
  CHECK(up.at(decimal("10")) == 20);
  CHECK(up.at(decimal("-1")) == 295);
}

TEST_CASE("labels: they keep their distance and stay as near as they can") {
  struct Row {
    const char* why;
    std::vector<int> wanted, places;
  };
  const Row rows[] = {
      {"far apart: nobody moves", {10, 40, 80}, {10, 40, 80}},
      {"one on another: the later moves down", {10, 12, 14}, {10, 30, 50}},
      {"at the end: all move up", {90, 95, 100}, {60, 80, 100}},
      {"above the beginning", {-5}, {0}},
      {"none", {}, {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(spread(row.wanted, 20, 0, 100) == row.places);
  }
}

#include "ledger/book/entry.h"

#include <cstdint>
#include <limits>

#include <doctest/doctest.h>

#include "tests/number/stops.h"

namespace {

using namespace accrue;

constexpr std::int64_t widest = std::numeric_limits<std::int64_t>::max();

Entry entry_of(const std::vector<std::int64_t>& amounts) {
  std::vector<Line> lines;
  for (const std::int64_t amount : amounts) {
    lines.push_back(
        {Account{AccountRole::cash, RevenueKind::none, "lunar", "deal", "", "", ""}, amount});
  }
  return Entry::make(Date::of(2024, 6, 1), Period::of(2024, 6), Period::of(2024, 5), "memo",
                     std::move(lines));
}

}  // namespace

TEST_CASE("entry: it keeps what it was made of") {
  const Entry entry = entry_of({-widest, widest, 5, -5});
  CHECK(entry.dated_on() == Date::of(2024, 6, 1));
  CHECK(entry.posting_period() == Period::of(2024, 6));
  CHECK(entry.origin_period() == Period::of(2024, 5));
  CHECK(entry.memo() == "memo");
  CHECK(entry.lines().size() == 4);
  CHECK(entry.lines()[1].amount_minor_units == widest);
}

TEST_CASE("entry: one that does not balance stops the program") {
  struct Row {
    const char* why;
    std::vector<std::int64_t> amounts;
  };
  const Row rows[] = {
      {"no line", {}},
      {"one line, though zero", {0}},
      {"one minor unit off", {100, -99}},
      {"a sum that would wrap to zero", {widest, widest, 2}},
      {"a sum below 64 bits", {-widest, -widest, 1}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(stops([&] { entry_of(row.amounts); }));
  }
  CHECK_FALSE(stops([] { entry_of({100, -100}); }));
}

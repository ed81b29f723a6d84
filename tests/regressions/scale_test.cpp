// Work that grew with the square of something. Steps are counted, not time.

#include <cstddef>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "ledger/credit/burn_down.h"
#include "tests/regressions/figures.h"

using namespace accrue;

namespace {

constexpr std::size_t grant_count = 100;
constexpr std::size_t charge_count = 10'000;
constexpr std::size_t stride = 100;

std::vector<Grant> grants() {
  std::vector<Grant> list;
  for (std::size_t i = 0; i < grant_count; ++i) {
    list.push_back(
        accrue_test::grant_of("T" + std::to_string(i), 90, static_cast<std::int32_t>(i)));
  }
  return list;
}

/// Serves one charge of 1 at the start of an hour; how many sums were served for it.
std::size_t serve(BurnDown& served, std::size_t hour) {
  const Date on{static_cast<std::int32_t>(hour / 24)};
  const OpenCharge charge{Instant{static_cast<std::int64_t>(hour) * 3'600'000'000}, on,
                          Period::of(on),
                          served.number_of({"lunar", "USD", "ba-1", "", "gpu", "h100", "r1"}),
                          Charge::Kind::served, Decimal::from_integer(1)};
  served.add({&charge, 1});
  return served.sums().size() - served.first_served();
}

}  // namespace

// openmeter #4635: a hundred balances of a hundred grants took 25 seconds, each read anew.
TEST_CASE("regressions: a charge in order is served alone, a late one with what follows it") {
  BurnDown served{grants(), {}, stride};
  std::size_t steps = 0;
  for (std::size_t hour = 0; hour < charge_count; ++hour) steps += serve(served, hour);
  CHECK(steps == charge_count);

  // 100 grants of 90 pay 9,000 hours, one draw each, for no hour is split between two.
  std::size_t draws = 0;
  for (const ServedSum& sum : served.sums()) draws += served.draws_of(sum).size();
  CHECK(draws == charge_count);
  CHECK(drawn_by_grant(served.totals()).size() == grant_count);
  for (const auto& [id, drawn] : drawn_by_grant(served.totals())) CHECK(drawn.to_string() == "90");

  // In the past: what lies after it, and at most what was served since the last state kept.
  for (const std::size_t hour : {9'990u, 9'900u, 9'000u, 5'000u, 1u}) {
    CAPTURE(hour);
    const std::size_t after = charge_count - hour;
    const std::size_t again = serve(served, hour);
    CHECK(again >= after);
    CHECK(again <= after + stride + 1);
  }
  // Each was of the instant and key of another: the sums are as many as before.
  CHECK(served.sums().size() == charge_count);
}

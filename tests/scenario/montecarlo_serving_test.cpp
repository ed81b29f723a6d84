// One path without shocks, by hand: what the loop makes of grants that begin, end and run out.

#include "accounting/scenario/montecarlo/simulation.h"

#include <vector>

#include <doctest/doctest.h>

#include "tests/scenario/montecarlo_book.h"

using namespace accrue;
using namespace accrue_test;
using Months = std::vector<double>;

namespace {

Months credit_revenue(const Simulation& simulation) {
  return of_path(simulation, SimulatedMeasure::credit_revenue, 0, 0);
}
Months cash_revenue(const Simulation& simulation) {
  return of_path(simulation, SimulatedMeasure::cash_revenue, 0, 0);
}
Months breakage(const Simulation& simulation) {
  return of_path(simulation, SimulatedMeasure::breakage, 0, 0);
}
Months liability(const Simulation& simulation) {
  return of_path(simulation, SimulatedMeasure::liability, 0, 0);
}
Months left(const Simulation& simulation) {
  return of_path(simulation, SimulatedMeasure::left, 0, 0);
}

}  // namespace

TEST_CASE("serving: what a grant pays is revenue at its price, and its liability goes down") {
  SimulationInput input = months_of_2025(3);
  const std::size_t lunar = add_investee(input, "Lunar");
  add_grant(input, lunar, "T1", 1'000).windows[0].price = 800;
  add_flow(input, lunar, {100, 250, 50});
  const Simulation path = without_shocks(input);
  CHECK(credit_revenue(path) == Months{80, 200, 40});
  CHECK(cash_revenue(path) == Months{0, 0, 0});
  CHECK(liability(path) == Months{720, 520, 480});
  CHECK(left(path) == Months{900, 650, 600});
  CHECK(path.exhausted_month[lunar][0] == never);
}

TEST_CASE("serving: what was drawn and recognised before counts") {
  SimulationInput input = months_of_2025(2);
  const std::size_t lunar = add_investee(input, "Lunar");
  SimulatedGrant& grant = add_grant(input, lunar, "T1", 1'000);
  grant.drawn = 300;
  grant.recognised_usage = 300;
  grant.known_drawn = {40, 0};
  add_flow(input, lunar, {60, 100});
  const Simulation path = without_shocks(input);
  CHECK(credit_revenue(path) == Months{100, 100});
  CHECK(left(path) == Months{600, 500});
}

TEST_CASE("serving: grants are drawn in the order of paying, the next from where one ends") {
  SimulationInput input = months_of_2025(2);
  const std::size_t lunar = add_investee(input, "Lunar");
  add_grant(input, lunar, "T1", 310).windows[0].price = 155;
  add_grant(input, lunar, "T2", 1'000);
  add_flow(input, lunar, {620, 28});
  const Simulation path = without_shocks(input);
  // January: 310 of T1 at half its face, 310 of T2 at its face.
  CHECK(credit_revenue(path) == Months{155 + 310, 28});
  CHECK(left(path) == Months{690, 662});
}

TEST_CASE("serving: usage stops on the day on which the credits end, and the month is marked") {
  SimulationInput input = months_of_2025(3);
  const std::size_t lunar = add_investee(input, "Lunar");
  add_grant(input, lunar, "T1", 1'000);
  add_flow(input, lunar, {620, 560, 310});
  const Simulation path = without_shocks(input);
  CHECK(credit_revenue(path) == Months{620, 380, 0});
  CHECK(cash_revenue(path) == Months{0, 0, 0});
  CHECK(path.exhausted_month[lunar][0] == 1);
}

TEST_CASE("serving: credits that end with the month's last usage have run out in that month") {
  SimulationInput input = months_of_2025(2);
  const std::size_t lunar = add_investee(input, "Lunar");
  add_grant(input, lunar, "T1", 620);
  add_flow(input, lunar, {620, 0});
  CHECK(without_shocks(input).exhausted_month[lunar][0] == 0);
}

TEST_CASE("serving: the part that is paid in cash after exhaustion is rounded day by day") {
  SimulationInput input = months_of_2025(2);
  const std::size_t lunar = add_investee(input, "Lunar");
  add_grant(input, lunar, "T1", 1'000);
  add_flow(input, lunar, {3'100, 2'800});
  input.drawdowns[0].after = PaidInCash{0.6};
  // 100 a day: ten days of January, 21 x 60 in cash; February 28 x 60.
  const Simulation path = without_shocks(input);
  CHECK(credit_revenue(path) == Months{1'000, 0});
  CHECK(cash_revenue(path) == Months{1'260, 1'680});
  CHECK(path.exhausted_month[lunar][0] == 0);
}

TEST_CASE("serving: who never had a grant pays in cash, whatever the rule for exhaustion") {
  SimulationInput input = months_of_2025(2);
  const std::size_t lunar = add_investee(input, "Lunar");
  SimulatedGrant& grant = add_grant(input, lunar, "T1", 10'000);
  grant.windows[0].begin_day = 31 + 14;  // 15 February
  add_flow(input, lunar, {310, 280});
  const Simulation path = without_shocks(input);
  CHECK(cash_revenue(path) == Months{310, 140});
  CHECK(credit_revenue(path) == Months{0, 140});
}

TEST_CASE("serving: a grant pays on the days of its window, the first in and the end out") {
  SimulationInput input = months_of_2025(2);
  const std::size_t lunar = add_investee(input, "Lunar");
  GrantWindow& window = add_grant(input, lunar, "T1", 10'000).windows[0];
  window.begin_day = 10;
  window.end_day = 31 + 7;
  window.expiry_month = 1;
  add_flow(input, lunar, {310, 280});
  const Simulation path = without_shocks(input);
  // 21 days of January at 10; 7 days of February at 10, then the rest of the price lapses.
  CHECK(credit_revenue(path) == Months{210, 70});
  CHECK(cash_revenue(path) == Months{100, 0});
  CHECK(breakage(path) == Months{0, 9'720});
  CHECK(liability(path) == Months{9'790, 0});
  CHECK(left(path) == Months{9'790, 0});
  CHECK(path.expired_part[0][0] == 0.972);
  CHECK(path.exhausted_month[lunar][0] == 1);
}

TEST_CASE("serving: proportional breakage is price x drawn over what is expected, to the price") {
  SimulationInput input = months_of_2025(3);
  const std::size_t lunar = add_investee(input, "Lunar");
  // A fifth is expected never to be drawn; from March on a tenth.
  add_grant(input, lunar, "T1", 1'000).expected_drawn = {800, 800, 900};
  add_flow(input, lunar, {200, 200, 480});
  const Simulation path = without_shocks(input);
  // 1000 x 200/800 = 250; 500; 880 of 900 drawn: 977.78.
  CHECK(credit_revenue(path) == Months{200, 200, 480});
  CHECK(breakage(path) == Months{50, 50, 978 - 880 - 100});
  CHECK(liability(path) == Months{750, 500, 22});
}

TEST_CASE("serving: a scope sends usage past a grant that may not pay for it") {
  SimulationInput input = months_of_2025(1);
  const std::size_t lunar = add_investee(input, "Lunar");
  add_grant(input, lunar, "gpu-only", 310);
  add_grant(input, lunar, "any", 10'000).windows[0].price = 5'000;
  add_flow(input, lunar, {620});
  add_flow(input, lunar, {310});
  input.wallets[lunar].keys[1].payers = {1};
  input.wallets[lunar].has_one_scope = false;
  // The first key: 310 of its grant, then 310 of the other; the second key 310 of the other.
  const Simulation path = without_shocks(input);
  CHECK(credit_revenue(path) == Months{310 + 155 + 155});
  CHECK(left(path) == Months{10'000 - 620});
}

TEST_CASE("serving: a new grant follows on the day the last is used up, and cash follows it") {
  SimulationInput input = months_of_2025(2);
  const std::size_t lunar = add_investee(input, "Lunar");
  add_grant(input, lunar, "T1", 155);
  add_flow(input, lunar, {310, 280});
  SimulatedGrant& anew = add_grant(input, lunar, "new-grant-1", 200);
  anew.windows.clear();
  SimulatedNewGrant rule;
  for (int day = 0; day < 59; ++day) {
    const int month = day < 31 ? 0 : 1;
    rule.by_day.push_back({.grant = 1,
                           .window = {.begin_day = day, .end_day = never, .issued_month = month,
                                      .received_month = month, .expiry_month = never,
                                      .price = 100}});
  }
  input.drawdowns[0].after = rule;
  // 10 a day: T1 lasts 15.5 days; then 155 of the new grant in January, 45 in February.
  const Simulation path = without_shocks(input);
  CHECK(credit_revenue(path) == Months{155 + 78, 22});  // 77.5 to date is 78, half to even
  CHECK(cash_revenue(path) == Months{0, 235});
  CHECK(liability(path) == Months{22, 0});
  CHECK(path.exhausted_month[lunar][0] == 1);
}

TEST_CASE("serving: a capacity is shared in proportion, what is left over to the largest cut") {
  SimulationInput input = months_of_2025(2);
  const std::size_t lunar = add_investee(input, "Lunar");
  const std::size_t solar = add_investee(input, "Solar");
  add_grant(input, lunar, "T1", 10'000);
  add_grant(input, solar, "T2", 10'000);
  add_flow(input, lunar, {100, 100});
  add_flow(input, solar, {200, 200});
  input.caps.push_back({.flows = {0, 1}, .most = {100, 1'000}});
  const Simulation path = without_shocks(input);
  CHECK(of_path(path, SimulatedMeasure::revenue, lunar + 1, 0) == Months{33, 100});
  CHECK(of_path(path, SimulatedMeasure::revenue, solar + 1, 0) == Months{67, 200});
  CHECK(of_path(path, SimulatedMeasure::revenue, 0, 0) == Months{100, 300});
}

TEST_CASE("serving: flows of a drawdown add up to its rounded total") {
  SimulationInput input = months_of_2025(1);
  const std::size_t lunar = add_investee(input, "Lunar");
  add_grant(input, lunar, "T1", 10'000);
  add_flow(input, lunar, {33.4});
  add_flow(input, lunar, {33.4});
  add_flow(input, lunar, {33.4});
  input.drawdowns.resize(1);
  input.drawdowns[0].flows = {0, 1, 2};
  for (SimulatedFlow& flow : input.flows) flow.drawdown = 0;
  CHECK(credit_revenue(without_shocks(input)) == Months{100});
}

TEST_CASE("serving: cash is in the functional currency at the rate of its day") {
  SimulationInput input = months_of_2025(1);
  const std::size_t lunar = add_investee(input, "Lunar");
  add_flow(input, lunar, {310});
  SimulatedWallet& wallet = input.wallets[lunar];
  wallet.rate_of_day.assign(31, 2);
  wallet.rate_of_month = {2};
  CHECK(cash_revenue(without_shocks(input)) == Months{620});
}

TEST_CASE("serving: nothing is assumed of days that the book knows") {
  SimulationInput input = months_of_2025(1);
  const std::size_t lunar = add_investee(input, "Lunar");
  add_grant(input, lunar, "T1", 10'000);
  add_flow(input, lunar, {310});
  input.drawdowns[0].first_day = 30;
  CHECK(credit_revenue(without_shocks(input)) == Months{10});
}

#include "accounting/scenario/montecarlo/path.h"

#include <atomic>
#include <cmath>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/scenario/montecarlo/simulation.h"
#include "tests/scenario/montecarlo_book.h"

using namespace accrue;
using namespace accrue_test;

namespace {

Decimal decimal(const char* text) { return Decimal::parse(text).value(); }

Uncertainty uncertain(Uncertainty::Of of, const std::string& subject, Distribution distribution,
                      Uncertainty::Lasts lasts = Uncertainty::Lasts::month) {
  return {.of = of,
          .lasts = lasts,
          .subject = subject,
          .distribution = std::move(distribution),
          .source = "a test"};
}

ShockSubjects two_years() {
  const Period first = Period::of(2025, 1);
  return {.months = {first, Period{first.months + 23}},
          .investees = {"Lunar", "Solar"},
          .skus = {"a100", "h100-x", "h100-y"},
          .grants_to_come = {{"T2", 3}}};
}

ShockPlan plan_of(std::vector<Uncertainty> uncertainties, const char* common = "0") {
  Scenario scenario;
  scenario.uncertainties = std::move(uncertainties);
  scenario.common_percent = decimal(common);
  return shock_plan(scenario, two_years());
}

struct Moments {
  double mean = 0;
  double variance = 0;
};

Moments moments(std::span<const double> numbers) {
  Moments sums;
  for (const double number : numbers) sums.mean += number / static_cast<double>(numbers.size());
  for (const double number : numbers) {
    sums.variance += (number - sums.mean) * (number - sums.mean) /
                     static_cast<double>(numbers.size());
  }
  return sums;
}

double correlation(std::span<const double> a, std::span<const double> b) {
  const Moments of_a = moments(a);
  const Moments of_b = moments(b);
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - of_a.mean) * (b[i] - of_b.mean);
  return sum / static_cast<double>(a.size()) / std::sqrt(of_a.variance * of_b.variance);
}

constexpr std::size_t many = 100'000;

}  // namespace

TEST_CASE("path: a path is the same however many are drawn with it") {
  const ShockPlan plan = plan_of(
      {uncertain(Uncertainty::Of::volume, "*", LognormalShock{decimal("20")},
                 Uncertainty::Lasts::walk),
       uncertain(Uncertainty::Of::price, "h100*", UniformShock{decimal("50"), decimal("100")})},
      "30");
  const PathBlock all = draw_paths(plan, 7, 1, 300);
  const PathBlock one = draw_paths(plan, 7, 123, 1);
  for (std::size_t month = 0; month < 24; ++month) {
    CHECK(all.volume_of(1, month)[122] == one.volume_of(1, month)[0]);
    CHECK(all.price_of(0, month)[122] == one.price_of(0, month)[0]);
  }
}

TEST_CASE("path: what the exact engine is told is what the loop is told") {
  const ShockPlan plan = plan_of(
      {uncertain(Uncertainty::Of::volume, "Lunar", NormalShock{decimal("-5"), decimal("20")}),
       uncertain(Uncertainty::Of::price, "h100*", LognormalShock{decimal("30")}),
       uncertain(Uncertainty::Of::delay, "T2", UniformShock{decimal("0"), decimal("3")}),
       uncertain(Uncertainty::Of::stop, "Solar", BernoulliShock{decimal("20")})});
  for (std::uint32_t path = 1; path <= 20; ++path) {
    const Shocks shocks = shocks_of_path(plan, 42, path);
    const PathBlock block = draw_paths(plan, 42, path, 1);
    REQUIRE(shocks.volume.at("Lunar").size() == 24);
    CHECK(shocks.volume.size() == 1);
    CHECK(shocks.price.size() == 2);
    for (std::size_t month = 0; month < 24; ++month) {
      // Nine digits of a decimal text, read by the standard library.
      CHECK(std::stod(shocks.volume.at("Lunar")[month].to_string()) ==
            block.volume_of(0, month)[0]);
      CHECK(std::stod(shocks.price.at("h100-y")[month].to_string()) == block.price_of(0, month)[0]);
      CHECK(shocks.volume.at("Lunar")[month].to_string().size() <= 11);
    }
    CHECK(shocks.delay_months.at("T2") == block.delay_months[0]);
    const bool stops = block.stop_months[0] < 24;
    CHECK(shocks.stops.contains("Solar") == stops);
    if (stops) {
      CHECK(shocks.stops.at("Solar") == Period{Period::of(2025, 1).months + block.stop_months[0]});
    }
  }
}

TEST_CASE("path: factors have the mean and the variance of their distribution") {
  struct Row {
    const char* why;
    Distribution distribution;
    double mean;
    double variance;
  };
  const double spread = std::exp(0.04) - 1;
  const Row rows[] = {
      {"1 + mean + sd z", NormalShock{decimal("10"), decimal("20")}, 1.1, 0.04},
      {"lognormal, its mean is one", LognormalShock{decimal("20")}, 1, spread},
      {"(low + mode + high) / 3", TriangularShock{decimal("80"), decimal("90"), decimal("130")}, 1,
       (0.64 + 0.81 + 1.69 - 0.72 - 1.04 - 1.17) / 18},
      {"uniform", UniformShock{decimal("50"), decimal("150")}, 1, 1.0 / 12}};
  for (const Row& row : rows) {
    CAPTURE(row.why);
    // The same with and without a common part: the copula leaves each distribution as it is.
    for (const char* common : {"0", "40"}) {
      const ShockPlan plan =
          plan_of({uncertain(Uncertainty::Of::volume, "Lunar", row.distribution)}, common);
      const PathBlock block = draw_paths(plan, 99, 1, many);
      const Moments found = moments(block.volume_of(0, 5));
      CHECK(std::abs(found.mean - row.mean) < 4 * std::sqrt(row.variance / many));
      CHECK(std::abs(found.variance / row.variance - 1) < 0.03);
    }
  }
}

TEST_CASE("path: investees share the common part of the variance, months and prices share none") {
  const ShockPlan plan = plan_of(
      {uncertain(Uncertainty::Of::volume, "*", NormalShock{decimal("0"), decimal("5")}),
       uncertain(Uncertainty::Of::price, "*", NormalShock{decimal("0"), decimal("5")})},
      "30");
  const PathBlock block = draw_paths(plan, 5, 1, many);
  const double error = 4 / std::sqrt(static_cast<double>(many));
  CHECK(std::abs(correlation(block.volume_of(0, 3), block.volume_of(1, 3)) - 0.3) < error);
  CHECK(std::abs(correlation(block.volume_of(0, 3), block.volume_of(0, 4))) < error);
  CHECK(std::abs(correlation(block.volume_of(0, 3), block.price_of(0, 3))) < error);
}

TEST_CASE("path: uniform factors of two investees are correlated as their copula says") {
  const ShockPlan plan = plan_of({uncertain(Uncertainty::Of::volume, "*",
                                            UniformShock{decimal("0"), decimal("200")})},
                                 "50");
  const PathBlock block = draw_paths(plan, 5, 1, many);
  // Of a normal copula: 6 / pi x asin(rho / 2).
  const double expected = 6 / std::acos(-1.0) * std::asin(0.25);
  CHECK(std::abs(correlation(block.volume_of(0, 0), block.volume_of(1, 0)) - expected) <
        4 / std::sqrt(static_cast<double>(many)));
}

TEST_CASE("path: a shock lasts a month, the path, or walks on from the month before") {
  using Lasts = Uncertainty::Lasts;
  const auto drawn = [](Lasts lasts) {
    return draw_paths(plan_of({uncertain(Uncertainty::Of::volume, "Lunar",
                                         LognormalShock{decimal("10")}, lasts)}),
                      3, 1, 1);
  };
  const PathBlock month = drawn(Lasts::month);
  const PathBlock path = drawn(Lasts::path);
  const PathBlock walk = drawn(Lasts::walk);
  double product = 1;
  for (std::size_t i = 0; i < 24; ++i) {
    CHECK(path.volume_of(0, i)[0] == path.volume_of(0, 0)[0]);
    product *= month.volume_of(0, i)[0];
    CHECK(std::abs(walk.volume_of(0, i)[0] - product) < 1e-7);
    if (i > 0) CHECK(month.volume_of(0, i)[0] != month.volume_of(0, 0)[0]);
  }
}

TEST_CASE("path: SKUs of one uncertainty move together, and others do not move") {
  const ShockPlan plan = plan_of({uncertain(Uncertainty::Of::price, "h100*",
                                            UniformShock{decimal("50"), decimal("100")})});
  REQUIRE(plan.price.size() == 1);
  CHECK(plan.price[0].subjects == std::vector<std::string>{"h100-x", "h100-y"});
}

TEST_CASE("path: a delay is whole months, up to what the grant has") {
  const auto part_of = [](const char* high, int months) {
    const ShockPlan plan = plan_of({uncertain(Uncertainty::Of::delay, "T2",
                                              UniformShock{decimal("0"), decimal(high)})});
    const PathBlock block = draw_paths(plan, 11, 1, many);
    double count = 0;
    for (const int delay : block.delay_months) count += delay == months ? 1 : 0;
    return count / many;
  };
  // Up to 2: none or one month, each half the time. Up to 6: half the time cut to the three left.
  CHECK(std::abs(part_of("2", 0) - 0.5) < 0.007);
  CHECK(std::abs(part_of("2", 1) - 0.5) < 0.007);
  CHECK(std::abs(part_of("6", 3) - 0.5) < 0.007);
  CHECK(part_of("6", 4) == 0);
}

TEST_CASE("path: who stops with a probability a month has gone on in a geometric time") {
  const ShockPlan plan =
      plan_of({uncertain(Uncertainty::Of::stop, "Solar", BernoulliShock{decimal("10")})});
  const PathBlock block = draw_paths(plan, 8, 1, many);
  double at_once = 0;
  double goes_on = 0;
  for (const int month : block.stop_months) {
    at_once += month == 0 ? 1 : 0;
    goes_on += month == 24 ? 1 : 0;
  }
  CHECK(std::abs(at_once / many - 0.1) < 0.004);
  CHECK(std::abs(goes_on / many - std::pow(0.9, 24)) < 0.004);
}

TEST_CASE("path: a deal is signed as often as it is likely") {
  Scenario scenario;
  for (const char* id : {"deal-a", "deal-b"}) {
    PipelineDeal deal;
    deal.investment.id = id;
    deal.probability_percent = decimal("30");
    scenario.pipeline.push_back(deal);
  }
  const PathBlock block = draw_paths(shock_plan(scenario, two_years()), 4, 1, many);
  double both = 0;
  double first = 0;
  for (std::size_t lane = 0; lane < many; ++lane) {
    first += block.signed_deals[lane];
    both += block.signed_deals[lane] * block.signed_deals[many + lane];
  }
  CHECK(std::abs(first / many - 0.3) < 0.006);
  CHECK(std::abs(both / many - 0.09) < 0.004);
}

namespace {

/// Two investees with a grant each, whose usage is shocked.
SimulationInput shocked_input() {
  SimulationInput input = months_of_2025(24);
  input.shocks = plan_of({uncertain(Uncertainty::Of::volume, "*", LognormalShock{decimal("40")})},
                         "30");
  for (const char* name : {"Lunar", "Solar"}) {
    const std::size_t investee = add_investee(input, name);
    add_grant(input, investee, name, 100'000);
    add_flow(input, investee, std::vector<double>(24, 8'000)).volume = investee;
  }
  return input;
}

}  // namespace

TEST_CASE("path: figures of a path are the same whatever the threads and the number of paths") {
  const SimulationInput input = shocked_input();
  const Simulation one = simulate(input, {.seed = 1, .path_count = 1'000, .thread_count = 1});
  const Simulation three = simulate(input, {.seed = 1, .path_count = 1'000, .thread_count = 3});
  CHECK(one.values == three.values);
  CHECK(one.exhausted_month == three.exhausted_month);
  CHECK(one.expired_part == three.expired_part);
  const Simulation more = simulate(input, {.seed = 1, .path_count = 1'300, .thread_count = 2});
  const Simulation other = simulate(input, {.seed = 2, .path_count = 1'000});
  std::size_t same = 0;
  for (std::size_t path = 0; path < 1'000; ++path) {
    CHECK(of_path(more, SimulatedMeasure::revenue, 2, path) ==
          of_path(one, SimulatedMeasure::revenue, 2, path));
    same += of_path(other, SimulatedMeasure::revenue, 2, path) ==
                    of_path(one, SimulatedMeasure::revenue, 2, path)
                ? 1
                : 0;
  }
  CHECK(same == 0);
}

TEST_CASE("path: what is interrupted has the first paths, whole") {
  const SimulationInput input = shocked_input();
  std::atomic<bool> interrupted = false;
  SimulationOptions options{.seed = 1, .path_count = 2'000, .interrupted = &interrupted};
  options.progress = [&](std::uint32_t done, std::uint32_t) { interrupted = done >= 512; };
  const Simulation stopped = simulate(input, options);
  CHECK(stopped.path_count == 512);
  const Simulation whole = simulate(input, {.seed = 1, .path_count = 2'000});
  CHECK(whole.path_count == 2'000);
  for (const std::size_t path : {std::size_t{0}, std::size_t{511}}) {
    CHECK(of_path(stopped, SimulatedMeasure::left, 0, path) ==
          of_path(whole, SimulatedMeasure::left, 0, path));
  }
  interrupted = true;
  CHECK(simulate(input, options).path_count == 0);
}

TEST_CASE("path: more figures than can be kept are refused before any is drawn") {
  // Six figures a month, and none of investees or grants: 12 a path of 2 months, 2.5 x 10^8 in all.
  SimulationInput input = months_of_2025(2);
  CHECK(require_room(input, 20'833'333).ok());
  const Result<Done> refused = require_room(input, 20'833'334);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == ErrorCode::bad_value);
  CHECK(refused.error().message ==
        "20833334 paths of 2 months are too many to keep: a path has 12 figures");
  CHECK(refused.error().hint == "at most --paths 20833333, or fewer months");
  // The month an investee runs out in: one more.
  add_investee(input, "Lunar");
  CHECK(require_room(input, 20'833'333).error().message.ends_with("a path has 13 figures"));
}

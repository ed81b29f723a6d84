#include "tests/bench/montecarlo.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "accounting/scenario/montecarlo/path.h"
#include "accounting/scenario/montecarlo/simulation.h"

using namespace accrue;

namespace {

constexpr std::uint32_t paths = 10'000;
constexpr std::size_t months = 60;
constexpr std::size_t grants = 100;
constexpr double steps = double{paths} * months * grants;

double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// A hundred investees with a grant each that lasts 20 to 79 months on average.
SimulationInput made_input() {
  SimulationInput input;
  const Period first = Period::of(2026, 1);
  input.months = {first, Period{first.months + static_cast<int>(months) - 1}};
  for (std::size_t month = 0; month <= months; ++month) {
    input.first_days.push_back(Period{first.months + static_cast<int>(month)}.first_day().days -
                               first.first_day().days);
  }
  input.face_digits = 2;
  input.known_cash_of_others.assign(months, 0);
  Scenario scenario;
  scenario.common_percent = Decimal::from_integer(30);
  scenario.uncertainties = {{.of = Uncertainty::Of::volume,
                             .lasts = Uncertainty::Lasts::month,
                             .subject = "*",
                             .distribution = LognormalShock{Decimal::from_integer(25)},
                             .source = "bench"}};
  ShockSubjects subjects{.months = input.months, .investees = {}, .skus = {},
                         .grants_to_come = {}};
  for (std::size_t i = 0; i < grants; ++i) {
    const std::string name = "investee " + std::to_string(100 + i);
    subjects.investees.push_back(name);
    input.investees.push_back(
        {.name = name, .stop = {}, .known_cash = std::vector<double>(months, 0)});
    SimulatedGrant grant;
    grant.id = name;
    grant.wallet = i;
    grant.face = 1e8 * static_cast<double>(20 + i % 60);
    grant.known_drawn.assign(months, 0);
    grant.expected_drawn.assign(months, grant.face);
    grant.windows.push_back({});
    grant.windows.front().price = grant.face;
    input.grants.push_back(grant);
    SimulatedWallet wallet;
    wallet.investee = i;
    wallet.grants = {i};
    wallet.keys = {{.flows = {i}, .payers = {i}}};
    wallet.rate_of_day.assign(static_cast<std::size_t>(input.first_days.back()), 1);
    wallet.rate_of_month.assign(months, 1);
    input.wallets.push_back(wallet);
    SimulatedDrawdown drawdown;
    drawdown.investee = i;
    drawdown.flows = {i};
    input.drawdowns.push_back(drawdown);
    input.flows.push_back(
        {.drawdown = i, .volume = i, .price = {}, .amount = std::vector<double>(months, 1e8)});
  }
  input.shocks = shock_plan(scenario, subjects);
  return input;
}

double seconds_of_simulation(const SimulationInput& input, unsigned threads) {
  const double begin = seconds_now();
  const Simulation simulation =
      simulate(input, {.seed = 1, .path_count = paths, .thread_count = threads});
  if (simulation.path_count != paths) std::exit(1);
  return seconds_now() - begin;
}

double seconds_of_drawing(const SimulationInput& input) {
  const double begin = seconds_now();
  for (std::uint32_t first = 1; first <= paths; first += paths_per_block) {
    const PathBlock block = draw_paths(input.shocks, 1, first, paths_per_block);
    if (block.volume.empty()) std::exit(1);
  }
  return seconds_now() - begin;
}

/// Usage, what of it is paid, what is left, and the revenue of the month; factors are at hand.
double seconds_of_bare_loop(const SimulationInput& input) {
  const PathBlock block = draw_paths(input.shocks, 1, 1, paths_per_block);
  std::vector<double> revenue(months * paths_per_block, 0);
  const double begin = seconds_now();
  for (std::uint32_t first = 0; first < paths; first += paths_per_block) {
    for (std::size_t grant = 0; grant < grants; ++grant) {
      std::vector<double> left(paths_per_block, input.grants[grant].face);
      for (std::size_t month = 0; month < months; ++month) {
        const std::span<const double> factors = block.volume_of(grant, month);
        double* const sums = &revenue[month * paths_per_block];
        for (std::size_t lane = 0; lane < paths_per_block; ++lane) {
          const double paid = std::min(1e8 * factors[lane], left[lane]);
          left[lane] -= paid;
          sums[lane] += paid;
        }
      }
    }
  }
  const double seconds = seconds_now() - begin;
  if (revenue.back() <= 0) std::exit(1);
  return seconds;
}

/// What the script says it took; below zero where there is no python3 with numpy.
double seconds_of_script() {
  for (const char* const python : {"/usr/bin/python3", "python3"}) {
    const std::string command = std::string{python} +
                                " '" ACCRUE_SOURCE_DIR "/tests/bench/montecarlo_numpy.py' " +
                                std::to_string(paths) + " " + std::to_string(months) + " " +
                                std::to_string(grants) + " 2>/dev/null";
    std::FILE* const pipe = popen(command.c_str(), "r");
    double seconds = -1;
    if (pipe == nullptr) continue;
    if (std::fscanf(pipe, "%lf", &seconds) != 1) seconds = -1;
    pclose(pipe);
    if (seconds > 0) return seconds;
  }
  return -1;
}

}  // namespace

void bench_montecarlo() {
  const SimulationInput input = made_input();
  const double one = seconds_of_simulation(input, 1);
  const double two = seconds_of_simulation(input, 2);
  const double drawing = seconds_of_drawing(input);
  const double bare = seconds_of_bare_loop(input);
  std::printf("simulation of %u paths x %zu months x %zu grants\n", paths, months, grants);
  std::printf("  one thread               %10.1f M/s\n", steps / one / 1e6);
  std::printf("  two threads              %10.1f M/s, ratio %.2f\n", steps / two / 1e6, one / two);
  std::printf("  drawing the shocks only  %10.1f M/s, %.0f%% of one thread's time\n",
              steps / drawing / 1e6, 100 * drawing / one);
  std::printf("  bare arithmetic only     %10.1f M/s, ratio %.1f of one thread\n",
              steps / bare / 1e6, one / bare);
  const double script = seconds_of_script();
  if (script < 0) {
    std::printf("  numpy                    skipped: there is no python3 with numpy\n");
  } else {
    std::printf("  numpy                    %10.1f M/s, ratio %.1f to one thread, %.1f to two\n",
                steps / script / 1e6, script / one, script / two);
  }
}

// When the credits of one grant run out, against a closed form and against a simulation by others.

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/scenario/montecarlo/simulation.h"
#include "tests/scenario/montecarlo_book.h"

using namespace accrue;
using namespace accrue_test;

namespace {

constexpr double face = 1'200'000'000;  // cents
constexpr double rate = 100'000'000;
constexpr std::size_t month_count = 24;
constexpr std::uint32_t path_count = 40'000;

/// The part of the paths on which the grant has run out by the end of each month.
std::vector<double> run_out_by(const char* sd_percent, Uncertainty::Lasts lasts) {
  SimulationInput input = months_of_2025(month_count);
  const std::size_t lunar = add_investee(input, "Lunar");
  add_grant(input, lunar, "T1", face);
  Scenario scenario;
  scenario.uncertainties = {{.of = Uncertainty::Of::volume,
                             .lasts = lasts,
                             .subject = "Lunar",
                             .distribution = LognormalShock{Decimal::parse(sd_percent).value()},
                             .source = "a test"}};
  input.shocks = shock_plan(scenario, {.months = input.months, .investees = {"Lunar"},
                                       .skus = {}, .grants_to_come = {}});
  add_flow(input, lunar, std::vector<double>(month_count, rate)).volume = 0;
  const Simulation simulation = simulate(input, {.seed = 3, .path_count = path_count});
  std::vector<double> parts;
  for (std::size_t month = 0; month < month_count; ++month) {
    double count = 0;
    for (const int exhausted : simulation.exhausted_month[lunar]) {
      count += exhausted <= static_cast<int>(month) ? 1 : 0;
    }
    parts.push_back(count / path_count);
  }
  return parts;
}

double standard_error(double p) { return std::sqrt(p * (1 - p) / path_count); }

std::vector<double> numbers_said_by(const std::string& command) {
  std::vector<double> numbers;
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe{popen(command.c_str(), "r"), pclose};
  std::array<char, 64> line{};
  while (std::fgets(line.data(), line.size(), pipe.get()) != nullptr) {
    numbers.push_back(std::strtod(line.data(), nullptr));
  }
  return numbers;
}

}  // namespace

TEST_CASE("exhaustion: of a rate drawn once a path it has the closed form") {
  // Run out by month m when m x rate x exp(sd z - sd^2/2) reaches the face.
  const double sd = 0.35;
  const std::vector<double> found = run_out_by("35", Uncertainty::Lasts::path);
  double largest = 0;
  for (std::size_t month = 0; month < month_count; ++month) {
    const double z =
        (std::log(face / (rate * static_cast<double>(month + 1))) + sd * sd / 2) / sd;
    const double expected = std::erfc(z / std::sqrt(2.0)) / 2;
    CAPTURE(month);
    CHECK(std::abs(found[month] - expected) < 4 * standard_error(expected) + 1e-4);
    largest = std::max(largest, std::abs(found[month] - expected));
  }
  MESSAGE("largest difference from the closed form: " << largest << ", standard error at one half: "
                                                      << standard_error(0.5));
}

TEST_CASE("exhaustion: of monthly shocks it is that of a simulation in Python") {
  if (std::system("/usr/bin/python3 -c 'import random' 2>/dev/null") != 0) {
    MESSAGE("skipped: there is no /usr/bin/python3");
    return;
  }
  const std::vector<double> found = run_out_by("60", Uncertainty::Lasts::month);
  const std::vector<double> expected = numbers_said_by(
      "/usr/bin/python3 '" ACCRUE_SOURCE_DIR "/tests/scenario/exhaustion_reference.py' " +
      std::to_string(face) + " " + std::to_string(rate) + " 0.6 24 40000");
  REQUIRE(expected.size() == month_count);
  double largest = 0;
  for (std::size_t month = 0; month < month_count; ++month) {
    CAPTURE(month);
    // Both are drawn: the error of a difference is that of one times the root of two.
    const double error = std::sqrt(2.0) * standard_error(expected[month]);
    CHECK(std::abs(found[month] - expected[month]) < 4 * error + 1e-4);
    largest = std::max(largest, std::abs(found[month] - expected[month]));
  }
  CHECK(found[11] > 0.4);
  CHECK(found[11] < 0.6);
  MESSAGE("largest difference from the other simulation: "
          << largest << ", standard error at one half: " << std::sqrt(2.0) * standard_error(0.5));
}

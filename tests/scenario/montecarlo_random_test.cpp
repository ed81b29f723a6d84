#include "accounting/scenario/montecarlo/random.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include <doctest/doctest.h>

using namespace accrue;

TEST_CASE("random: Philox4x32-10 gives the published answers") {
  struct Row {
    PhiloxCounter counter;
    PhiloxKey key;
    PhiloxCounter answer;
  };
  // Random123, kat_vectors.
  const Row rows[] = {
      {{0, 0, 0, 0}, {0, 0}, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
      {{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
       {0xffffffff, 0xffffffff},
       {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
      {{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
       {0xa4093822, 0x299f31d0},
       {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
  };
  for (const Row& row : rows) CHECK(philox4x32_10(row.counter, row.key) == row.answer);
}

TEST_CASE("random: a uniform number is the first 52 bits of its half of the block, in the middle") {
  // Of counter 0 and key 0: 0x6627e8d5e169c58d >> 12 = 0x6627e8d5e169c, and so the other half.
  const UniformPair pair = uniform_pair({0, 0}, 0, 0);
  CHECK(pair.even == (static_cast<double>(0x6627e8d5e169cULL) + 0.5) / 0x1p52);
  CHECK(pair.odd == (static_cast<double>(0xbc57ac4c9b00dULL) + 0.5) / 0x1p52);
  std::array<double, 2> even{};
  std::array<double, 2> odd{};
  fill_uniform({0, 0}, 0, 0, even, odd);
  CHECK(even[0] == pair.even);
  CHECK(odd[0] == pair.odd);
  CHECK(odd[1] == uniform_pair({0, 0}, 1, 0).odd);
}

TEST_CASE("random: many uniform numbers at once are those that are made one by one") {
  constexpr RandomStream stream{0x9876543210FEDCBA, 77};
  std::array<double, 67> even{};
  std::array<double, 67> odd{};
  const std::uint32_t first = 0xFFFFFFFF - 20;  // paths go on from zero
  fill_uniform(stream, first, 5, even, odd);
  for (std::uint32_t i = 0; i < even.size(); ++i) {
    const UniformPair pair = uniform_pair(stream, first + i, 5);
    CHECK(even[i] == pair.even);
    CHECK(odd[i] == pair.odd);
  }
}

TEST_CASE("random: seed, stream, path and step each make another number") {
  const double number = uniform_pair({1, 2}, 3, 4).even;
  CHECK(number != uniform_pair({2, 2}, 3, 4).even);
  CHECK(number != uniform_pair({1ULL << 32 | 1, 2}, 3, 4).even);
  CHECK(number != uniform_pair({1, 3}, 3, 4).even);
  CHECK(number != uniform_pair({1, 2}, 4, 4).even);
  CHECK(number != uniform_pair({1, 2}, 3, 5).even);
  CHECK(number != uniform_pair({1, 2}, 3, 4).odd);
}

TEST_CASE("random: quantiles of the normal distribution are those of the tables") {
  struct Row {
    double p;
    double z;
  };
  // NIST/SEMATECH e-Handbook 1.3.6.7.1 and, for the tails, Wichura's own check values.
  const Row rows[] = {{0.5, 0},
                      {0.975, 1.959963984540054},
                      {0.95, 1.6448536269514722},
                      {0.25, -0.6744897501960817},
                      {0.001, -3.090232306167813},
                      {1e-20, -9.262340089798408}};
  for (const Row& row : rows) {
    CAPTURE(row.p);
    CHECK(std::abs(normal_of_uniform(row.p) - row.z) < 2e-15 * (1 + std::abs(row.z)));
    if (row.p > 1e-10) CHECK(std::abs(uniform_of_normal(row.z) / row.p - 1) < 1e-13);
  }
}

TEST_CASE("random: the inverse is that of the distribution on both sides of every seam") {
  for (double z = -8; z <= 5; z += 1.0 / 64) {
    CAPTURE(z);
    CHECK(std::abs(normal_of_uniform(uniform_of_normal(z)) - z) < 1e-9);
  }
}

TEST_CASE("random: many normal numbers at once are those that are made one by one") {
  std::vector<double> numbers;
  for (double p = 0x1p-52; p < 0.5; p *= 1.37) numbers.insert(numbers.end(), {p, 1 - p});
  const std::vector<double> uniform = numbers;
  REQUIRE(numbers.size() > 200);
  make_normal(numbers);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    CHECK(numbers[i] == normal_of_uniform(uniform[i]));
  }
}

TEST_CASE("random: moments of uniform and normal numbers are those of their distributions") {
  constexpr std::size_t count = 200'000;
  std::vector<double> numbers(count);
  std::vector<double> odd(count);
  fill_uniform({20260101, 7}, 0, 3, numbers, odd);
  std::array<double, 4> powers{};
  double uniform_mean = 0;
  double uniform_square = 0;
  double neighbours = 0;
  double before = 0;
  for (const double u : numbers) {
    REQUIRE(u > 0);
    REQUIRE(u < 1);
    uniform_mean += u;
    uniform_square += (u - 0.5) * (u - 0.5);
    const double z = normal_of_uniform(u);
    neighbours += z * before;
    before = z;
    double power = 1;
    for (double& sum : powers) sum += power *= z;
  }
  const auto n = static_cast<double>(count);
  // Each within four standard errors; the k-th moment of z has variance m_2k - m_k^2.
  CHECK(std::abs(uniform_mean / n - 0.5) < 4 * std::sqrt(1.0 / 12 / n));
  CHECK(std::abs(uniform_square / n - 1.0 / 12) < 4 * std::sqrt(1.0 / 180 / n));
  CHECK(std::abs(powers[0] / n) < 4 * std::sqrt(1 / n));
  CHECK(std::abs(powers[1] / n - 1) < 4 * std::sqrt(2 / n));
  CHECK(std::abs(powers[2] / n) < 4 * std::sqrt(15 / n));
  CHECK(std::abs(powers[3] / n - 3) < 4 * std::sqrt(96 / n));
  CHECK(std::abs(neighbours / n) < 4 * std::sqrt(1 / n));
}

#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace accrue {

// Random numbers that are a function of where they are used, and of nothing else: no generator has
// a state, so no order of calls and no number of threads can change them.

using PhiloxCounter = std::array<std::uint32_t, 4>;
using PhiloxKey = std::array<std::uint32_t, 2>;

/// Philox4x32-10.
/// Source: Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3 (SC 2011).
PhiloxCounter philox4x32_10(PhiloxCounter counter, PhiloxKey key);

/// Which quantity of a path a number is drawn for.
struct RandomStream {
  std::uint64_t seed = 0;
  std::uint32_t number = 0;
};

/// What one block of Philox gives: a number each for an even step and for the odd one after it.
struct UniformPair {
  double even = 0;
  double odd = 0;
};

/// Uniform on (0, 1), neither end in: (n + 1/2) / 2^52 of 52 random bits.
UniformPair uniform_pair(RandomStream stream, std::uint32_t path, std::uint32_t step_pair);

/// The numbers of a pair of steps for consecutive paths; `even` and `odd` are equally long.
void fill_uniform(RandomStream stream, std::uint32_t first_path, std::uint32_t step_pair,
                  std::span<double> even, std::span<double> odd);

/// The standard normal variate of which a part `p` of all lies below; `p` above zero and below one.
/// Relative error about 10^-16.
/// Source: Wichura: Algorithm AS 241, PPND16 (Applied Statistics 37, 1988).
double normal_of_uniform(double p);

/// The same of each of many numbers, in their places.
void make_normal(std::span<double> numbers);

/// The part of all standard normal variates that lies below `z`.
double uniform_of_normal(double z);

}  // namespace accrue

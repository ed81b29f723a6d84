#include "accounting/scenario/montecarlo/random.h"

#include <bit>
#include <cmath>
#include <numbers>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "accounting/scenario/montecarlo/elementary.h"
#include "accounting/scenario/montecarlo/wide.h"

namespace accrue {

namespace {

// The coefficients of AS 241, highest power first.
constexpr std::array middle_above{2.5090809287301226727e3, 3.3430575583588128105e4,
                                  6.7265770927008700853e4, 4.5921953931549871457e4,
                                  1.3731693765509461125e4, 1.9715909503065514427e3,
                                  1.3314166789178437745e2, 3.3871328727963666080e0};
constexpr std::array middle_below{5.2264952788528545610e3, 2.8729085735721942674e4,
                                  3.9307895800092710610e4, 2.1213794301586595867e4,
                                  5.3941960214247511077e3, 6.8718700749205790830e2,
                                  4.2313330701600911252e1, 1.0};
constexpr std::array near_above{7.74545014278341407640e-4, 2.27238449892691845833e-2,
                                2.41780725177450611770e-1, 1.27045825245236838258e0,
                                3.64784832476320460504e0,  5.76949722146069140550e0,
                                4.63033784615654529590e0,  1.42343711074968357734e0};
constexpr std::array near_below{1.05075007164441684324e-9, 5.47593808499534494600e-4,
                                1.51986665636164571966e-2, 1.48103976427480074590e-1,
                                6.89767334985100004550e-1, 1.67638483018380384940e0,
                                2.05319162663775882187e0,  1.0};
constexpr std::array far_above{2.01033439929228813265e-7, 2.71155556874348757815e-5,
                               1.24266094738807843860e-3, 2.65321895265761230930e-2,
                               2.96560571828504891230e-1, 1.78482653991729133580e0,
                               5.46378491116411436990e0,  6.65790464350110377720e0};
constexpr std::array far_below{2.04426310338993978564e-15, 1.42151175831644588870e-7,
                               1.84631831751005468180e-5,  7.86869131145613259100e-4,
                               1.48753612908506148525e-2,  1.36929880922735805310e-1,
                               5.99832206555887937690e-1,  1.0};

/// Its 52 bits are those of a number from 2^52 on.
inline double uniform_of_bits(std::uint64_t high, std::uint64_t low) {
  const std::uint64_t bits = (high << 32 | low) >> 12;
  return (std::bit_cast<double>(bits | 0x4330000000000000) - 0x1p52 + 0.5) * 0x1p-52;
}

inline double middle_normal(double p) {
  const double q = p - 0.5;
  const double r = 0.180625 - q * q;
  return q * polynomial(middle_above, r) / polynomial(middle_below, r);
}

inline bool is_in_tail(double p) { return std::abs(p - 0.5) > 0.425; }

/// From 1.6 on, the larger the farther out.
inline double depth_of_tail(double p) { return std::sqrt(-logarithm(p < 0.5 ? p : 1 - p)); }

/// Of a depth up to 5, above the mean.
inline double near_normal(double depth) {
  return polynomial(near_above, depth - 1.6) / polynomial(near_below, depth - 1.6);
}

inline double far_normal(double depth) {
  return polynomial(far_above, depth - 5) / polynomial(far_below, depth - 5);
}

inline PhiloxCounter philox(PhiloxCounter counter, PhiloxKey key) {
  auto [a, b, c, d] = counter;
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t first = std::uint64_t{a} * 0xD2511F53;
    const std::uint64_t second = std::uint64_t{c} * 0xCD9E8D57;
    a = static_cast<std::uint32_t>(second >> 32) ^ b ^ key[0];
    b = static_cast<std::uint32_t>(second);
    c = static_cast<std::uint32_t>(first >> 32) ^ d ^ key[1];
    d = static_cast<std::uint32_t>(first);
    key[0] += 0x9E3779B9;
    key[1] += 0xBB67AE85;
  }
  return {a, b, c, d};
}

inline UniformPair pair_of(RandomStream stream, std::uint32_t path, std::uint32_t step_pair) {
  const PhiloxCounter block = philox(
      {path, step_pair, stream.number, 0},
      {static_cast<std::uint32_t>(stream.seed), static_cast<std::uint32_t>(stream.seed >> 32)});
  return {uniform_of_bits(block[0], block[1]), uniform_of_bits(block[2], block[3])};
}

#if defined(__x86_64__)

[[gnu::target("avx2")]] inline __m256i four_of(std::uint64_t number) {
  return _mm256_set1_epi64x(static_cast<long long>(number));
}

/// As uniform_of_bits; the upper halves are not looked at.
[[gnu::target("avx2")]] inline __m256d four_uniform(__m256i high, __m256i low) {
  const __m256i words =
      _mm256_or_si256(_mm256_slli_epi64(high, 32), _mm256_and_si256(low, four_of(0xFFFFFFFF)));
  const __m256i bits = _mm256_or_si256(_mm256_srli_epi64(words, 12), four_of(0x4330000000000000));
  const __m256d number = _mm256_sub_pd(_mm256_castsi256_pd(bits), _mm256_set1_pd(0x1p52));
  return _mm256_mul_pd(_mm256_add_pd(number, _mm256_set1_pd(0.5)), _mm256_set1_pd(0x1p-52));
}

/// As pair_of, of consecutive paths, by fours; returns how many are done. A register holds a number
/// of four counters, each in the lower half of 64 bits, which is all that the product looks at.
[[gnu::target("avx2")]] std::size_t fill_fours(RandomStream stream, std::uint32_t first_path,
                                               std::uint32_t step_pair, std::span<double> even,
                                               std::span<double> odd) {
  const std::size_t count = even.size() / 4 * 4;
  for (std::size_t i = 0; i < count; i += 4) {
    const std::uint32_t path = first_path + static_cast<std::uint32_t>(i);
    __m256i a = _mm256_add_epi64(four_of(path), _mm256_set_epi64x(3, 2, 1, 0));
    __m256i b = four_of(step_pair);
    __m256i c = four_of(stream.number);
    __m256i d = _mm256_setzero_si256();
    auto first_key = static_cast<std::uint32_t>(stream.seed);
    auto second_key = static_cast<std::uint32_t>(stream.seed >> 32);
    for (int round = 0; round < 10; ++round) {
      const __m256i first = _mm256_mul_epu32(a, four_of(0xD2511F53));
      const __m256i second = _mm256_mul_epu32(c, four_of(0xCD9E8D57));
      a = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(second, 32), b), four_of(first_key));
      b = second;
      c = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(first, 32), d), four_of(second_key));
      d = first;
      first_key += 0x9E3779B9;
      second_key += 0xBB67AE85;
    }
    _mm256_storeu_pd(&even[i], four_uniform(a, b));
    _mm256_storeu_pd(&odd[i], four_uniform(c, d));
  }
  return count;
}

bool can_do_fours() { return __builtin_cpu_supports("avx2") != 0; }

#else

std::size_t fill_fours(RandomStream, std::uint32_t, std::uint32_t, std::span<double>,
                       std::span<double>) {
  return 0;
}

bool can_do_fours() { return false; }

#endif

ACCRUE_WIDE void make_middle(std::span<double> numbers) {
  for (double& number : numbers) number = middle_normal(number);
}

ACCRUE_WIDE void reckon_tails(std::span<const double> tails, std::span<double> depths,
                              std::span<double> above) {
  for (std::size_t i = 0; i < tails.size(); ++i) {
    depths[i] = depth_of_tail(tails[i]);
    above[i] = near_normal(depths[i]);
  }
}

}  // namespace

PhiloxCounter philox4x32_10(PhiloxCounter counter, PhiloxKey key) {
  return philox(counter, key);
}

UniformPair uniform_pair(RandomStream stream, std::uint32_t path, std::uint32_t step_pair) {
  return pair_of(stream, path, step_pair);
}

void fill_uniform(RandomStream stream, std::uint32_t first_path, std::uint32_t step_pair,
                  std::span<double> even, std::span<double> odd) {
  const std::size_t done =
      can_do_fours() ? fill_fours(stream, first_path, step_pair, even, odd) : 0;
  for (std::size_t i = done; i < even.size(); ++i) {
    const UniformPair pair =
        pair_of(stream, first_path + static_cast<std::uint32_t>(i), step_pair);
    even[i] = pair.even;
    odd[i] = pair.odd;
  }
}

double normal_of_uniform(double p) {
  if (!is_in_tail(p)) return middle_normal(p);
  const double depth = depth_of_tail(p);
  const double z = depth <= 5 ? near_normal(depth) : far_normal(depth);
  return p < 0.5 ? -z : z;
}

void make_normal(std::span<double> numbers) {
  constexpr std::size_t most = 64;
  for (; numbers.size() > most; numbers = numbers.subspan(most)) make_normal(numbers.first(most));
  // All are reckoned as if they were in the middle, without a branch; then the tails anew.
  std::array<std::size_t, most + 1> places;
  std::array<double, most + 1> tails;
  std::size_t count = 0;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    places[count] = i;
    tails[count] = numbers[i];
    count += is_in_tail(numbers[i]) ? 1 : 0;
  }
  make_middle(numbers);
  std::array<double, most> depths;
  std::array<double, most> above;
  reckon_tails(std::span{tails}.first(count), depths, above);
  for (std::size_t i = 0; i < count; ++i) {
    const double z = depths[i] <= 5 ? above[i] : far_normal(depths[i]);
    numbers[places[i]] = tails[i] < 0.5 ? -z : z;
  }
}

double uniform_of_normal(double z) { return std::erfc(-z / std::numbers::sqrt2) / 2; }

}  // namespace accrue

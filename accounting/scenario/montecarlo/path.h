#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "accounting/scenario/montecarlo/shock_plan.h"
#include "accounting/scenario/shocks.h"

namespace accrue {

/// How many paths are gone through side by side.
inline constexpr std::size_t paths_per_block = 64;

/// What is drawn for consecutive paths. Every factor is a whole number of 10^-9, so that exact
/// arithmetic can be told the very same one; none is above 10^6.
struct PathBlock {
  std::uint32_t first_path = 0;
  std::size_t path_count = 0;
  std::size_t month_count = 0;
  std::vector<double> volume;  ///< by column of the plan, month and path
  std::vector<double> price;   ///< so too
  std::vector<int> delay_months;  ///< by delayed grant and path
  std::vector<int> stop_months;   ///< by stopping investee and path: the first month without usage
  std::vector<std::uint8_t> signed_deals;  ///< by uncertain deal and path

  std::span<const double> volume_of(std::size_t column, std::size_t month) const {
    return row(volume, column * month_count + month);
  }
  std::span<const double> price_of(std::size_t column, std::size_t month) const {
    return row(price, column * month_count + month);
  }

 private:
  std::span<const double> row(const std::vector<double>& rows, std::size_t number) const {
    return std::span{rows}.subspan(number * path_count, path_count);
  }
};

/// The paths from `first_path` on: each is a function of the seed and its own number.
///
/// Volume factors: z = sqrt(c) z_common + sqrt(1 - c) z_own with c the common part of the variance;
/// the common number is one for all investees (of a month, or of the path for what lasts so long).
/// Triangular and uniform factors are those of the uniform number that z stands for.
PathBlock draw_paths(const ShockPlan& plan, std::uint64_t seed, std::uint32_t first_path,
                     std::size_t path_count);

/// The same in the place of other paths, whose memory it takes over.
void draw_paths(const ShockPlan& plan, std::uint64_t seed, std::uint32_t first_path,
                std::size_t path_count, PathBlock& block);

/// One path as the exact engine takes it.
Shocks shocks_of_path(const ShockPlan& plan, std::uint64_t seed, std::uint32_t path);

}  // namespace accrue

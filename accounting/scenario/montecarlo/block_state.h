#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "accounting/scenario/montecarlo/path.h"
#include "accounting/scenario/montecarlo/simulation_input.h"

namespace accrue {

/// One number for each path of a block. Days and months are such numbers too, infinite for never,
/// so that all of a loop is of one width. A block of fewer paths reckons the others for nothing.
using Lanes = std::array<double, paths_per_block>;

/// Whether numbers, none of them below zero, are above it on any path.
inline bool any_above_zero(const Lanes& lanes) {
  std::uint64_t bits = 0;
  for (const double number : lanes) bits |= std::bit_cast<std::uint64_t>(number);
  return bits != 0;
}

/// A grant as it is on each path.
struct GrantLanes {
  Lanes begin_day;
  Lanes end_day;
  Lanes issued_month;
  Lanes received_month;
  Lanes expiry_month;
  Lanes price;
  Lanes left;      ///< of its face
  Lanes usage;     ///< recognised to date; functional
  Lanes breakage;  ///< so too
  Lanes expired;   ///< face lost
  std::vector<int> edges;  ///< days on which it begins or ends, on whatever path
  /// Whether on every path nothing is left and nothing remains to be recognised.
  bool is_over;

  void take(std::size_t lane, const GrantWindow& window);

 private:
  void add_edge(int day);
};

/// What the paths of a block have come to, month after month.
struct BlockState {
  explicit BlockState(const SimulationInput& input);

  /// As it is before the first month of other paths.
  void begin(const SimulationInput& input, const PathBlock& shocks);

  std::vector<GrantLanes> grants;
  std::vector<Lanes> part_of_usage;  ///< by drawdown: what the deals that are signed leave of it
  std::vector<Lanes> usage;          ///< by flow: of the month, whole minor units
  std::vector<Lanes> cash;           ///< by wallet that has some: of the month, functional
  std::vector<std::uint8_t> has_cash;  ///< by wallet: on any path
  std::vector<Lanes> had_credit;     ///< by wallet: zero or one
  std::vector<Lanes> exhausted_month;  ///< by wallet: the first
  std::vector<Lanes> granted_anew;     ///< by drawdown: zero or one
};

}  // namespace accrue

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "accounting/scenario/montecarlo/block_state.h"
#include "accounting/scenario/montecarlo/simulation.h"
#include "accounting/scenario/montecarlo/wallet_serving.h"

namespace accrue {

/// Consecutive paths, and where their figures are put.
struct BlockOfPaths {
  std::uint32_t first_path = 1;
  std::size_t path_count = 0;
  std::size_t place = 0;
};

/// Draws blocks of paths, goes through their months and puts their figures in their places. Each
/// thread has one of its own, whose memory serves one block after the other.
class BlockRun {
 public:
  BlockRun(const SimulationInput& input, Simulation& simulation);

  void run(const BlockOfPaths& paths);

 private:
  void draw_known(std::size_t month);
  void keep_cash(std::size_t month);
  void recognise(std::size_t grant, std::size_t month);
  void keep_ends();
  void keep_growth();
  void add_months(std::size_t investee, int from, int to, Lanes& sum) const;
  void keep_points(std::size_t span, std::size_t subject, const Lanes& points);
  Lanes& revenue_of(std::size_t investee, std::size_t month);
  double* place(SimulatedMeasure measure, std::size_t subject, std::size_t month);
  void add(SimulatedMeasure measure, std::size_t investee, std::size_t month, const Lanes& lanes);
  void add_revenue(std::size_t investee, std::size_t month, const Lanes& lanes);

  const SimulationInput& input_;
  Simulation& out_;
  PathBlock shocks_;
  BlockState state_;
  std::vector<WalletServing> wallets_;
  std::size_t first_ = 0;  ///< place of the first path
  std::size_t count_ = 0;
  std::vector<Lanes> revenue_;  ///< by investee and month; empty where no growth is told
};

}  // namespace accrue

#pragma once

#include <cstddef>
#include <vector>

#include "accounting/scenario/montecarlo/block_state.h"

namespace accrue {

/// The exact course of a wallet's month on one path: from the grants in the order of paying, by day
/// and then by key; what no grant pays goes on as the drawdown's rule says.
class DayServing {
 public:
  DayServing(const SimulationInput& input, std::size_t wallet, BlockState& state);

  /// At once where the first payer of each key can pay for all of it, else by days.
  void serve_lane(std::size_t month, std::size_t lane);

  void serve_by_days(std::size_t month, std::size_t lane);

  /// Of all its keys.
  const std::vector<std::size_t>& flows() const { return flows_; }
  /// Whether the book itself has usage of one of its flows on a day.
  bool is_known_on(int day) const;

 private:
  void begin(std::size_t month);
  bool serve_first_payers(std::size_t lane);
  void walk(std::size_t lane);
  void serve_day(int day, std::size_t lane);
  void serve_key(const SimulatedKey& key, int day, std::size_t lane);
  double pay(const SimulatedKey& key, double rest, int day, std::size_t lane);
  void pay_cash(double amount, int day, std::size_t lane);
  void leave_uncovered(const SimulatedKey& key, int day, std::size_t lane, double sum,
                       double uncovered);
  void follow(std::size_t flow, double share, int day, std::size_t lane);
  bool once_paid(const SimulatedKey& key, std::size_t lane, int day) const;
  bool pays_on(const GrantLanes& grant, int day, std::size_t lane) const;
  double of_day(double amount, int day) const;

  const SimulationInput& input_;
  std::size_t number_;
  const SimulatedWallet& wallet_;
  BlockState& state_;
  std::vector<std::size_t> flows_;
  std::size_t month_ = 0;
  int first_ = 0;
  int next_ = 0;
  std::vector<double> drawn_;      ///< by grant
  std::vector<double> parts_;      ///< by flow of a key: of the day
  std::vector<double> uncovered_;  ///< by flow: of the month to date
  // As they were before the day, of the wallet's grants and flows.
  std::vector<double> left_before_;
  std::vector<double> uncovered_before_;
  std::vector<std::size_t> issued_;
};

}  // namespace accrue

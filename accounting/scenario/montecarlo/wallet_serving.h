#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "accounting/scenario/montecarlo/block_state.h"
#include "accounting/scenario/montecarlo/day_serving.h"

namespace accrue {

/// Serves what the flows of a wallet use in a month, on every path: from the grants in the order of
/// paying, by day and then by key; what no grant pays goes on as the drawdown's rule says.
///
/// Where all keys have the same payers, the month is cut where a grant begins or ends, and each
/// span is served at once on all paths, which comes to the same. By days go those paths whose cash
/// or new grant depends on the day on which the credits end.
class WalletServing {
 public:
  /// Of a span, on each path.
  struct SpanLanes {
    Lanes rest;         ///< of the usage, that no grant has paid
    Lanes left_before;  ///< of the grants that are there
    Lanes left;
    Lanes once_paid;    ///< zero or one: a grant for this usage has begun
  };

  WalletServing(const SimulationInput& input, std::size_t wallet, BlockState& state);

  void serve(std::size_t month);

 private:
  struct Span {
    int begin = 0;
    int end = 0;
  };
  void find_spans();
  void serve_span(Span span);
  void sum_usage(int begin, int end, Lanes& sum) const;
  void run_out(Span span);
  void cover_rest(Span span);
  void find_once_paid(Span span);
  void choose_paths_by_days();
  void cover_whole_month();
  void keep();
  void serve_chosen_by_days();

  const SimulationInput& input_;
  std::size_t number_;
  const SimulatedWallet& wallet_;
  BlockState& state_;
  DayServing days_;
  std::vector<std::uint8_t> pays_;  ///< by grant of the wallet
  /// Whether nothing depends on the day on which credits end: no grant follows, and there is one
  /// flow alone or no cash.
  bool needs_no_days_ = true;
  std::vector<double> rates_;  ///< by month; below zero where it is not the same on all days

  std::size_t month_ = 0;
  std::vector<int> cuts_;
  std::vector<Span> spans_;
  SpanLanes span_;
  Lanes first_day_;   ///< usage of the first day of a span
  Lanes uncovered_;   ///< of the one flow, of the month to date
  Lanes by_days_;     ///< zero or one
  // As they were before the month.
  std::vector<Lanes> left_before_;
  Lanes had_credit_before_;
  Lanes exhausted_before_;
};

}  // namespace accrue

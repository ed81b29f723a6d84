#include "accounting/scenario/montecarlo/month_demand.h"

#include <cmath>
#include <span>

#include "accounting/scenario/montecarlo/approximate.h"
#include "accounting/scenario/montecarlo/wide.h"

namespace accrue {

namespace {

using LaneSpan = std::span<const double, paths_per_block>;

ACCRUE_WIDE void multiply(Lanes& lanes, LaneSpan factors) {
  for (std::size_t lane = 0; lane < paths_per_block; ++lane) lanes[lane] *= factors[lane];
}

ACCRUE_WIDE void multiply(double amount, LaneSpan factors, Lanes& lanes) {
  for (std::size_t lane = 0; lane < paths_per_block; ++lane) lanes[lane] = amount * factors[lane];
}

ACCRUE_WIDE void make_whole(Lanes& lanes) {
  for (double& number : lanes) number = nearest_whole(number);
}

/// Whole numbers that add up to `total`, from parts that do so nearly: each is cut, and what is
/// left over goes one each to the largest fractions cut, of equal ones to the first.
class Apportioner {
 public:
  void apportion(std::vector<Lanes>& usage, std::span<const std::size_t> flows, std::size_t lane,
                 double total) {
    fractions_.resize(flows.size());
    for (std::size_t i = 0; i < flows.size(); ++i) {
      double& part = usage[flows[i]][lane];
      const double whole = std::floor(part);
      fractions_[i] = part - whole;
      part = whole;
      total -= whole;
    }
    for (; total >= 1; --total) {
      std::size_t largest = 0;
      for (std::size_t i = 1; i < flows.size(); ++i) {
        if (fractions_[i] > fractions_[largest]) largest = i;
      }
      fractions_[largest] = -1;
      ++usage[flows[largest]][lane];
    }
  }

 private:
  std::vector<double> fractions_;
};

LaneSpan lanes_of(std::span<const double> row) { return row.first<paths_per_block>(); }

void shock(const SimulationInput& input, const PathBlock& shocks, std::size_t month,
           BlockState& state) {
  for (std::size_t i = 0; i < input.flows.size(); ++i) {
    const SimulatedFlow& flow = input.flows[i];
    Lanes& usage = state.usage[i];
    if (!flow.volume || flow.amount[month] <= 0) usage.fill(flow.amount[month]);
    if (flow.amount[month] <= 0) continue;
    if (flow.volume) {
      multiply(flow.amount[month], lanes_of(shocks.volume_of(*flow.volume, month)), usage);
    }
    if (flow.price) multiply(usage, lanes_of(shocks.price_of(*flow.price, month)));
    const SimulatedDrawdown& drawdown = input.drawdowns[flow.drawdown];
    if (const std::optional<std::size_t> stop = input.investees[drawdown.investee].stop) {
      const int* const stops = &shocks.stop_months[*stop * paths_per_block];
      for (std::size_t lane = 0; lane < paths_per_block; ++lane) {
        if (stops[lane] <= static_cast<int>(month)) usage[lane] = 0;
      }
    }
    if (drawdown.left || !drawdown.needs_a_deal.empty()) {
      multiply(usage, state.part_of_usage[flow.drawdown]);
    }
  }
}

void round(const SimulationInput& input, BlockState& state) {
  Apportioner apportioner;
  for (const SimulatedDrawdown& drawdown : input.drawdowns) {
    if (drawdown.flows.size() == 1) {
      make_whole(state.usage[drawdown.flows[0]]);
      continue;
    }
    for (std::size_t lane = 0; lane < paths_per_block; ++lane) {
      double sum = 0;
      for (const std::size_t flow : drawdown.flows) sum += state.usage[flow][lane];
      apportioner.apportion(state.usage, drawdown.flows, lane, nearest_whole(sum));
    }
  }
}

void cut(const SimulatedCap& cap, std::size_t month, BlockState& state) {
  const double most = cap.most[month];
  if (std::isinf(most)) return;
  Apportioner apportioner;
  std::vector<std::size_t> used;
  for (std::size_t lane = 0; lane < paths_per_block; ++lane) {
    double sum = 0;
    used.clear();
    for (const std::size_t flow : cap.flows) {
      if (state.usage[flow][lane] <= 0) continue;
      sum += state.usage[flow][lane];
      used.push_back(flow);
    }
    if (sum <= most) continue;
    for (const std::size_t flow : used) state.usage[flow][lane] *= most / sum;
    apportioner.apportion(state.usage, used, lane, most);
  }
}

}  // namespace

void demand_of_month(const SimulationInput& input, const PathBlock& shocks, std::size_t month,
                     BlockState& state) {
  shock(input, shocks, month, state);
  round(input, state);
  for (const SimulatedCap& cap : input.caps) cut(cap, month, state);
}

}  // namespace accrue

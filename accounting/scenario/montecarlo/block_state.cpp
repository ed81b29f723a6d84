#include "accounting/scenario/montecarlo/block_state.h"

#include <algorithm>
#include <limits>

namespace accrue {

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

double in_lanes(int day_or_month) {
  return day_or_month == never ? infinite : static_cast<double>(day_or_month);
}

void begin_grant(const SimulatedGrant& grant, const PathBlock& shocks, GrantLanes& lanes) {
  for (Lanes* const days : {&lanes.begin_day, &lanes.end_day, &lanes.issued_month,
                            &lanes.received_month, &lanes.expiry_month}) {
    days->fill(infinite);
  }
  for (Lanes* const amounts : {&lanes.price, &lanes.left, &lanes.expired}) amounts->fill(0);
  lanes.usage.fill(grant.recognised_usage);
  lanes.breakage.fill(grant.recognised_breakage);
  lanes.is_over = false;
  lanes.edges.clear();
  if (grant.windows.empty()) return;
  for (std::size_t lane = 0; lane < paths_per_block; ++lane) {
    if (grant.deal && shocks.signed_deals[*grant.deal * paths_per_block + lane] == 0) continue;
    const int delay =
        grant.delay ? shocks.delay_months[*grant.delay * paths_per_block + lane] : 0;
    lanes.take(lane, grant.windows[static_cast<std::size_t>(delay)]);
    // What expired before the forecast is over.
    (lanes.expiry_month[lane] < 0 ? lanes.expired : lanes.left)[lane] = grant.face - grant.drawn;
  }
}

double part_left(const SimulatedDrawdown& drawdown, const PathBlock& shocks, std::size_t lane) {
  const auto is_signed = [&](std::size_t deal) {
    return shocks.signed_deals[deal * paths_per_block + lane] != 0;
  };
  if (!drawdown.needs_a_deal.empty() &&
      std::none_of(drawdown.needs_a_deal.begin(), drawdown.needs_a_deal.end(), is_signed)) {
    return 0;
  }
  if (!drawdown.left) return 1;
  double all = *drawdown.left;
  double left = all;
  for (std::size_t deal = 0; deal < drawdown.left_of_deals.size(); ++deal) {
    all += drawdown.left_of_deals[deal];
    if (is_signed(deal)) left += drawdown.left_of_deals[deal];
  }
  return all > 0 ? left / all : 1;
}

}  // namespace

void GrantLanes::take(std::size_t lane, const GrantWindow& window) {
  begin_day[lane] = in_lanes(window.begin_day);
  end_day[lane] = in_lanes(window.end_day);
  issued_month[lane] = in_lanes(window.issued_month);
  received_month[lane] = in_lanes(window.received_month);
  expiry_month[lane] = in_lanes(window.expiry_month);
  price[lane] = window.price;
  is_over = false;
  add_edge(window.begin_day);
  add_edge(window.end_day);
}

void GrantLanes::add_edge(int day) {
  if (std::find(edges.begin(), edges.end(), day) == edges.end()) edges.push_back(day);
}

BlockState::BlockState(const SimulationInput& input)
    : grants(input.grants.size()),
      part_of_usage(input.drawdowns.size()),
      usage(input.flows.size()),
      cash(input.wallets.size()),
      has_cash(input.wallets.size(), 0),
      had_credit(input.wallets.size()),
      exhausted_month(input.wallets.size()),
      granted_anew(input.drawdowns.size()) {}

void BlockState::begin(const SimulationInput& input, const PathBlock& shocks) {
  for (std::size_t i = 0; i < grants.size(); ++i) begin_grant(input.grants[i], shocks, grants[i]);
  for (std::size_t i = 0; i < part_of_usage.size(); ++i) {
    for (std::size_t lane = 0; lane < paths_per_block; ++lane) {
      part_of_usage[i][lane] = part_left(input.drawdowns[i], shocks, lane);
    }
  }
  for (Lanes& had : had_credit) had.fill(0);
  for (Lanes& month : exhausted_month) month.fill(infinite);
  for (Lanes& granted : granted_anew) granted.fill(0);
}

}  // namespace accrue

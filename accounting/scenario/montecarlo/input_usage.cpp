#include "accounting/scenario/montecarlo/input_usage.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

#include "accounting/scenario/montecarlo/approximate.h"
#include "accounting/scenario/walk/capacity.h"

namespace accrue {

namespace {

std::optional<std::size_t> column_of(const std::vector<FactorColumn>& columns,
                                     const std::string& subject) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::vector<std::string>& subjects = columns[i].subjects;
    if (std::find(subjects.begin(), subjects.end(), subject) != subjects.end()) return i;
  }
  return std::nullopt;
}

/// Whose face a drawdown divides, and whether there is anybody to use it, where deals decide.
void add_dependence_on_deals(InputParts& parts, std::size_t number) {
  SimulatedDrawdown& drawdown = parts.input.drawdowns[number];
  if (drawdown.flows.empty() || parts.scenario.pipeline.empty()) return;
  const Drawdown& stated = parts.scenario.drawdowns[number];
  const ChargeKey& key = parts.forecast.plan.flows[drawdown.flows.front()].key;
  const auto divides_left = [](const auto& curve) {
    if constexpr (requires { curve.total; }) return !curve.total;
    return false;
  };
  drawdown.left_of_deals.assign(parts.scenario.pipeline.size(), 0);
  double left = 0;
  bool needs_none = false;
  std::set<std::size_t> deals;
  for (std::size_t i = 0; i < parts.grants.size(); ++i) {
    const Grant& grant = parts.grants[i];
    const bool is_meant = stated.grant
                              ? *stated.grant == grant.id ||
                                    *stated.grant == grant.investment + "/" + grant.tranche
                              : grant.investee == key.investee;
    if (!is_meant || grant.face.currency.code() != key.currency) continue;
    const SimulatedGrant& simulated = parts.input.grants[i];
    double drawn = simulated.drawn;
    for (const double known : simulated.known_drawn) drawn += known;
    const bool is_over = simulated.windows.front().end_day <= 0;
    if (simulated.deal) {
      deals.insert(*simulated.deal);
      if (!is_over) drawdown.left_of_deals[*simulated.deal] += simulated.face - drawn;
    } else {
      needs_none = true;
      if (!is_over) left += simulated.face - drawn;
    }
  }
  if (!needs_none) drawdown.needs_a_deal.assign(deals.begin(), deals.end());
  if (std::visit(divides_left, stated.curve)) drawdown.left = left;
}

}  // namespace

void add_flows(InputParts& parts) {
  const UsagePlan& plan = parts.forecast.plan;
  for (std::size_t i = 0; i < parts.scenario.drawdowns.size(); ++i) {
    SimulatedDrawdown drawdown;
    if (const auto* cash = std::get_if<PayCash>(&parts.scenario.drawdowns[i].after)) {
      drawdown.after = PaidInCash{approximately(cash->percent) / 100};
    }
    if (const std::optional<Date>& known = plan.known_through[i]) {
      drawdown.first_day = known->days + 1 - parts.input.months.first.first_day().days;
    }
    parts.input.drawdowns.push_back(std::move(drawdown));
  }
  for (const Flow& flow : plan.flows) {
    SimulatedDrawdown& drawdown = parts.input.drawdowns[flow.drawdown];
    drawdown.investee = parts.investee_numbers.at(flow.key.investee);
    drawdown.flows.push_back(parts.input.flows.size());
    parts.wallet_of(flow.key.investee, flow.key.currency);
    const Currency currency = Currency::from_code(flow.key.currency).value();
    const double units = std::pow(10.0, currency.minor_digits());
    SimulatedFlow added{.drawdown = flow.drawdown,
                        .volume = column_of(parts.input.shocks.volume, flow.key.investee),
                        .price = column_of(parts.input.shocks.price, flow.key.sku),
                        .amount = {}};
    const std::optional<Period>& end = plan.ends[flow.drawdown];
    for (std::size_t month = 0; month < parts.input.month_count(); ++month) {
      const bool has_ended =
          end && parts.month_of(*end) <= static_cast<int>(month);
      added.amount.push_back(
          has_ended ? 0 : approximately(flow.volume[month] * flow.price[month]) * units);
    }
    parts.input.flows.push_back(std::move(added));
  }
  for (std::size_t i = 0; i < parts.input.drawdowns.size(); ++i) add_dependence_on_deals(parts, i);
}

void add_caps(InputParts& parts) {
  for (const CapacityCap& cap : parts.scenario.capacity) {
    SimulatedCap added;
    for (std::size_t i = 0; i < parts.input.flows.size(); ++i) {
      if (is_capped(cap, parts.forecast.plan.flows[i].key.investee)) added.flows.push_back(i);
    }
    for (Period period = parts.input.months.first; period <= parts.input.months.last;
         period = period.next()) {
      added.most.push_back(
          holds_in(cap, period)
              ? std::nearbyint(in_minor_units(cap.per_month.value, cap.per_month.currency))
              : std::numeric_limits<double>::infinity());
    }
    parts.input.caps.push_back(std::move(added));
  }
}

}  // namespace accrue

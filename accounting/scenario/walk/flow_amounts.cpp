#include "accounting/scenario/walk/flow_amounts.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>

#include "accounting/scenario/exact.h"
#include "accounting/scenario/walk/capacity.h"
#include "ledger/error/check.h"

namespace accrue {

namespace {

using boost::multiprecision::cpp_int;

int minor_digits(const ChargeKey& key) {
  return Currency::from_code(key.currency).value().minor_digits();
}

/// The usage of one drawdown's flows, whole minor units that add up to the rounded total.
void round_flows(const std::vector<Ratio>& exact, std::span<const std::size_t> flows,
                 std::vector<std::int64_t>& amounts) {
  cpp_int denominator = 1;
  for (const std::size_t flow : flows) {
    denominator = lcm(denominator, cpp_int{boost::multiprecision::denominator(exact[flow])});
  }
  std::vector<cpp_int> parts;
  cpp_int sum = 0;
  for (const std::size_t flow : flows) {
    const Ratio scaled = exact[flow] * denominator;
    parts.push_back(boost::multiprecision::numerator(scaled));
    sum += parts.back();
  }
  // Half to even of the total, then largest remainders: amounts are never below zero.
  cpp_int total = sum / denominator;
  const cpp_int twice = (sum - total * denominator) * 2;
  if (twice > denominator || (twice == denominator && total % 2 != 0)) ++total;
  LEDGER_CHECK(total <= std::numeric_limits<std::int64_t>::max(), total.str(),
               "usage of a month that minor units can count");
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < flows.size(); ++i) {
    const cpp_int whole = parts[i] / denominator;
    parts[i] -= whole * denominator;
    total -= whole;
    amounts[flows[i]] = static_cast<std::int64_t>(whole);
    order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return parts[a] > parts[b]; });
  for (std::size_t i = 0; total > 0; ++i, --total) ++amounts[flows[order[i]]];
}

/// The factor of a month; the last one said holds on, and one where none is said.
Decimal factor_of(const std::vector<Decimal>& factors, int month) {
  if (factors.empty()) return Decimal::from_integer(1);
  return factors[std::min(static_cast<std::size_t>(month), factors.size() - 1)];
}

}  // namespace

std::vector<std::int64_t> usage_of_month(const Scenario& scenario, const UsagePlan& plan,
                                         const Shocks& shocks, int month) {
  const Period period{plan.months.first.months + month};
  const auto at = static_cast<std::size_t>(month);
  const std::vector<Decimal> none;
  const auto factors = [&](const std::map<std::string, std::vector<Decimal>>& of,
                           const std::string& name) -> const std::vector<Decimal>& {
    const auto found = of.find(name);
    return found == of.end() ? none : found->second;
  };
  std::vector<Ratio> exact(plan.flows.size());
  std::map<std::size_t, std::vector<std::size_t>> by_drawdown;
  for (std::size_t i = 0; i < plan.flows.size(); ++i) {
    const Flow& flow = plan.flows[i];
    const auto stop = shocks.stops.find(flow.key.investee);
    const std::optional<Period>& end = plan.ends[flow.drawdown];
    if (stop != shocks.stops.end() && period >= stop->second) continue;
    if (end && period >= *end) continue;
    const int digits = minor_digits(flow.key);
    exact[i] = flow.volume[at] * flow.price[at] *
               ratio_of(factor_of(factors(shocks.volume, flow.key.investee), month)) *
               ratio_of(factor_of(factors(shocks.price, flow.key.sku), month)) *
               Ratio{cpp_int{power_of_ten(digits)}};
    by_drawdown[flow.drawdown].push_back(i);
  }
  std::vector<std::int64_t> amounts(plan.flows.size(), 0);
  for (const auto& [ignored, flows] : by_drawdown) round_flows(exact, flows, amounts);
  cut_to_capacity(scenario, plan, period, amounts);
  return amounts;
}

}  // namespace accrue

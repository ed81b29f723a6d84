#include "accounting/scenario/walk/capacity.h"

#include <algorithm>

#include "ledger/number/allocate.h"
#include "ledger/number/round.h"

namespace accrue {

bool is_capped(const CapacityCap& cap, const std::string& investee) {
  return cap.investees.empty() ||
         std::find(cap.investees.begin(), cap.investees.end(), investee) != cap.investees.end();
}

bool holds_in(const CapacityCap& cap, Period period) {
  return period >= cap.from && (!cap.to || period <= *cap.to);
}

Result<Done> check_capacity(const Scenario& scenario, const UsagePlan& plan) {
  for (const CapacityCap& cap : scenario.capacity) {
    for (const Flow& flow : plan.flows) {
      if (!is_capped(cap, flow.key.investee) ||
          flow.key.currency == cap.per_month.currency.code()) {
        continue;
      }
      return Error{.code = ErrorCode::bad_value,
                   .message = "the capacity is in " +
                              std::string{cap.per_month.currency.code()} + ", and " +
                              flow.key.investee + " uses " + flow.key.currency,
                   .hint = "name the investees that share it: investees = [\"...\"]"};
    }
  }
  return Done{};
}

void cut_to_capacity(const Scenario& scenario, const UsagePlan& plan, Period period,
                     std::vector<std::int64_t>& amounts) {
  for (const CapacityCap& cap : scenario.capacity) {
    if (!holds_in(cap, period)) continue;
    const std::int64_t most =
        round_to_minor(cap.per_month.value, cap.per_month.currency.minor_digits());
    std::vector<std::size_t> flows;
    std::vector<Decimal> weights;
    Decimal sum;
    for (std::size_t i = 0; i < plan.flows.size(); ++i) {
      if (!is_capped(cap, plan.flows[i].key.investee) || amounts[i] == 0) continue;
      flows.push_back(i);
      weights.push_back(Decimal::from_integer(amounts[i]));
      sum += weights.back();
    }
    if (sum <= Decimal::from_integer(most)) continue;
    const std::vector<std::int64_t> parts = allocate(most, weights).value();
    for (std::size_t i = 0; i < flows.size(); ++i) amounts[flows[i]] = parts[i];
  }
}

}  // namespace accrue

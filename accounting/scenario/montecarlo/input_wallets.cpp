#include "accounting/scenario/montecarlo/input_wallets.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "accounting/scenario/montecarlo/approximate.h"

namespace accrue {

void order_wallets(InputParts& parts) {
  for (SimulatedWallet& wallet : parts.input.wallets) {
    std::sort(wallet.grants.begin(), wallet.grants.end(), [&](std::size_t a, std::size_t b) {
      return pays_before(parts.grants[a], parts.grants[b]);
    });
  }
  std::map<ChargeKey, std::vector<std::size_t>> flows_of_keys;
  for (std::size_t i = 0; i < parts.forecast.plan.flows.size(); ++i) {
    flows_of_keys[parts.forecast.plan.flows[i].key].push_back(i);
  }
  for (const auto& [key, flows] : flows_of_keys) {
    SimulatedWallet& wallet = parts.input.wallets[parts.wallet_of(key.investee, key.currency)];
    SimulatedKey& added = wallet.keys.emplace_back();
    added.flows = flows;
    for (const std::size_t grant : wallet.grants) {
      if (parts.grants[grant].scope.admits(key.service, key.region, key.sku)) {
        added.payers.push_back(grant);
      }
    }
    wallet.has_one_scope =
        wallet.has_one_scope && added.payers == wallet.keys.front().payers;
  }
}

void add_rates(InputParts& parts) {
  for (const auto& [key, number] : parts.wallet_numbers) {
    SimulatedWallet& wallet = parts.input.wallets[number];
    const int digits = Currency::from_code(key.second).value().minor_digits();
    const double units = std::pow(10.0, parts.input.minor_digits - digits);
    bool is_missing = false;
    for (int day = 0; day < parts.input.first_days.back(); ++day) {
      const Date on{parts.input.months.first.first_day().days + day};
      const Result<Decimal> rate = parts.state.overage_rate(key.first, key.second, on);
      is_missing = is_missing || !rate.ok();
      wallet.rate_of_day.push_back(rate.ok() ? approximately(*rate) * units : 0);
    }
    for (std::size_t month = 0; month < parts.input.month_count(); ++month) {
      double sum = 0;
      const int begin = parts.input.first_days[month];
      const int end = parts.input.first_days[month + 1];
      for (int day = begin; day < end; ++day) {
        sum += wallet.rate_of_day[static_cast<std::size_t>(day)];
      }
      wallet.rate_of_month.push_back(sum / (end - begin));
    }
    if (is_missing) {
      parts.input.notes.push_back("no rate of " + key.second + " is known on some days: what " +
                             key.first + " pays in cash on them is not counted");
    }
  }
}

}  // namespace accrue

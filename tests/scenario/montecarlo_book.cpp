#include "tests/scenario/montecarlo_book.h"

using namespace accrue;

namespace accrue_test {

SimulationInput months_of_2025(int count) {
  SimulationInput input;
  const Period first = Period::of(2025, 1);
  input.months = {first, Period{first.months + count - 1}};
  for (int month = 0; month <= count; ++month) {
    input.first_days.push_back(Period{first.months + month}.first_day().days -
                               first.first_day().days);
  }
  input.shocks.month_count = static_cast<std::size_t>(count);
  input.shocks.first_month = first;
  input.face_digits = 2;
  input.known_cash_of_others.assign(input.month_count(), 0);
  return input;
}

std::size_t add_investee(SimulationInput& input, const std::string& name) {
  const std::size_t number = input.investees.size();
  input.investees.push_back(
      {.name = name, .stop = {}, .known_cash = std::vector<double>(input.month_count(), 0)});
  SimulatedWallet wallet;
  wallet.investee = number;
  wallet.rate_of_day.assign(static_cast<std::size_t>(input.first_days.back()), 1);
  wallet.rate_of_month.assign(input.month_count(), 1);
  input.wallets.push_back(wallet);
  return number;
}

SimulatedGrant& add_grant(SimulationInput& input, std::size_t investee, const std::string& id,
                          double face) {
  SimulatedGrant grant;
  grant.id = id;
  grant.wallet = investee;
  grant.face = face;
  grant.known_drawn.assign(input.month_count(), 0);
  grant.expected_drawn.assign(input.month_count(), face);
  grant.windows.push_back({});
  grant.windows.front().price = face;
  input.wallets[investee].grants.push_back(input.grants.size());
  for (SimulatedKey& key : input.wallets[investee].keys) key.payers.push_back(input.grants.size());
  input.grants.push_back(grant);
  return input.grants.back();
}

SimulatedFlow& add_flow(SimulationInput& input, std::size_t investee,
                        const std::vector<double>& amounts) {
  SimulatedDrawdown drawdown;
  drawdown.investee = investee;
  drawdown.flows = {input.flows.size()};
  SimulatedWallet& wallet = input.wallets[investee];
  wallet.keys.push_back({.flows = {input.flows.size()}, .payers = wallet.grants});
  input.flows.push_back({.drawdown = input.drawdowns.size(), .volume = {}, .price = {},
                         .amount = amounts});
  input.drawdowns.push_back(drawdown);
  return input.flows.back();
}

std::vector<double> of_path(const Simulation& simulation, SimulatedMeasure measure,
                            std::size_t subject, std::size_t path) {
  std::vector<double> months;
  for (std::size_t month = 0; month < simulation.month_count; ++month) {
    months.push_back(simulation.of(measure, subject, month)[path]);
  }
  return months;
}

Simulation without_shocks(const SimulationInput& input) {
  return simulate(input, {.path_count = 1});
}

}  // namespace accrue_test

#include "accounting/scenario/montecarlo/input_parts.h"

#include <cmath>
#include <set>

#include "accounting/scenario/montecarlo/approximate.h"

namespace accrue {

namespace {

void add_months(const Forecast& forecast, SimulationInput& input) {
  input.months = forecast.months;
  const int begin = input.months.first.first_day().days;
  for (Period period = input.months.first; period <= input.months.last.next();
       period = period.next()) {
    input.first_days.push_back(period.first_day().days - begin);
  }
  input.minor_digits = forecast.books.state().functional().minor_digits();
  if (forecast.face_currency) input.face_digits = forecast.face_currency->minor_digits();
  input.start_records = forecast.start_records;
  input.start_root = forecast.start_root;
}

}  // namespace

InputParts::InputParts(const Scenario& of, const Forecast& walked)
    : scenario{of}, forecast{walked}, state{walked.books.state()} {
  add_months(forecast, input);
  input.known_cash_of_others.assign(input.month_count(), 0);
  std::set<std::string> names;
  for (const HeldInvestment& held : state.investments) names.insert(held.investment.investee);
  for (const std::string& name : names) {
    investee_numbers.emplace(name, input.investees.size());
    SimulatedInvestee investee{.name = name, .stop = {}, .known_cash = {}};
    investee.known_cash.assign(input.month_count(), 0);
    input.investees.push_back(std::move(investee));
  }
}

std::size_t InputParts::wallet_of(const std::string& investee, const std::string& currency) {
  const auto [found, is_new] =
      wallet_numbers.try_emplace({investee, currency}, input.wallets.size());
  if (is_new) {
    SimulatedWallet wallet;
    wallet.investee = investee_numbers.at(investee);
    input.wallets.push_back(std::move(wallet));
  }
  return found->second;
}

int InputParts::day_of(Instant at) const {
  return state.zone.date_of(at).days - input.months.first.first_day().days;
}

int InputParts::month_of(Period period) const {
  return period.months - input.months.first.months;
}

double in_minor_units(const Decimal& amount, const Currency& currency) {
  return approximately(amount) * std::pow(10.0, currency.minor_digits());
}

}  // namespace accrue

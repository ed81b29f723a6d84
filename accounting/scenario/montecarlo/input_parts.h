#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "accounting/posting/state.h"
#include "accounting/scenario/montecarlo/simulation_input.h"
#include "accounting/scenario/scenario.h"
#include "accounting/scenario/walk/forecast.h"
#include "ledger/credit/grant.h"
#include "ledger/number/currency.h"
#include "ledger/number/decimal.h"

namespace accrue {

/// A simulation's input as it is put together from a walk, and the numbers that names have in it.
struct InputParts {
  InputParts(const Scenario& of, const Forecast& walked);

  /// The number of a wallet, which is added when it is new.
  std::size_t wallet_of(const std::string& investee, const std::string& currency);
  int day_of(Instant at) const;
  int month_of(Period period) const;

  const Scenario& scenario;
  const Forecast& forecast;
  const BookState& state;
  SimulationInput input;
  std::map<std::string, std::size_t> investee_numbers;
  /// By (investee, currency).
  std::map<std::pair<std::string, std::string>, std::size_t> wallet_numbers;
  std::map<std::string, std::size_t> grant_numbers;
  std::vector<Grant> grants;  ///< as the input's
};

double in_minor_units(const Decimal& amount, const Currency& currency);

}  // namespace accrue

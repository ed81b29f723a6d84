#include "accounting/scenario/montecarlo/grants_to_come.h"

#include <algorithm>
#include <utility>

#include "accounting/posting/make_grant.h"
#include "accounting/recognition/transaction_price.h"
#include "accounting/scenario/walk/assumed_facts.h"

namespace accrue {

namespace {

/// No delay is longer than the longest forecast.
constexpr int most_delay_months = 600;

Result<Grant> grant_with_delay(const Scenario& scenario, const StartingBook& start,
                               const std::string& name, int months) {
  Books books = start.fork();
  Assumptions assumptions{books, scenario};
  Shocks shocks;
  for (const PipelineDeal& deal : scenario.pipeline) {
    shocks.signed_deals[deal.investment.id] = true;
  }
  shocks.delay_months[name] = months;
  ACCRUE_TRY_DONE(assume_terms(assumptions, scenario, shocks));
  ACCRUE_TRY(held, books.state().grant_named(name));
  return held->grant;
}

int longest_delay(const Distribution& distribution) {
  const auto months = [](const Decimal& high) {
    const Int256 whole = high.units() / power_of_ten(Decimal::fraction_digits);
    return whole < 0 ? 0 : whole > most_delay_months ? most_delay_months : static_cast<int>(whole);
  };
  if (const auto* triangular = std::get_if<TriangularShock>(&distribution)) {
    return months(triangular->high);
  }
  if (const auto* uniform = std::get_if<UniformShock>(&distribution)) return months(uniform->high);
  return most_delay_months;
}

}  // namespace

Result<std::vector<GrantVariants>> grants_to_come(const Scenario& scenario,
                                                  const StartingBook& start,
                                                  const Forecast& forecast) {
  std::vector<GrantVariants> grants;
  for (const Uncertainty& uncertainty : scenario.uncertainties) {
    if (uncertainty.of != Uncertainty::Of::delay) continue;
    const std::string& name = uncertainty.subject;
    ACCRUE_TRY(held, forecast.books.state().grant_named(name));
    const int longest = longest_delay(uncertainty.distribution);
    auto known = std::find_if(grants.begin(), grants.end(),
                              [&](const GrantVariants& other) { return other.name == name; });
    if (known == grants.end()) {
      known = grants.insert(grants.end(), {name, held->grant.id, {held->grant}});
    }
    // Several uncertainties of one grant add up.
    const std::size_t count = known->by_delay.size() + static_cast<std::size_t>(longest);
    while (known->by_delay.size() < count) {
      Result<Grant> later = grant_with_delay(scenario, start, name,
                                             static_cast<int>(known->by_delay.size()));
      if (!later.ok()) break;
      known->by_delay.push_back(std::move(later).value());
    }
  }
  std::sort(grants.begin(), grants.end(), [](const GrantVariants& a, const GrantVariants& b) {
    return a.name < b.name;
  });
  return grants;
}

Result<std::vector<Grant>> new_grants_by_day(std::size_t drawdown, const NewGrant& wanted,
                                             const std::string& investee, const BookState& state,
                                             PeriodRange months) {
  std::vector<Grant> grants;
  for (Date on = months.first.first_day(); on <= months.last.last_day(); on = Date{on.days + 1}) {
    const Investment deal =
        extra_deal(following_grant(drawdown, wanted, investee, on, state), state);
    ACCRUE_TRY(price, price_deal(deal, state.functional(), state.rates));
    grants.push_back(make_grant(state, deal, deal.tranches.front(), price.tranches.front()));
  }
  return grants;
}

}  // namespace accrue

#include "accounting/scenario/montecarlo/simulation_input.h"

#include <set>
#include <utility>

#include "accounting/posting/view.h"
#include "accounting/scenario/montecarlo/followable.h"
#include "accounting/scenario/montecarlo/grants_to_come.h"
#include "accounting/scenario/montecarlo/input_grants.h"
#include "accounting/scenario/montecarlo/input_parts.h"
#include "accounting/scenario/montecarlo/input_usage.h"
#include "accounting/scenario/montecarlo/input_wallets.h"
#include "accounting/scenario/montecarlo/segment_spans.h"

namespace accrue {

namespace {

/// Every deal is signed and nothing is used: what is left is what the months themselves say.
Result<Forecast> empty_walk(const Scenario& scenario, const StartingBook& start) {
  Shocks shocks;
  for (const PipelineDeal& deal : scenario.pipeline) {
    shocks.signed_deals[deal.investment.id] = true;
    shocks.volume[deal.investment.investee] = {Decimal{}};
  }
  const BookState& state = load_state(start.store, start.store.record_count());
  for (const HeldInvestment& held : state.investments) {
    shocks.volume[held.investment.investee] = {Decimal{}};
  }
  for (const ExtraTranche& tranche : scenario.extra_tranches) {
    shocks.volume[tranche.investee] = {Decimal{}};
  }
  return walk(scenario, start, shocks);
}

void add_shocks(InputParts& parts, const std::vector<GrantVariants>& variants) {
  ShockSubjects subjects{.months = parts.input.months, .investees = {}, .skus = {},
                         .grants_to_come = {}};
  for (const SimulatedInvestee& investee : parts.input.investees) {
    subjects.investees.push_back(investee.name);
  }
  std::set<std::string> skus;
  for (const Flow& flow : parts.forecast.plan.flows) skus.insert(flow.key.sku);
  subjects.skus.assign(skus.begin(), skus.end());
  for (const GrantVariants& grant : variants) {
    subjects.grants_to_come.push_back(
        {grant.name, static_cast<int>(grant.by_delay.size()) - 1});
  }
  parts.input.shocks = shock_plan(parts.scenario, subjects);
  for (std::size_t i = 0; i < parts.input.shocks.stops.size(); ++i) {
    parts.input.investees[parts.investee_numbers.at(parts.input.shocks.stops[i].investee)].stop = i;
  }
}

}  // namespace

Result<SimulationInput> simulation_input(const Scenario& scenario, const StartingBook& start) {
  ACCRUE_TRY(forecast, empty_walk(scenario, start));
  const Store& store = forecast.books.store();
  const BookView view = load_view(store, store.record_count());
  InputParts parts{scenario, forecast};
  ACCRUE_TRY(variants, grants_to_come(scenario, start, forecast));
  add_shocks(parts, variants);
  add_grants(parts, variants);
  add_known(parts, view);
  add_flows(parts);
  ACCRUE_TRY_DONE(add_new_grants(parts));
  order_wallets(parts);
  ACCRUE_TRY_DONE(require_followable(parts, variants));
  add_rates(parts);
  add_caps(parts);
  ACCRUE_TRY(spans, segment_spans(scenario, start, view, forecast));
  parts.input.spans = std::move(spans);
  return std::move(parts.input);
}

}  // namespace accrue

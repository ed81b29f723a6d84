#include "accounting/scenario/questions/scenario_part.h"

namespace accrue {

const char* to_string(ScenarioPart part) {
  switch (part) {
    case ScenarioPart::price: return "price";
    case ScenarioPart::volume: return "volume";
    case ScenarioPart::timing: return "timing";
    case ScenarioPart::breakage: return "breakage";
  }
  return "";
}

bool has_part(ScenarioPart part, const Scenario& scenario) {
  switch (part) {
    case ScenarioPart::price:
      return !scenario.price_changes.empty() || !scenario.unit_prices.empty();
    case ScenarioPart::volume:
      return !scenario.drawdowns.empty() || !scenario.capacity.empty() ||
             !scenario.pipeline.empty();
    case ScenarioPart::timing:
      return !scenario.tranche_changes.empty() || !scenario.extra_tranches.empty();
    case ScenarioPart::breakage: return !scenario.estimates.empty();
  }
  return false;
}

Scenario with_part(ScenarioPart part, Scenario to, const Scenario& from) {
  switch (part) {
    case ScenarioPart::price: {
      std::vector<DeckPrice> deck = from.unit_prices;
      deck.insert(deck.end(), to.unit_prices.begin(), to.unit_prices.end());
      to.unit_prices = deck;
      to.price_changes = from.price_changes;
      break;
    }
    case ScenarioPart::volume:
      to.drawdowns = from.drawdowns;
      to.unit_prices = from.unit_prices;
      to.capacity = from.capacity;
      to.pipeline = from.pipeline;
      break;
    case ScenarioPart::timing:
      to.tranche_changes = from.tranche_changes;
      to.extra_tranches = from.extra_tranches;
      break;
    case ScenarioPart::breakage: to.estimates = from.estimates; break;
  }
  return to;
}

}  // namespace accrue

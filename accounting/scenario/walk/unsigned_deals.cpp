#include "accounting/scenario/walk/unsigned_deals.h"

#include <algorithm>

namespace accrue {

namespace {

bool grants(const Investment& deal, std::string_view name) {
  return std::ranges::any_of(deal.tranches, [&](const Tranche& tranche) {
    return tranche.id == name || deal.id + "/" + tranche.id == name;
  });
}

}  // namespace

const PipelineDeal* unsigned_deal_with(const Scenario& scenario, const BookState& state,
                                       std::string_view investee) {
  const bool is_known = std::ranges::any_of(
      state.investments,
      [&](const HeldInvestment& held) { return held.investment.investee == investee; });
  if (is_known) return nullptr;
  for (const PipelineDeal& deal : scenario.pipeline) {
    if (deal.investment.investee == investee) return &deal;
  }
  return nullptr;
}

const PipelineDeal* unsigned_deal_granting(const Scenario& scenario, const BookState& state,
                                           std::string_view grant) {
  if (state.grant_named(grant).ok()) return nullptr;
  for (const PipelineDeal& deal : scenario.pipeline) {
    if (grants(deal.investment, grant)) return &deal;
  }
  return nullptr;
}

std::string left_out_without(const PipelineDeal& deal) {
  return "left out: deal " + deal.investment.id + " (" + deal.probability_percent.to_string() +
         "%) is taken as not signed";
}

}  // namespace accrue

#include "accounting/scenario/questions/scenario_parts_report.h"

#include <string>
#include <utility>
#include <variant>

#include "accounting/report/ref.h"

namespace accrue {

namespace {

std::string start_of(const ScenarioStart& start) {
  if (const auto* close = std::get_if<FromClose>(&start)) {
    return "the close of " + close->period.to_string();
  }
  if (const auto* record = std::get_if<FromRecord>(&start)) {
    return "record " + std::to_string(record->record);
  }
  return "the book as it is";
}

struct CurveName {
  std::string operator()(const TableCurve& curve) const {
    return "table of " + std::to_string(curve.amounts.size()) + " months";
  }
  std::string operator()(const TrailingCurve& curve) const {
    return "average of the last " + std::to_string(curve.months) + " months";
  }
  std::string operator()(const RampCurve& curve) const {
    return "ramp of " + curve.growth_percent.to_string() + "% a month";
  }
  std::string operator()(const WeightsCurve& curve) const {
    return std::to_string(curve.weights.size()) + " weights of " +
           std::to_string(curve.months_per_weight) + " months each";
  }
  std::string operator()(const SCurve& curve) const {
    return "S over " + std::to_string(curve.months) + " months";
  }
  std::string operator()(const FitCurve& curve) const {
    return "fit to " + std::to_string(curve.months) + " months of the book";
  }
  std::string operator()(const PlanCurve& curve) const { return "plan in " + curve.file; }
};

struct AfterName {
  std::string operator()(const StopUsing&) const { return "then nothing"; }
  std::string operator()(const PayCash& cash) const {
    return "then " + cash.percent.to_string() + "% of it in cash";
  }
  std::string operator()(const NewGrant& grant) const {
    return "then a new grant of " + grant.face.value.to_string() + " " +
           std::string{grant.face.currency.code()};
  }
};

}  // namespace

Report scenario_parts_report(const Scenario& scenario) {
  Report report;
  report.name = "scenario-check";
  report.title = "Scenario " + scenario.name;
  report.columns = {{"part", ColumnKind::text}, {"name", ColumnKind::text},
                    {"what", ColumnKind::text}, {"ref", ColumnKind::text, 9}};
  const auto add = [&](const std::string& part, const std::string& name, std::string what) {
    report.rows.push_back(
        {part, name, std::move(what),
         make_ref({"assumed", scenario.name, report.name, part, name})});
  };
  add("scenario", scenario.name,
      std::to_string(scenario.months) + " months from " + start_of(scenario.start));
  for (const Drawdown& drawdown : scenario.drawdowns) {
    add("drawdown", drawdown.name,
        std::visit(CurveName{}, drawdown.curve) + ", " + std::visit(AfterName{}, drawdown.after));
  }
  for (const DeckPrice& price : scenario.unit_prices) {
    add("price", price.sku,
        price.price.value.to_string() + " " + std::string{price.price.currency.code()} + " a unit");
  }
  for (const PriceChange& change : scenario.price_changes) {
    add("price_change", change.sku,
        change.percent.to_string() + "% from " + change.from.to_string());
  }
  for (const TrancheChange& change : scenario.tranche_changes) {
    add("tranche_change", change.grant, "comes otherwise than its terms say");
  }
  for (const ExtraTranche& tranche : scenario.extra_tranches) {
    add("tranche", tranche.id, "of " + tranche.investee + ", " + tranche.face.value.to_string() +
                                   " " + std::string{tranche.face.currency.code()} + " on " +
                                   tranche.issued_on.to_string());
  }
  for (const AssumedEstimate& estimate : scenario.estimates) {
    add("estimate", estimate.grant,
        estimate.expected_unused.to_string() + " from " + estimate.from.to_string());
  }
  for (const AssumedRate& rate : scenario.rates) {
    add("rate", std::string{rate.from.code()},
        rate.rate.to_string() + " on " + rate.on.to_string());
  }
  for (const CapacityCap& cap : scenario.capacity) {
    add("capacity", cap.from.to_string(),
        cap.per_month.value.to_string() + " " + std::string{cap.per_month.currency.code()} +
            " a month");
  }
  for (const PipelineDeal& deal : scenario.pipeline) {
    add("deal", deal.investment.id,
        deal.probability_percent.to_string() + "%, signed on " +
            deal.investment.signed_on.to_string());
  }
  for (const SegmentGrowth& growth : scenario.segments) {
    add("segment", growth.segment,
        growth.basis + ": " + growth.percent.to_string() +
            (growth.of == SegmentGrowth::Of::others ? "% growth of the others" : "% growth"));
  }
  for (const CostRate& cost : scenario.costs) add("cost", cost.sku, "of serving");
  for (const Uncertainty& uncertainty : scenario.uncertainties) {
    add("uncertainty", uncertainty.subject, uncertainty.source);
  }
  report.notes.push_back("SHA-256 " + scenario.sha256 + ", over " + scenario.file +
                         " and the files it names");
  return report;
}

}  // namespace accrue

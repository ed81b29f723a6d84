#include "accounting/scenario/montecarlo/simulation_notes.h"

#include <utility>

#include "accounting/posting/view.h"
#include "accounting/report/frame.h"

namespace accrue {

namespace {

struct Told {
  std::string operator()(const NormalShock& shock) const {
    return "normal, mean " + shock.mean_percent.to_string() + "%, sd " +
           shock.sd_percent.to_string() + "%";
  }
  std::string operator()(const LognormalShock& shock) const {
    return "lognormal, mean 0%, sd " + shock.sd_percent.to_string() + "% of the logarithm";
  }
  std::string operator()(const TriangularShock& shock) const {
    return "triangular, " + shock.low.to_string() + " to " + shock.high.to_string() + ", mode " +
           shock.mode.to_string();
  }
  std::string operator()(const UniformShock& shock) const {
    return "uniform, " + shock.low.to_string() + " to " + shock.high.to_string();
  }
  std::string operator()(const BernoulliShock& shock) const {
    return "with a probability of " + shock.probability_percent.to_string() + "%";
  }
};

std::string to_string(Uncertainty::Of of) {
  switch (of) {
    case Uncertainty::Of::volume: return "volume";
    case Uncertainty::Of::price: return "price";
    case Uncertainty::Of::delay: return "delay";
    case Uncertainty::Of::stop: return "stop";
  }
  return {};
}

std::string to_string(Uncertainty::Lasts lasts) {
  switch (lasts) {
    case Uncertainty::Lasts::month: return "drawn each month";
    case Uncertainty::Lasts::path: return "drawn once a path";
    case Uncertainty::Lasts::walk: return "each month on top of those before";
  }
  return {};
}

std::string told(const Uncertainty& uncertainty) {
  std::string text = to_string(uncertainty.of) + " of " + uncertainty.subject + ": " +
                     to_string(uncertainty.distribution);
  const bool is_factor = uncertainty.of == Uncertainty::Of::volume ||
                         uncertainty.of == Uncertainty::Of::price;
  if (is_factor) text += ", " + to_string(uncertainty.lasts);
  return text + "; source: " + uncertainty.source;
}

}  // namespace

std::string to_string(const Distribution& distribution) {
  return std::visit(Told{}, distribution);
}

Report start_simulation_report(const Scenario& scenario, const StartingBook& start,
                               const SimulationInput& input, const Simulation& simulation,
                               std::string name, std::string_view title) {
  const BookView view = load_view(start.store, start.record_count);
  Report report = start_report(view, std::move(name),
                               "Scenario " + scenario.name + ", not booked: " + std::string{title},
                               input.months);
  report.state = "assumed";
  report.assumed = {scenario.name, scenario.file, scenario.sha256, input.months.first};
  report.as_of = {input.start_records, input.start_root};
  const auto note = [&](std::string text) { report.notes.push_back(std::move(text)); };
  note("assumed, not booked: scenario " + scenario.name + " (" + scenario.file + ", SHA-256 " +
       scenario.sha256 + ") from record " + std::to_string(input.start_records) +
       " of the book; assumed from " + input.months.first.to_string() + " on");
  note(std::to_string(simulation.path_count) + " paths of seed " +
       std::to_string(simulation.seed) +
       (simulation.path_count < simulation.asked_count
            ? "; interrupted: " + std::to_string(simulation.asked_count) + " were asked for"
            : std::string{}));
  note("approximate: amounts are reckoned in floating point, and a path agrees with its exact walk "
       "within a bound that accrue scenario montecarlo --path K states and checks");
  note("percentiles are nearest ranks: the smallest figure that so many percent of the paths do "
       "not exceed");
  if (scenario.common_percent.sign() > 0) {
    note("volume: " + scenario.common_percent.to_string() +
         "% of the variance is shared by all investees");
  }
  for (const Uncertainty& uncertainty : scenario.uncertainties) note(told(uncertainty));
  for (const PipelineDeal& deal : scenario.pipeline) {
    note("deal " + deal.investment.id + " with " + deal.investment.investee +
         " is signed with a probability of " + deal.probability_percent.to_string() + "%");
  }
  if (simulation.subject_count == 1 && input.investees.size() > 1) {
    note("figures are kept of all investees together: there are too many to keep those of each; "
         "run fewer paths");
  }
  for (const std::string& text : input.notes) note(text);
  return report;
}

}  // namespace accrue

#include "accounting/scenario/montecarlo/measures.h"

namespace accrue {

std::string_view name_of(SimulatedMeasure measure) {
  switch (measure) {
    case SimulatedMeasure::revenue: return "revenue";
    case SimulatedMeasure::credit_revenue: return "credit_revenue";
    case SimulatedMeasure::cash_revenue: return "cash_revenue";
    case SimulatedMeasure::breakage: return "breakage";
    case SimulatedMeasure::liability: return "liability";
    case SimulatedMeasure::left: return "left";
  }
  return {};
}

std::string subject_name(const SimulationInput& input, std::size_t subject) {
  return subject == 0 ? "*" : input.investees[subject - 1].name;
}

}  // namespace accrue

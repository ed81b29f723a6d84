#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "accounting/audit/sample_selection.h"
#include "accounting/audit/sampling_population.h"
#include "accounting/posting/view.h"
#include "accounting/report/report.h"

namespace accrue {

/// One of every `interval` monetary units.
struct MonetaryUnits {
  Decimal interval;  ///< above zero
};
/// So many items of every stratum, or all where it has fewer.
struct RandomItems {
  std::int64_t count = 1;
};

enum class Strata { none, by_investee };

/// What is drawn from what, and from which seed: with the book, all that decides a sample.
struct SampleTerms {
  PopulationTerms population;
  std::variant<MonetaryUnits, RandomItems> method;
  std::int64_t seed = 0;
  Strata strata = Strata::none;
};

/// A part of the population that is sampled on its own: all of it, or one investee's.
struct Stratum {
  std::string name;                ///< empty without strata
  std::vector<std::size_t> items;  ///< above zero, in the order of the population
  std::optional<Decimal> start;    ///< of monetary units
  std::vector<Selected> selected;  ///< indexes into the population, in its order
};

/// A sample with the population it was drawn from.
struct Sample {
  SamplingPopulation population;
  std::vector<Stratum> strata;  ///< in order of name
};

/// Draws the sample. Equal terms and an equal book give an equal sample.
///
/// Errors: those of sampling_population.
Result<Sample> draw_sample(const Store& store, const BookView& view, const SampleTerms& terms);

/// Which rows a sample shows: what to vouch, or what was never in reach of selection.
enum class SampleRows { selected, excluded };

/// The items to vouch, with the terms of the sample, the size of population, strata and exclusions,
/// and the ties of the population. The totals state the terms, so that the sample can be drawn again.
Report sample_report(const BookView& view, const SampleTerms& terms, const Sample& sample,
                     SampleRows rows);

}  // namespace accrue

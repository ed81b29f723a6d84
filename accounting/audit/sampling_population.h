#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "accounting/posting/view.h"
#include "accounting/report/report.h"
#include "ledger/store/store.h"

namespace accrue {

/// What is sampled: the draws of grants, the parts that no grant paid, or lines of entries.
enum class SampleOf { draws, cash_funded, entries };
std::string_view to_string(SampleOf of);

/// Which items make up the population.
struct PopulationTerms {
  SampleOf of = SampleOf::draws;
  PeriodRange period;
  /// Of draws and what is cash-funded; needed when they are in more than one currency.
  std::optional<Currency> currency = {};
  /// Of entries: whose lines; what increases the balance is above zero.
  AccountRole role = AccountRole::revenue;
};

struct PopulationItem {
  std::string ref;
  std::string investee;
  Decimal book_value;  ///< in the currency of the population
};

/// The items of a population, in the order in which monetary units are counted, with what proves
/// that it is whole.
struct SamplingPopulation {
  Currency currency;
  std::vector<PopulationItem> items = {};  ///< zero and below included
  std::vector<Column> columns = {};        ///< of what `describe` says of an item
  std::function<std::vector<Cell>(std::size_t)> describe = {};
  /// Population and exclusions against what the book reports; each difference is zero.
  std::vector<ReportCheck> ties = {};
  std::vector<std::string> notes = {};
};

/// Draws and what is cash-funded: by posting period, then in the order of serving. Lines: by entry
/// and line.
///
/// Errors: nothing_to_report (no items), usage (several currencies and none chosen).
Result<SamplingPopulation> sampling_population(const Store& store, const BookView& view,
                                               const PopulationTerms& terms);

}  // namespace accrue

#include "tests/report/saved_sample.h"

#include "accounting/posting/saved_forecasts.h"

namespace accrue::testing {

namespace {

Decimal decimal(std::string_view text) { return Decimal::parse(text).value(); }

std::int64_t cents(std::string_view text) {
  return Money::parse(text, Currency::from_code("USD").value()).value().minor_units();
}

}  // namespace

ForecastSaved saved(std::string_view name, std::string_view months,
                    const std::vector<SavedRow>& rows) {
  ForecastSaved fact{.name = std::string{name},
                     .file = std::string{name} + ".toml",
                     .text = "scenario " + std::string{name},
                     .sha256 = std::string(32, 's'),
                     .start_records = 1,
                     .start_root = std::string(32, 'r'),
                     .months = range_of(months),
                     .rows = {}};
  for (const SavedRow& row : rows) {
    fact.rows.push_back({Period::parse(row.period).value(), row.investee, row.grant, "USD",
                         decimal(row.drawn), decimal(row.expired), cents(row.usage_revenue),
                         cents(row.breakage_revenue)});
  }
  return fact;
}

void save(SampleBook& book, ForecastSaved fact) {
  fact.start_records = book.store().record_count();
  const Digest root = book.store().root(fact.start_records);
  fact.start_root.assign(root.begin(), root.end());
  book.record(std::move(fact));
}

CitedForecast last_citation(const SampleBook& book) {
  const BookState state = book.view().state;
  return citation_of(state.forecasts.back());
}

}  // namespace accrue::testing

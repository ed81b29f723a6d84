#include "accounting/posting/saved_forecasts.h"

#include <algorithm>
#include <string>
#include <vector>

#include "ledger/error/suggest.h"
#include "ledger/proof/merkle.h"

namespace accrue {

Result<const HeldForecast*> saved_forecast(const BookState& state, std::string_view name) {
  std::vector<std::string_view> known;
  for (const HeldForecast& held : state.forecasts) {
    if (held.fact.name == name) return &held;
    known.push_back(held.fact.name);
  }
  const std::optional<std::string> near = suggest(name, known);
  return Error{.code = ErrorCode::unknown_id,
               .message = "no forecast '" + std::string{name} + "' is saved in the book",
               .hint = near ? "did you mean '" + *near + "'?" : "see accrue scenario list"};
}

CitedForecast citation_of(const HeldForecast& held) { return {held.record, held.leaf_hash}; }

Result<const HeldForecast*> cited_forecast(const BookState& state, const CitedForecast& cited) {
  const auto held = std::ranges::find(state.forecasts, cited.record, &HeldForecast::record);
  if (held == state.forecasts.end()) {
    return Error{.code = ErrorCode::unknown_id,
                 .message = "record " + std::to_string(cited.record) + " saved no forecast",
                 .hint = "see accrue scenario list"};
  }
  if (held->leaf_hash == cited.leaf_hash) return &*held;
  return Error{.code = ErrorCode::bad_value,
               .message = "record " + std::to_string(cited.record) +
                          " is not the forecast that is cited",
               .notes = {"cited:       " + to_hex(cited.leaf_hash),
                         "in the book: " + to_hex(held->leaf_hash)}};
}

Result<Done> require_months_after(const ForecastSaved& forecast, Period period) {
  const bool starts_in_time = forecast.months.first <= period.next();
  if (starts_in_time && forecast.months.last > period) return Done{};
  return Error{.code = ErrorCode::bad_value,
               .message = "forecast '" + forecast.name + "' does not say what comes after " +
                          period.to_string(),
               .notes = {"its months are " + forecast.months.first.to_string() + " to " +
                         forecast.months.last.to_string()},
               .hint = starts_in_time
                           ? "it ends too early: save one that goes beyond the period"
                           : "it starts too late: save one from the month after the period"};
}

Result<Done> require_known_start(const Fact& fact, const Store& store) {
  const auto* const saved = std::get_if<ForecastSaved>(&fact);
  if (saved == nullptr) return Done{};
  const std::int64_t count = saved->start_records;
  if (count >= 1 && count <= store.record_count()) {
    const Digest root = store.root(count);
    if (std::ranges::equal(saved->start_root, root, [](char a, std::uint8_t b) {
          return static_cast<std::uint8_t>(a) == b;
        })) {
      return Done{};
    }
  }
  return Error{.code = ErrorCode::bad_value,
               .message = "forecast '" + saved->name + "' does not start from this book",
               .notes = {"it starts from " + std::to_string(count) + " records with root " +
                         to_hex(saved->start_root)},
               .hint = "walk the scenario again: accrue scenario save NAME FILE"};
}

void keep_leaf_hash(BookState& state, const Record& record) {
  if (record.kind != RecordKind::forecast_saved) return;
  const Digest leaf = leaf_hash(leaf_bytes(record));
  state.forecasts.back().leaf_hash.assign(leaf.begin(), leaf.end());
}

}  // namespace accrue

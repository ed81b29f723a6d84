#include "accounting/report/forecast_choice.h"

#include "accounting/posting/saved_forecasts.h"
#include "ledger/proof/merkle.h"

namespace accrue {

namespace {

constexpr std::string_view saved_prefix = "scenario:";

ForecastChoice choice_of(const DrawSource& source) {
  if (const auto* const method = std::get_if<DrawForecast>(&source)) return *method;
  return SavedForecastName{std::get<const HeldForecast*>(source)->fact.name};
}

std::string described(const DrawSource& source) {
  const auto* const held = std::get_if<const HeldForecast*>(&source);
  if (held == nullptr) return to_string(choice_of(source));
  return "scenario " + (*held)->fact.name + ", saved in record " +
         std::to_string((*held)->record) + ", digest " + to_hex((*held)->leaf_hash);
}

Result<DrawSource> source_of_close(const BookState& state, const ClosingForecast& forecast) {
  if (const auto* const method = std::get_if<DrawForecast>(&forecast)) return DrawSource{*method};
  ACCRUE_TRY(held, cited_forecast(state, std::get<CitedForecast>(forecast)));
  return DrawSource{held};
}

Result<DrawSource> source_of_choice(const BookState& state, const ForecastChoice& choice,
                                    Period period) {
  if (const auto* const method = std::get_if<DrawForecast>(&choice)) return DrawSource{*method};
  ACCRUE_TRY(held, saved_forecast(state, std::get<SavedForecastName>(choice).name));
  ACCRUE_TRY_DONE(require_months_after(held->fact, period));
  return DrawSource{held};
}

}  // namespace

std::string to_string(const ForecastChoice& choice) {
  if (const auto* const method = std::get_if<DrawForecast>(&choice)) {
    return std::string{to_string(*method)};
  }
  return std::string{saved_prefix} + std::get<SavedForecastName>(choice).name;
}

std::optional<ForecastChoice> forecast_choice_named(std::string_view word) {
  if (word.starts_with(saved_prefix) && word.size() > saved_prefix.size()) {
    return SavedForecastName{std::string{word.substr(saved_prefix.size())}};
  }
  for (const DrawForecast method : {DrawForecast::trailing_3, DrawForecast::trailing_6,
                                    DrawForecast::trailing_12, DrawForecast::even}) {
    if (to_string(method) == word) return method;
  }
  return std::nullopt;
}

std::string ForecastInForce::word() const { return to_string(choice_of(source)); }

std::string ForecastInForce::text() const { return described(source) + ", " + from; }

Result<ForecastInForce> forecast_in_force(const BookState& state, Period period,
                                          const std::optional<ForecastChoice>& given) {
  ForecastInForce in_force{usual_draw_forecast,
                           "the usual one: " + period.to_string() + " is not closed"};
  for (const HeldClose& close : state.closes) {
    if (close.period != period) continue;
    ACCRUE_TRY(source, source_of_close(state, close.forecast));
    in_force = {source, "named at the close of " + period.to_string()};
  }
  if (!given) return in_force;
  ACCRUE_TRY(chosen, source_of_choice(state, *given, period));
  if (chosen == in_force.source) return in_force;
  return ForecastInForce{chosen, "chosen; " + in_force.word() + " is " + in_force.from};
}

}  // namespace accrue

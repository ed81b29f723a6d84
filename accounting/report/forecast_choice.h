#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "accounting/posting/state.h"
#include "ledger/credit/draw_forecast.h"
#include "ledger/error/error.h"
#include "ledger/time/period.h"

namespace accrue {

/// A forecast saved in the book, as people name it.
struct SavedForecastName {
  std::string name;
};

/// The forecast that somebody asks disclosures to rest on.
using ForecastChoice = std::variant<DrawForecast, SavedForecastName>;

/// "even", "scenario:slow-ramp".
std::string to_string(const ForecastChoice& choice);
/// What to_string wrote; nothing for any other text.
std::optional<ForecastChoice> forecast_choice_named(std::string_view word);

/// What says how the rest of the credits is drawn: a rule, or a forecast that the book keeps.
using DrawSource = std::variant<DrawForecast, const HeldForecast*>;

/// The forecast that disclosures of a period rest on, and where it comes from.
struct ForecastInForce {
  DrawSource source;
  std::string from;  ///< "named at the close of 2024-06"

  /// As it is asked for: "scenario:slow-ramp".
  std::string word() const;
  /// For notes: "scenario slow-ramp, saved in record 41, digest HEX, named at the close of 2024-06".
  std::string text() const;
};

/// The one asked for; else the one named at the close of the period; else the usual one.
///
/// Errors: unknown_id (no such forecast is saved); bad_value (it does not say what comes after the
///         period).
Result<ForecastInForce> forecast_in_force(const BookState& state, Period period,
                                          const std::optional<ForecastChoice>& given);

}  // namespace accrue

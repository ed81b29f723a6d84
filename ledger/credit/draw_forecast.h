#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace accrue {

/// How what is left of the credits is expected to be drawn: at the average of so many months up to
/// the one asked about, or evenly until each grant ends. The bytes of a close hold the number.
enum class DrawForecast : std::uint8_t { trailing_3, trailing_6, trailing_12, even };
constexpr DrawForecast last_draw_forecast = DrawForecast::even;

/// What a book uses that names none.
constexpr DrawForecast usual_draw_forecast = DrawForecast::trailing_3;

/// A forecast that was saved in the same book, as later records cite it.
struct CitedForecast {
  std::int64_t record = 0;  ///< that saved it
  std::string leaf_hash;    ///< 32 bytes: of that record
  friend bool operator==(const CitedForecast&, const CitedForecast&) = default;
};

/// What the disclosures of a closed period rest on.
using ClosingForecast = std::variant<DrawForecast, CitedForecast>;

/// "trailing-3", "even".
std::string_view to_string(DrawForecast forecast);

}  // namespace accrue

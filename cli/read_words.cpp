#include "cli/read_words.h"

#include <charconv>
#include <cstdint>

namespace accrue {

Error usage(std::string message, std::string hint) {
  return Error{.code = ErrorCode::usage, .message = std::move(message), .hint = std::move(hint)};
}

Result<std::int64_t> read_count(std::string_view what, const std::string& text, std::int64_t most) {
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, value);
  if (fault == std::errc{} && stop == end && value >= 1 && value <= most) return value;
  const std::string range =
      most == INT64_MAX ? "from 1" : "from 1 to " + std::to_string(most);
  return usage(std::string{what} + " is a whole number " + range + ", not '" + text + "'",
               "for instance: 1");
}

Result<std::optional<ForecastChoice>> read_forecast(const ParsedLine& line) {
  const std::string given = line.text("--forecast").value_or("");
  if (given.starts_with("scenario:")) {
    const std::optional<ForecastChoice> saved = forecast_choice_named(given);
    if (saved) return saved;
    return usage("--forecast scenario: needs the name of a saved forecast",
                 "see accrue scenario list");
  }
  ACCRUE_TRY(method, choose(line, "--forecast", forecast_words));
  if (!method) return std::optional<ForecastChoice>{};
  return std::optional<ForecastChoice>{*method};
}

}  // namespace accrue

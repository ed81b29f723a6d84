#include "accounting/report/bands.h"

#include <charconv>

namespace accrue {

std::optional<std::vector<int>> read_bands(std::string_view text) {
  constexpr int most_months = 1200;
  std::vector<int> bands;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (true) {
    int months = 0;
    const auto [next, failure] = std::from_chars(at, end, months);
    const int before = bands.empty() ? 0 : bands.back();
    const bool is_next = failure == std::errc{} && months > before && months <= most_months;
    if (!is_next || (next != end && *next != ',')) return std::nullopt;
    bands.push_back(months);
    if (next == end) return bands;
    at = next + 1;
  }
}

std::string to_text(const std::vector<int>& bands) {
  std::string text;
  for (const int months : bands) text += (text.empty() ? "" : ",") + std::to_string(months);
  return text;
}

std::vector<std::string> band_names(const std::vector<int>& bands) {
  std::vector<std::string> names;
  int from = 0;
  for (const int months : bands) {
    names.push_back(std::to_string(from) + "-" + std::to_string(months));
    from = months + 1;
  }
  names.push_back("over " + std::to_string(bands.back()));
  names.emplace_back("undated");
  return names;
}

}  // namespace accrue

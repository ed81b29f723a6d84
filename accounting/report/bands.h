#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace accrue {

/// Where bands end, in months: "12,24,36". Nothing for a text that is not of ascending numbers from
/// 1 to a hundred years.
std::optional<std::vector<int>> read_bands(std::string_view text);
std::string to_text(const std::vector<int>& bands);

/// "0-12", "13-24", "over 24", "undated".
std::vector<std::string> band_names(const std::vector<int>& bands);

}  // namespace accrue

#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace accrue::usage {

/// In the order of ChargeCategory.
inline constexpr std::array<std::string_view, 5> category_names{"Usage", "Purchase", "Tax",
                                                                "Credit", "Adjustment"};
inline constexpr std::string_view correction_name = "Correction";

/// The last text read of a column that takes few values, and what became of it.
struct KeptValue {
  std::string text;
  std::size_t value = 0;
  std::optional<std::size_t> warning;
  bool is_set = false;

  bool holds(std::string_view other) const { return is_set && text == other; }
  void keep(std::string_view read, std::size_t meaning) {
    text = read;
    value = meaning;
    warning.reset();
    is_set = true;
  }
};

}  // namespace accrue::usage

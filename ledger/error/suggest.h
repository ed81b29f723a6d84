#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace accrue {

/// The word of `known` that `wrong` was probably meant to be: at most two letters inserted, dropped
/// or changed, capitals aside, and fewer than either word has. The nearest wins, then the first.
std::optional<std::string> suggest(std::string_view wrong, std::span<const std::string_view> known);

}  // namespace accrue

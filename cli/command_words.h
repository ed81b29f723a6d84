#pragma once

#include <string_view>

#include "cli/command_table.h"

/// What the parts of the command table share: the groups of the help, and arguments of one meaning.
namespace accrue::command_words {

inline const Flag request_flag{"--request", "FILE",
                               "under dual control: write what a second person must approve"};

inline constexpr std::string_view start = "Start";
inline constexpr std::string_view deals = "Deals";
inline constexpr std::string_view facts = "Usage and other files";
inline constexpr std::string_view books = "Periods";
inline constexpr std::string_view reports = "Reports";
inline constexpr std::string_view audit = "Audit";
inline constexpr std::string_view exports = "Exports";

inline const Positional period{"PERIOD", Count::one,
                               "2024-06, 2024-Q2, 2024, FY2025-Q1, FY2025 or 2024-04..2024-06"};
inline const Positional month{"PERIOD", Count::one, "a month, such as 2024-06"};
inline const Positional any_period{"PERIOD", Count::optional, period.what};

}  // namespace accrue::command_words

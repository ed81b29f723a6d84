#pragma once

#include <string_view>

#include "cli/command_table.h"

/// What the parts of the command table share: the groups of the help, and arguments of one meaning.
namespace accrue::command_words {

inline const Flag request_flag{"--request", "FILE",
                               "under dual control: write what a second person must approve"};

// How reports are asked for, of the book or of what is assumed.
inline const Flag segment_flag{"--segment", "NAME", "the segment, where the book has several"};
inline const Flag basis_flag{"--basis", "NAME", "the series, where the segment has several"};
inline const Flag entity_flag{"--entity", "NAME",
                       "the segment whose revenue is that of the entity as a whole"};
inline const Flag bands_flag{"--bands", "MONTHS",
                      "where the bands end, in months from the period's end (default 12,24,36)"};
inline const Flag forecast_flag{"--forecast", "NAME",
                         "trailing-3, trailing-6, trailing-12, even or scenario:NAME: how what is "
                         "left is drawn (default: as named at the close)"};
inline const Flag by_flag{"--by", "DIMENSION",
                   "service (default), sku, region, funding, grant or investee"};

inline constexpr std::string_view start = "Start";
inline constexpr std::string_view deals = "Deals";
inline constexpr std::string_view facts = "Usage and other files";
inline constexpr std::string_view books = "Periods";
inline constexpr std::string_view reports = "Reports";
inline constexpr std::string_view scenarios = "Scenarios";
inline constexpr std::string_view audit = "Audit";
inline constexpr std::string_view exports = "Exports";

inline const Positional period{"PERIOD", Count::one,
                               "2024-06, 2024-Q2, 2024, FY2025-Q1, FY2025 or 2024-04..2024-06"};
inline const Positional month{"PERIOD", Count::one, "a month, such as 2024-06"};
inline const Positional any_period{"PERIOD", Count::optional, period.what};

}  // namespace accrue::command_words

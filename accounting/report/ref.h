#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/time/period.h"

namespace accrue {

/// The address of a figure: parts with `:` between them, the first says what is addressed.
/// "rollforward:2024-Q2:T1". Parts are written as in account names: `:` and `%` inside a part are
/// %3A and %25, an empty part is `-`, a part `-` is %2D.
std::string make_ref(const std::vector<std::string>& parts);

/// The parts that make_ref joined.
std::vector<std::string> parts_of_ref(std::string_view ref);

/// The shortest text that parse_period_range reads as the range in every calendar: "2024-06",
/// "2024-Q2", "2024", "2024-04..2025-03".
std::string to_text(PeriodRange range);

}  // namespace accrue

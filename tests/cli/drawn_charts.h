#pragma once

#include <string>
#include <vector>

#include "cli/page/charts.h"

// Reading the markup of a drawing.

namespace accrue_test {

bool has(const accrue::Chart& chart, const std::string& markup);

std::size_t count_of(const accrue::Chart& chart, const std::string& markup);

/// The texts of a style, as they stand in the drawing.
std::vector<std::string> texts_of(const accrue::Chart& chart, const std::string& style);

}  // namespace accrue_test

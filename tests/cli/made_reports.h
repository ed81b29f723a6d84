#pragma once

#include <string>
#include <vector>

#include "cli/document.h"

// Reports made by hand, small enough to work out.

namespace accrue_test {

/// "-12.50" as an amount of money with the digits it has.
accrue::Figure money(const char* text);

/// A report of the second quarter of 2024 in USD, without rows.
accrue::Report made_report(const std::string& name);

/// Two grants: 100 + 50 - 30 - 20 = 100, and 0 + 200 - 50 - 0 = 150. Sums are declared.
accrue::Report made_rollforward();

/// What belongs to that roll-forward: the trial balance, the waterfall, the remaining performance
/// obligation and the revenue of the period, each with what they have in common with it.
std::vector<accrue::Report> made_companions();

accrue::Document document_of(std::vector<accrue::Report> reports);

}  // namespace accrue_test

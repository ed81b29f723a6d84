#pragma once

#include <string>
#include <vector>

#include "accounting/report/report.h"

namespace accrue {

/// The figures a reader looks for first.
///
/// Where the first report is what a scenario comes to: its revenue by who pays, the contract
/// liability and the credits left at its end, growth in its last range; all called assumed. Else,
/// of two reports or more, with their change where the reports know it: revenue from investees,
/// the contract liability, credits left, growth with and without the investees. Those whose report
/// is not there are left out.
std::string summary_markup(const std::vector<Report>& reports);

}  // namespace accrue

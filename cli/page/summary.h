#pragma once

#include <string>
#include <vector>

#include "accounting/report/report.h"

namespace accrue {

/// The figures a reader looks for first, with their change where the reports know it: revenue from
/// investees, the contract liability, credits left, growth with and without the investees. Those
/// whose report is not there are left out.
std::string summary_markup(const std::vector<Report>& reports);

}  // namespace accrue

#pragma once

#include <string>
#include <vector>

#include "accounting/report/report.h"

// Reports of scenarios made by hand, with the columns that charts read.

namespace accrue_test {

/// A report of this name in USD with these rows.
accrue::Report scenario_report(const std::string& name,
                               std::vector<std::vector<accrue::Cell>> rows);

/// One of each kind with a chart. Whatever is named in a file has this name.
std::vector<accrue::Report> scenario_reports_named(const std::string& name);

}  // namespace accrue_test

#pragma once

#include <string>

#include "accounting/report/report.h"
#include "cli/page/anchors.h"

namespace accrue {

/// The rows of a report as one table or more, or as paragraphs; then its other totals and notes.
std::string tables_markup(const Report& report, const Anchors& anchors);

/// The checks of reports as one table.
std::string checks_markup(const std::vector<Report>& reports);

/// How many checks there are, and how many do not hold.
struct CheckCount {
  std::size_t all = 0;
  std::size_t failed = 0;
};
CheckCount count_checks(const std::vector<Report>& reports);

}  // namespace accrue

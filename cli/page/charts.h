#pragma once

#include <string>
#include <vector>

#include "accounting/report/report.h"

namespace accrue {

/// A chart of a report: what it shows, what can be read off it in words with figures, and the
/// drawing. Figures stand in it with the digits of the report.
struct Chart {
  std::string title;
  std::string finding;
  std::string drawing;  ///< markup, `chart_width` wide
  int height = 0;
};

// Each is empty where the report is of another form or holds nothing to draw.

/// Bars from opening to closing, by the totals.
std::vector<Chart> rollforward_chart(const Report& report);
/// Contributions to growth stacked on one another; what is below zero hangs down.
std::vector<Chart> growth_chart(const Report& report);
/// Face left of each grant at the end of each month; one chart per currency.
std::vector<Chart> burn_down_charts(const Report& report);
/// Shares of the segment's revenue, with the ten percent that has to be disclosed
/// (ASC 280-10-50-42).
std::vector<Chart> concentration_chart(const Report& report);
/// The price not yet recognised, by band.
std::vector<Chart> rpo_chart(const Report& report);
/// Usage and breakage by the month of recognition, all grants together.
std::vector<Chart> waterfall_chart(const Report& report);

/// The charts of a report, by its name.
std::vector<Chart> charts_of(const Report& report);

/// A chart as a figure of the page; `id` is unlike every other id and safe as it is.
std::string figure_markup(const Chart& chart, const std::string& id);

}  // namespace accrue

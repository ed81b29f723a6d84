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

// Of scenarios: assumed, and every title says so.

/// Revenue by month and who pays it, and the face left at the end of each.
std::vector<Chart> scenario_run_charts(const Report& report);
/// Growth without and with investees; what would not be there otherwise is set apart.
std::vector<Chart> scenario_growth_charts(const Report& report);
/// Bands of percentiles by month: the outermost pair, the innermost one, and the middle.
std::vector<Chart> scenario_fan_charts(const Report& report);
/// Probabilities with their standard errors.
std::vector<Chart> scenario_events_chart(const Report& report);
/// How far each assumption moves a figure from what the scenario says.
std::vector<Chart> scenario_tornado_chart(const Report& report);
/// Revenue by month, a line for each scenario.
std::vector<Chart> scenario_comparison_chart(const Report& report);
/// From the revenue of the first scenario to that of another, by cause; one chart for each.
std::vector<Chart> scenario_bridge_charts(const Report& report);

/// The charts of a report, by its name.
std::vector<Chart> charts_of(const Report& report);

/// A chart as a figure of the page; `id` is unlike every other id and safe as it is.
std::string figure_markup(const Chart& chart, const std::string& id);

}  // namespace accrue

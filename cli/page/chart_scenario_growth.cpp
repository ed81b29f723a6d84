#include <map>
#include <string>
#include <utility>

#include "accounting/report/cells.h"
#include "cli/page/bars.h"
#include "cli/page/charts.h"
#include "cli/page/markup.h"
#include "cli/render_text.h"

namespace accrue {

namespace {

constexpr Paint kept_paint{1, 0};
constexpr Paint incremental_paint{2, 1};

/// From growth without investees to growth with them: first what would be there otherwise, where
/// that is said, then what would not.
BarLine line_of(const Report& report, const Row& row, const Figure& with, const Figure& without) {
  const Figure* const between = figure_in(report, row, "growth_without_incremental_pct");
  BarLine line{text_in(report, row, "range"),
               figure_text(without, true) + "% to " + figure_text(with, true) + "%",
               {}};
  if (between == nullptr) {
    line.segments = {{without.value, with.value, kept_paint}};
  } else {
    line.segments = {{without.value, between->value, kept_paint},
                     {between->value, with.value, incremental_paint}};
    line.value = figure_text(without, true) + "% to " + figure_text(*between, true) + "% to " +
                 figure_text(with, true) + "%";
  }
  return line;
}

struct GrowthBars {
  BarChart bars;
  std::string only_with;  ///< the ranges that reach ten percent only with the investees
};

}  // namespace

std::vector<Chart> scenario_growth_charts(const Report& report) {
  if (!has_columns(report, {"segment", "basis", "range", "growth_pct",
                            "growth_without_incremental_pct", "growth_without_investees_pct"})) {
    return {};
  }
  const Decimal threshold = Decimal::from_integer(10);
  std::map<std::pair<std::string, std::string>, GrowthBars> segments;
  for (const Row& row : report.rows) {
    const Figure* const with = figure_in(report, row, "growth_pct");
    const Figure* const without = figure_in(report, row, "growth_without_investees_pct");
    if (with == nullptr || without == nullptr) continue;
    GrowthBars& of = segments[{text_in(report, row, "segment"), text_in(report, row, "basis")}];
    of.bars.lines.push_back(line_of(report, row, *with, *without));
    if (with->value >= threshold && without->value < threshold) {
      of.only_with += (of.only_with.empty() ? "" : ", ") + cut(text_in(report, row, "range"), 40);
    }
  }
  std::vector<Chart> charts;
  for (auto& [segment, of] : segments) {
    of.bars.legend = {
        {kept_paint, "from growth without investees", ""},
        {incremental_paint, "what would not be there otherwise", ""}};
    of.bars.mark = MarkedValue{threshold, "10%"};
    of.bars.unit = "%";
    const DrawnBars drawn = draw_bars(of.bars);
    charts.push_back(
        {"Growth of " + cut(segment.first, 60) + " (" + cut(segment.second, 30) +
             "), without and with investees, assumed and not booked",
         of.only_with.empty() ? "In no range is it the investees who make growth reach 10%."
                          : "Growth reaches 10% with the investees, not without: " + of.only_with + ".",
         drawn.markup, drawn.height});
  }
  return charts;
}

}  // namespace accrue

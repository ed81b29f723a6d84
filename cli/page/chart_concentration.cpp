#include <algorithm>

#include "cli/page/bars.h"
#include "accounting/report/cells.h"
#include "cli/page/charts.h"
#include "cli/page/markup.h"
#include "cli/render_text.h"

namespace accrue {

std::vector<Chart> concentration_chart(const Report& report) {
  if (!has_columns(report, {"investee", "pct_of_segment"})) return {};
  const Decimal threshold = Decimal::from_integer(10);
  BarChart bars{.lines = {}, .mark = MarkedValue{threshold, "10%"}, .unit = "%"};
  std::string above;
  for (const Row& row : report.rows) {
    const Figure* const share = figure_in(report, row, "pct_of_segment");
    if (share == nullptr || is_total(row)) continue;
    const bool is_above = share->value >= threshold;
    const std::string name = text_in(report, row, "investee");
    const std::string value = figure_text(*share, true) + "%";
    bars.lines.push_back(
        {name, value, {{Decimal{}, share->value, is_above ? Paint{4, 1} : Paint{1, 0}}}});
    if (is_above) above += (above.empty() ? "" : ", ") + cut(name, 40) + " " + value;
  }
  if (bars.lines.empty()) return {};
  const std::string finding = above.empty() ? "No investee brings 10% or more of it."
                                            : "10% or more of it comes from: " + above + ".";
  const DrawnBars drawn = draw_bars(bars);
  return {{"Share of the segment's revenue", finding, drawn.markup, drawn.height}};
}

}  // namespace accrue

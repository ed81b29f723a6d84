#include <algorithm>

#include "accounting/report/cells.h"
#include "cli/page/bars.h"
#include "cli/page/charts.h"
#include "cli/page/markup.h"
#include "cli/render_text.h"

namespace accrue {

std::vector<Chart> scenario_events_chart(const Report& report) {
  if (!has_columns(report, {"event", "probability_pct", "standard_error_pp"})) return {};
  const Decimal hundred = Decimal::from_integer(100);
  BarChart bars{.lines = {}, .unit = "%", .names = BarNames::above};
  const Figure* likeliest = nullptr;
  std::string which;
  for (const Row& row : report.rows) {
    const Figure* const probability = figure_in(report, row, "probability_pct");
    if (probability == nullptr) continue;
    const std::string event = text_in(report, row, "event");
    BarLine line{event, figure_text(*probability, true) + "%",
                 {{Decimal{}, probability->value, {1, 0}}}};
    if (const Figure* const error = figure_in(report, row, "standard_error_pp")) {
      line.value += " ± " + figure_text(*error, true);
      line.error = ErrorSpan{std::max(Decimal{}, probability->value - error->value),
                             std::min(hundred, probability->value + error->value)};
    }
    bars.lines.push_back(std::move(line));
    if (likeliest == nullptr || probability->value > likeliest->value) {
      likeliest = probability;
      which = event;
    }
  }
  if (likeliest == nullptr) return {};
  const DrawnBars drawn = draw_bars(bars);
  return {{"How often it happens in the simulated paths, assumed and not booked",
           "Most often: " + cut(which, 100) + ", in " + figure_text(*likeliest, true) +
               "% of the paths. The rule across a bar is one standard error either way.",
           drawn.markup, drawn.height}};
}

}  // namespace accrue

#include "cli/page/charts.h"

#include <array>
#include <string_view>

#include <fmt/format.h>

#include "cli/page/bars.h"
#include "cli/page/markup.h"

namespace accrue {

namespace {

struct ChartOfReport {
  std::string_view report;
  std::vector<Chart> (*draw)(const Report&);
};

constexpr std::array charts{
    ChartOfReport{"rollforward", rollforward_chart},
    ChartOfReport{"growth", growth_chart},
    ChartOfReport{"burn-down", burn_down_charts},
    ChartOfReport{"concentration", concentration_chart},
    ChartOfReport{"rpo", rpo_chart},
    ChartOfReport{"waterfall", waterfall_chart},
    ChartOfReport{"scenario-run", scenario_run_charts},
    ChartOfReport{"scenario-growth", scenario_growth_charts},
    ChartOfReport{"scenario-montecarlo", scenario_fan_charts},
    ChartOfReport{"scenario-events", scenario_events_chart},
    ChartOfReport{"scenario-sensitivity", scenario_tornado_chart},
    ChartOfReport{"scenario-comparison", scenario_comparison_chart},
    ChartOfReport{"scenario-bridge", scenario_bridge_charts},
};

}  // namespace

std::vector<Chart> charts_of(const Report& report) {
  for (const ChartOfReport& chart : charts) {
    if (chart.report == report.name) return chart.draw(report);
  }
  return {};
}

std::string figure_markup(const Chart& chart, const std::string& id) {
  const std::string title = escaped(chart.title);
  const std::string finding = escaped(chart.finding);
  return fmt::format(
      "<figure>\n<figcaption><strong>{0}</strong> {1}</figcaption>\n"
      "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"Chart: {0}\">\n"
      "<svg class=\"chart\" role=\"img\" aria-labelledby=\"{2}t {2}d\" viewBox=\"0 0 {3} {4}\">\n"
      "<title id=\"{2}t\">{0}</title>\n<desc "
      "id=\"{2}d\">{1}</desc>\n{5}</svg>\n</div>\n</figure>\n",
      title, finding, id, chart_width, chart.height, chart.drawing);
}

}  // namespace accrue

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "cli/page/bars.h"
#include "cli/page/cells.h"
#include "cli/page/charts.h"
#include "cli/render_text.h"

namespace accrue {

namespace {

struct Band {
  std::string_view name;
  std::string_view label;
  Paint paint;
};

constexpr std::array bands{
    Band{"0-12", "within 12 months", {1, 0}}, Band{"13-24", "13 to 24 months", {6, 1}},
    Band{"25-36", "25 to 36 months", {3, 2}}, Band{"over 36", "over 36 months", {2, 3}},
    Band{"undated", "undated", {0, 6}},
};

std::optional<Figure> sum_of(const Report& report, std::string_view band) {
  std::optional<Figure> sum;
  for (const Row& row : report.rows) {
    const Figure* const amount = figure_in(report, row, "amount");
    if (amount == nullptr || text_in(report, row, "band") != band) continue;
    if (!sum) sum = Figure{};
    sum->value += amount->value;
    sum->digits = std::max(sum->digits, amount->digits);
  }
  return sum;
}

}  // namespace

std::vector<Chart> rpo_chart(const Report& report) {
  if (!has_columns(report, {"band", "amount"})) return {};
  BarChart bars{.lines = {}, .unit = report.currency};
  BarLine line{"Not yet recognised", "", {}};
  Figure total;
  std::string finding;
  for (const Band& band : bands) {
    const std::optional<Figure> sum = sum_of(report, band.name);
    if (!sum) continue;
    const Decimal next = total.value + sum->value;
    line.segments.push_back({total.value, next, band.paint});
    const std::string text = figure_text(*sum, true);
    bars.legend.push_back({band.paint, std::string{band.label}, text});
    finding += (finding.empty() ? "" : ", ") + std::string{band.label} + " " + text;
    total.value = next;
    total.digits = std::max(total.digits, sum->digits);
  }
  if (line.segments.empty()) return {};
  line.value = figure_text(total, true);
  finding = "Of " + line.value + " " + report.currency + ": " + finding + ".";
  bars.lines.push_back(std::move(line));
  const DrawnBars drawn = draw_bars(bars);
  return {{"When the price not yet recognised is expected to be revenue", finding, drawn.markup,
           drawn.height}};
}

}  // namespace accrue

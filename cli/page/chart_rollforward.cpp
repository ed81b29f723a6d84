#include <array>
#include <string_view>

#include "cli/page/bars.h"
#include "cli/page/cells.h"
#include "cli/page/charts.h"
#include "cli/page/words.h"
#include "cli/render_text.h"

namespace accrue {

namespace {

struct Movement {
  std::string_view name;
  Paint paint;
  bool is_shown_at_zero;
};

constexpr std::array movements{
    Movement{"granted", {1, 0}, true},   Movement{"usage", {3, 1}, true},
    Movement{"breakage", {2, 2}, true},  Movement{"modification", {5, 3}, false},
    Movement{"refunded", {6, 4}, false}, Movement{"other", {4, 6}, false},
};

}  // namespace

std::vector<Chart> rollforward_chart(const Report& report) {
  const Figure* const opening = total_figure(report, "opening");
  const Figure* const closing = total_figure(report, "closing");
  if (opening == nullptr || closing == nullptr) return {};
  BarChart bars{.lines = {}, .unit = report.currency};
  Decimal level = opening->value;
  bars.lines.push_back(
      {"Opening", figure_text(*opening, true), {{Decimal{}, level, Paint{}}}, level});
  std::string finding;
  for (const Movement& movement : movements) {
    const Figure* const figure = total_figure(report, movement.name);
    if (figure == nullptr || (figure->value.is_zero() && !movement.is_shown_at_zero)) continue;
    const Decimal next = level + figure->value;
    const std::string text = figure_text(*figure, true);
    bars.lines.push_back({heading_of(movement.name), text, {{level, next, movement.paint}}, next});
    finding += (finding.empty() ? "" : ", ") + std::string{movement.name} + " " + text;
    level = next;
  }
  bars.lines.push_back(
      {"Closing", figure_text(*closing, true), {{Decimal{}, closing->value, Paint{}}}});
  const DrawnBars drawn = draw_bars(bars);
  return {{"Contract liability from opening to closing",
           "It went from " + figure_text(*opening, true) + " to " + figure_text(*closing, true) +
               " " + report.currency + ": " + finding + ".",
           drawn.markup, drawn.height}};
}

}  // namespace accrue

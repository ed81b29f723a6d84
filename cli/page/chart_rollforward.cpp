#include <array>
#include <string_view>

#include "accounting/report/cells.h"
#include "cli/page/charts.h"
#include "cli/page/level_bars.h"
#include "cli/render_text.h"

namespace accrue {

namespace {

struct ShownMovement {
  std::string_view name;
  Paint paint;
  bool is_shown_at_zero;
};

constexpr std::array shown_movements{
    ShownMovement{"granted", {1, 0}, true},   ShownMovement{"usage", {3, 1}, true},
    ShownMovement{"breakage", {2, 2}, true},  ShownMovement{"modification", {5, 3}, false},
    ShownMovement{"refunded", {6, 4}, false}, ShownMovement{"other", {4, 6}, false},
};

}  // namespace

std::vector<Chart> rollforward_chart(const Report& report) {
  const Figure* const opening = total_figure(report, "opening");
  const Figure* const closing = total_figure(report, "closing");
  if (opening == nullptr || closing == nullptr) return {};
  std::vector<Movement> movements;
  for (const ShownMovement& shown : shown_movements) {
    const Figure* const figure = total_figure(report, shown.name);
    if (figure == nullptr || (figure->value.is_zero() && !shown.is_shown_at_zero)) continue;
    movements.push_back({std::string{shown.name}, *figure, shown.paint});
  }
  const DrawnBars drawn =
      draw_bars(level_bars({"Opening", *opening}, movements, {"Closing", *closing},
                           report.currency));
  return {{"Contract liability from opening to closing",
           "It went from " + figure_text(*opening, true) + " to " + figure_text(*closing, true) +
               " " + report.currency + ": " + told(movements) + ".",
           drawn.markup, drawn.height}};
}

}  // namespace accrue

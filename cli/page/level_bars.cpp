#include "cli/page/level_bars.h"

#include <utility>

#include "cli/page/words.h"
#include "cli/render_text.h"

namespace accrue {

BarChart level_bars(const Level& from, const std::vector<Movement>& movements, const Level& to,
                    std::string unit) {
  BarChart bars{.lines = {}, .unit = std::move(unit)};
  Decimal level = from.figure.value;
  bars.lines.push_back(
      {from.label, figure_text(from.figure, true), {{Decimal{}, level, Paint{}}}, level});
  for (const Movement& movement : movements) {
    const Decimal next = level + movement.figure.value;
    bars.lines.push_back({heading_of(movement.label),
                          figure_text(movement.figure, true),
                          {{level, next, movement.paint}},
                          next});
    level = next;
  }
  bars.lines.push_back(
      {to.label, figure_text(to.figure, true), {{Decimal{}, to.figure.value, Paint{}}}});
  return bars;
}

std::string told(const std::vector<Movement>& movements) {
  std::string text;
  for (const Movement& movement : movements) {
    text += (text.empty() ? "" : ", ") + movement.label + " " + figure_text(movement.figure, true);
  }
  return text;
}

}  // namespace accrue

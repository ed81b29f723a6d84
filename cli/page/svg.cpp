#include "cli/page/svg.h"

#include <algorithm>

#include <fmt/format.h>

#include "cli/page/markup.h"

namespace accrue {

namespace {

/// 1 to `count`, round and round; 0 stays.
int wrapped_round(int number, int count) { return number == 0 ? 0 : (number - 1) % count + 1; }

std::string class_of(std::string_view style) {
  return style.empty() ? std::string{} : fmt::format(" class=\"{}\"", style);
}

}  // namespace

void Drawing::bar(Point corner, Point opposite, Paint paint) {
  const int x = std::min(corner.x, opposite.x);
  const int y = std::min(corner.y, opposite.y);
  const int width = std::max(std::max(corner.x, opposite.x) - x, 1);
  const int height = std::max(std::max(corner.y, opposite.y) - y, 1);
  const std::string box =
      fmt::format("x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"", x, y, width, height);
  markup_ += fmt::format("<rect class=\"f{}\" {} />", wrapped_round(paint.color, color_count), box);
  const int pattern = wrapped_round(paint.pattern, pattern_count);
  if (pattern > 0)
    markup_ += fmt::format("<rect class=\"h\" fill=\"url(#h{})\" {} />", pattern, box);
  markup_ += '\n';
}

void Drawing::line(Point from, Point to, std::string_view style) {
  markup_ += fmt::format("<line{} x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" />\n", class_of(style),
                         from.x, from.y, to.x, to.y);
}

void Drawing::path(const std::string& data, std::string_view style) {
  markup_ += fmt::format("<path{} d=\"{}\" />\n", class_of(style), data);
}

void Drawing::text(Point at, TextAnchor anchor, std::string_view text, std::string_view style) {
  const char* const attribute = anchor == TextAnchor::start    ? ""
                                : anchor == TextAnchor::middle ? " text-anchor=\"middle\""
                                                               : " text-anchor=\"end\"";
  markup_ += fmt::format("<text{}{} x=\"{}\" y=\"{}\">{}</text>\n", class_of(style), attribute,
                         at.x, at.y, escaped(text));
}

std::string pattern_definitions() {
  const char* const strokes[pattern_count] = {
      "M-2 2L2 -2M0 8L8 0M6 10L10 6",  // rising
      "M2 2h2v2h-2zM6 6h2v2h-2z",      // dots
      "M-2 6L2 10M0 0L8 8M6 -2L10 2",  // falling
      "M0 4H8",                        // lying
      "M4 0V8",                        // standing
      "M0 4H8M4 0V8",                  // crossed
  };
  std::string markup = "<svg class=\"defs\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>\n";
  for (int i = 0; i < pattern_count; ++i) {
    markup += fmt::format(
        "<pattern id=\"h{}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\">"
        "<path class=\"hatch\" d=\"{}\" /></pattern>\n",
        i + 1, strokes[i]);
  }
  return markup + "</defs></svg>\n";
}

}  // namespace accrue

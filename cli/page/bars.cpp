#include "cli/page/bars.h"

#include <algorithm>

#include "cli/page/axis.h"
#include "cli/page/markup.h"
#include "cli/render_text.h"

namespace accrue {

namespace {

constexpr int label_end = 170;  // names end here
constexpr int label_columns = 24;
constexpr int plot_begin = 180;
constexpr int value_end = 956;  // figures end here
constexpr int digit_width = 8;  // of a figure, at most
constexpr int narrowest_plot = 200;
constexpr int top = 26;    // the mark's label stands above the bars
constexpr int pitch = 30;  // from one bar to the next
constexpr int bar_height = 18;
constexpr int most_steps = 6;
constexpr int legend_pitch = 22;

int plot_end_of(const BarChart& chart) {
  int width = 0;
  for (const BarLine& line : chart.lines) width = std::max(width, text_width(line.value));
  return std::max(value_end - digit_width * width - 14, plot_begin + narrowest_plot);
}

Axis axis_of(const BarChart& chart) {
  Decimal low;
  Decimal high;
  const auto hold = [&](const Decimal& value) {
    low = std::min(low, value);
    high = std::max(high, value);
  };
  for (const BarLine& line : chart.lines) {
    for (const BarSegment& segment : line.segments) {
      hold(segment.from);
      hold(segment.to);
    }
  }
  if (chart.mark) hold(chart.mark->value);
  return nice_axis(low, high, most_steps);
}

void draw_axis(Drawing& drawing, const Axis& axis, const Scale& scale, int bottom,
               const std::string& unit) {
  for (const Decimal& tick : axis.ticks) {
    const int x = scale.at(tick);
    drawing.line({x, top - 4}, {x, bottom}, tick.is_zero() ? "zero" : "grid");
    drawing.text({x, bottom + 16}, TextAnchor::middle, tick_label(axis, tick), "tick");
  }
  drawing.text({label_end, bottom + 16}, TextAnchor::end, unit, "tick");
}

void draw_legend(Drawing& drawing, const std::vector<LegendItem>& legend, int y) {
  for (const LegendItem& item : legend) {
    drawing.bar({plot_begin, y - 11}, {plot_begin + 22, y + 1}, item.paint);
    drawing.text({plot_begin + 32, y}, TextAnchor::start, cut(item.label, 40));
    drawing.text({value_end, y}, TextAnchor::end, item.value, "value");
    y += legend_pitch;
  }
}

}  // namespace

DrawnBars draw_bars(const BarChart& chart) {
  const Axis axis = axis_of(chart);
  const Scale scale{axis.low(), axis.high(), plot_begin, plot_end_of(chart)};
  const int bottom = top + pitch * static_cast<int>(chart.lines.size());
  Drawing drawing;
  draw_axis(drawing, axis, scale, bottom, chart.unit);
  int y = top + (pitch - bar_height) / 2;
  for (const BarLine& line : chart.lines) {
    drawing.text({label_end, y + 13}, TextAnchor::end, cut(line.label, label_columns));
    for (const BarSegment& segment : line.segments) {
      drawing.bar({scale.at(segment.from), y}, {scale.at(segment.to), y + bar_height},
                  segment.paint);
    }
    if (line.leads_on) {
      const int x = scale.at(*line.leads_on);
      drawing.line({x, y + bar_height}, {x, y + pitch}, "link");
    }
    drawing.text({value_end, y + 13}, TextAnchor::end, line.value, "value");
    y += pitch;
  }
  if (chart.mark) {
    const int x = scale.at(chart.mark->value);
    drawing.line({x, top - 6}, {x, bottom + 2}, "mark");
    drawing.text({x, top - 10}, TextAnchor::middle, chart.mark->label, "tick");
  }
  draw_legend(drawing, chart.legend, bottom + 46);
  const int legend_height = legend_pitch * static_cast<int>(chart.legend.size());
  return {drawing.markup(), bottom + 26 + (legend_height == 0 ? 0 : legend_height + 6)};
}

}  // namespace accrue

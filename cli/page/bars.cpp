#include "cli/page/bars.h"

#include <algorithm>
#include <string_view>

#include "cli/page/axis.h"
#include "cli/page/markup.h"
#include "cli/render_text.h"

namespace accrue {

namespace {

constexpr int value_end = 956;  // figures end here
constexpr int digit_width = 8;  // of a figure, at most
constexpr int narrowest_plot = 200;
constexpr int top = 26;  // the mark's label stands above the bars
constexpr int bar_height = 18;
constexpr int most_steps = 6;
constexpr int legend_pitch = 22;
constexpr int key_begin = 180;

/// What the place of the names decides. Heights are from the begin of a line of the chart.
struct Placing {
  int plot_begin;
  int pitch;  ///< from one line to the next
  int bar_at;
  Point name_at;
  TextAnchor name_anchor;
  std::string_view name_style;
  int name_columns;
  int unit_end;
};

constexpr Placing beside{180, 30, 6, {170, 19}, TextAnchor::end, "", 24, 170};
constexpr Placing above{24, 48, 24, {24, 18}, TextAnchor::start, "over", 100, value_end};

const Placing& placing_of(const BarChart& chart) {
  return chart.names == BarNames::beside ? beside : above;
}

int plot_end_of(const BarChart& chart) {
  int width = 0;
  for (const BarLine& line : chart.lines) width = std::max(width, text_width(line.value));
  return std::max(value_end - digit_width * width - 14,
                  placing_of(chart).plot_begin + narrowest_plot);
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
    if (line.error) {
      hold(line.error->from);
      hold(line.error->to);
    }
  }
  if (chart.mark) hold(chart.mark->value);
  return nice_axis(low, high, most_steps);
}

void draw_axis(Drawing& drawing, const Axis& axis, const Scale& scale, int bottom,
               const BarChart& chart) {
  for (const Decimal& tick : axis.ticks) {
    const int x = scale.at(tick);
    drawing.line({x, top - 4}, {x, bottom}, tick.is_zero() ? "zero" : "grid");
    drawing.text({x, bottom + 16}, TextAnchor::middle, tick_label(axis, tick), "tick");
  }
  drawing.text({placing_of(chart).unit_end, bottom + 16}, TextAnchor::end, chart.unit, "tick");
}

/// A rule with a stop at either end.
void draw_error(Drawing& drawing, const ErrorSpan& error, const Scale& scale, int bar_top) {
  const int from = scale.at(error.from);
  const int to = scale.at(error.to);
  const int middle = bar_top + bar_height / 2;
  drawing.line({from, middle}, {to, middle}, "error");
  for (const int x : {from, to}) drawing.line({x, middle - 5}, {x, middle + 5}, "error");
}

void draw_lines(Drawing& drawing, const BarChart& chart, const Scale& scale) {
  const Placing& placing = placing_of(chart);
  int begin = top;
  for (const BarLine& line : chart.lines) {
    const int y = begin + placing.bar_at;
    drawing.text({placing.name_at.x, begin + placing.name_at.y}, placing.name_anchor,
                 cut(line.label, placing.name_columns), placing.name_style);
    for (const BarSegment& segment : line.segments) {
      drawing.bar({scale.at(segment.from), y}, {scale.at(segment.to), y + bar_height},
                  segment.paint);
    }
    if (line.error) draw_error(drawing, *line.error, scale, y);
    if (line.leads_on) {
      const int x = scale.at(*line.leads_on);
      drawing.line({x, y + bar_height}, {x, y + placing.pitch}, "link");
    }
    drawing.text({value_end, y + 13}, TextAnchor::end, line.value, "value");
    begin += placing.pitch;
  }
}

void draw_legend(Drawing& drawing, const std::vector<LegendItem>& legend, int y) {
  for (const LegendItem& item : legend) {
    drawing.bar({key_begin, y - 11}, {key_begin + 22, y + 1}, item.paint);
    drawing.text({key_begin + 32, y}, TextAnchor::start, cut(item.label, 40));
    drawing.text({value_end, y}, TextAnchor::end, item.value, "value");
    y += legend_pitch;
  }
}

}  // namespace

DrawnBars draw_bars(const BarChart& chart) {
  const Placing& placing = placing_of(chart);
  const Axis axis = axis_of(chart);
  const Scale scale{axis.low(), axis.high(), placing.plot_begin, plot_end_of(chart)};
  const int bottom = top + placing.pitch * static_cast<int>(chart.lines.size());
  Drawing drawing;
  draw_axis(drawing, axis, scale, bottom, chart);
  draw_lines(drawing, chart, scale);
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

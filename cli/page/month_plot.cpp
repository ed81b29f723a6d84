#include "cli/page/month_plot.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "cli/page/markup.h"

namespace accrue {

namespace {

constexpr int top = 30;
constexpr int least_height = 280;
constexpr int label_pitch = 38;  // two lines of text
constexpr int most_steps = 6;
constexpr int most_months_marked = 8;
constexpr int dash_count = 4;

/// From one marked month to the next.
int months_apart(int month_count) {
  int step = 1;
  for (const int months : {1, 2, 3, 6, 12, 24, 60, 120}) {
    step = months;
    if (month_count <= step * most_months_marked) break;
  }
  return step;
}

std::vector<Point> points_of(const std::vector<MonthValue>& values, const MonthPlot& plot) {
  std::vector<Point> points;
  points.push_back({plot.x(values.front().month.first_day()), plot.y(values.front().value)});
  for (const MonthValue& value : values) {
    const Date begin = value.month.first_day();
    const Date middle{begin.days + (value.month.next().first_day().days - begin.days) / 2};
    points.push_back({plot.x(middle), plot.y(value.value)});
  }
  points.push_back(
      {plot.x(values.back().month.next().first_day()), plot.y(values.back().value)});
  return points;
}

std::string path_through(const std::vector<Point>& points) {
  std::string data;
  for (const Point point : points) {
    data += fmt::format("{}{} {}", data.empty() ? 'M' : 'L', point.x, point.y);
  }
  return data;
}

}  // namespace

std::string line_through(const std::vector<MonthValue>& values, const MonthPlot& plot) {
  return path_through(points_of(values, plot));
}

std::string area_between(const std::vector<MonthValue>& lower, const std::vector<MonthValue>& upper,
                         const MonthPlot& plot) {
  std::vector<Point> around = points_of(lower, plot);
  const std::vector<Point> back = points_of(upper, plot);
  around.insert(around.end(), back.rbegin(), back.rend());
  return path_through(around) + "Z";
}

MonthPlot make_month_plot(PeriodRange months, const Decimal& low, const Decimal& high,
                          std::size_t label_count) {
  Axis axis = nice_axis(low, high, most_steps);
  const int height = std::max(least_height, label_pitch * static_cast<int>(label_count));
  const Scale across{Decimal::from_integer(months.first.first_day().days),
                     Decimal::from_integer(months.last.next().first_day().days),
                     month_plot_begin, month_plot_end};
  const Scale up{axis.low(), axis.high(), top + height, top};
  return {months, std::move(axis), across, up};
}

void draw_month_axes(Drawing& drawing, const MonthPlot& plot, const std::string& unit) {
  for (const Decimal& tick : plot.axis.ticks) {
    const int y = plot.y(tick);
    drawing.line({month_plot_begin, y}, {month_plot_end, y}, tick.is_zero() ? "zero" : "grid");
    drawing.text({month_plot_begin - 8, y + 4}, TextAnchor::end, tick_label(plot.axis, tick),
                 "tick");
  }
  drawing.text({month_plot_begin - 8, top - 16}, TextAnchor::end, cut(unit, 7), "tick");
  const int step = months_apart(plot.months.month_count());
  const int bottom = plot.bottom();
  for (Period period = plot.months.first; period <= plot.months.last;
       period = Period{period.months + step}) {
    const int x = plot.x(period.first_day());
    drawing.line({x, bottom}, {x, bottom + 5}, "grid");
    drawing.text({x, bottom + 19}, TextAnchor::start, period.to_string(), "tick");
  }
}

std::string line_style(std::size_t number) {
  return fmt::format("step s{} d{}", number % color_count + 1, number % dash_count);
}

void draw_end_labels(Drawing& drawing, const MonthPlot& plot, std::vector<EndLabel> labels) {
  std::ranges::stable_sort(labels, {}, &EndLabel::end_y);
  std::vector<int> wanted;
  for (const EndLabel& label : labels) wanted.push_back(label.end_y);
  const std::vector<int> places = spread(wanted, label_pitch, plot.up.end, plot.up.begin);
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const EndLabel& label = labels[i];
    const int y = places[i];
    drawing.path(fmt::format("M{} {}L{} {}", month_plot_end + 3, label.end_y, end_label_begin - 8,
                             y),
                 "link");
    drawing.path(fmt::format("M{} {}h26", end_label_begin, y - 4), label.style);
    drawing.text({end_label_begin + 34, y}, TextAnchor::start, cut(label.name, 28), "name");
    drawing.text({end_label_begin, y + 15}, TextAnchor::start, label.last_word, "tick");
  }
}

void draw_footnote(Drawing& drawing, const MonthPlot& plot, std::string_view text) {
  drawing.text({month_plot_begin, plot.bottom() + 40}, TextAnchor::start, text, "tick");
}

}  // namespace accrue

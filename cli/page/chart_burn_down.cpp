#include <algorithm>
#include <set>
#include <string>

#include <fmt/format.h>

#include "cli/page/axis.h"
#include "cli/page/bars.h"
#include "cli/page/burn_down_lines.h"
#include "cli/page/charts.h"
#include "cli/page/markup.h"
#include "cli/render_text.h"

namespace accrue {

namespace {

constexpr int top = 30;
constexpr int plot_begin = 70;
constexpr int plot_end = 650;
constexpr int label_begin = 684;
constexpr int least_height = 280;
constexpr int label_pitch = 38;  // two lines of text
constexpr int most_steps = 6;
constexpr int most_months_marked = 8;
constexpr int dash_count = 4;
constexpr int date_width = 70;
constexpr int date_height = 13;

/// The days of the axis: the months of the lines, and expiries that lie not too far behind them.
struct DaySpan {
  Period first;
  Period last;

  Date end() const { return last.next().first_day(); }
};

DaySpan span_of(const std::vector<FaceLine>& lines) {
  DaySpan span{lines.front().months.front().period, lines.front().months.front().period};
  for (const FaceLine& line : lines) {
    span.first = std::min(span.first, line.months.front().period);
    span.last = std::max(span.last, line.months.back().period);
  }
  constexpr int least_look_ahead = 24;  // months
  const int look_ahead = std::max(span.last.months - span.first.months + 1, least_look_ahead);
  const Period latest{span.last.months + look_ahead};
  for (const FaceLine& line : lines) {
    if (!line.expires_on) continue;
    const Period expiry = Period::of(*line.expires_on);
    if (expiry <= latest) span.last = std::max(span.last, expiry);
  }
  return span;
}

/// The pixels of days and of amounts.
struct Plot {
  DaySpan days;
  Axis axis;
  Scale across;
  Scale up;

  int x(Date day) const { return across.at(Decimal::from_integer(day.days)); }
  int y(const Decimal& amount) const { return up.at(amount); }
};

Plot plot_of(const std::vector<FaceLine>& lines) {
  const DaySpan days = span_of(lines);
  Decimal low;
  Decimal high;
  for (const FaceLine& line : lines) {
    for (const FacePoint& point : steps_of(line)) {
      low = std::min(low, point.left);
      high = std::max(high, point.left);
    }
  }
  Axis axis = nice_axis(low, high, most_steps);
  const int height = std::max(least_height, label_pitch * static_cast<int>(lines.size()));
  const Scale across{Decimal::from_integer(days.first.first_day().days),
                     Decimal::from_integer(days.end().days), plot_begin, plot_end};
  const Scale up{axis.low(), axis.high(), top + height, top};
  return {days, std::move(axis), across, up};
}

void draw_face_axes(Drawing& drawing, const Plot& plot, const std::string& currency) {
  for (const Decimal& tick : plot.axis.ticks) {
    const int y = plot.y(tick);
    drawing.line({plot_begin, y}, {plot_end, y}, tick.is_zero() ? "zero" : "grid");
    drawing.text({plot_begin - 8, y + 4}, TextAnchor::end, tick_label(plot.axis, tick), "tick");
  }
  drawing.text({plot_begin - 8, top - 16}, TextAnchor::end, currency, "tick");
  const int months = plot.days.last.months - plot.days.first.months + 1;
  int step = 1;
  for (const int months_apart : {1, 2, 3, 6, 12, 24, 60, 120}) {
    step = months_apart;
    if (months <= step * most_months_marked) break;
  }
  const int bottom = plot.up.begin;
  for (Period period = plot.days.first; period <= plot.days.last;
       period = Period{period.months + step}) {
    const int x = plot.x(period.first_day());
    drawing.line({x, bottom}, {x, bottom + 5}, "grid");
    drawing.text({x, bottom + 19}, TextAnchor::start, period.to_string(), "tick");
  }
}

std::string line_style(std::size_t number) {
  return fmt::format("step s{} d{}", number % color_count + 1, number % dash_count);
}

/// The way of a line: what is left holds until the next point.
std::string step_path(const std::vector<FacePoint>& points, const Plot& plot) {
  std::string data = fmt::format("M{} {}", plot.x(points.front().day), plot.y(points.front().left));
  for (std::size_t i = 1; i < points.size(); ++i) {
    data += fmt::format("H{}V{}", plot.x(points[i].day), plot.y(points[i].left));
  }
  return data;
}

/// Dates at the marks of expiries: one that would cover another goes above it.
class ExpiryMarks {
 public:
  void draw(Drawing& drawing, Point at, const std::string& date) {
    drawing.path(fmt::format("M{} {}l6 -6l6 6l-6 6z", at.x - 6, at.y), "expiry");
    const int x = std::min(std::max(at.x, plot_begin + date_width / 2), plot_end);
    Point text{x, at.y - 10};
    while (std::ranges::any_of(taken_, [&](Point other) {
      return std::abs(other.x - text.x) < date_width && std::abs(other.y - text.y) < date_height;
    })) {
      text.y -= date_height;
    }
    taken_.push_back(text);
    drawing.text(text, TextAnchor::middle, date, "date");
  }

 private:
  std::vector<Point> taken_;
};

/// A grant's last word, and what it says of its expiry.
std::string last_word(const FaceLine& line, const Plot& plot) {
  const std::string left = figure_text(line.months.back().closing, true);
  if (!line.expires_on) return left + ", no expiry";
  const bool is_marked = *line.expires_on <= plot.days.end();
  return left + ", expires " + line.expires_on->to_string() + (is_marked ? "" : " (later)");
}

void draw_end_labels(Drawing& drawing, const std::vector<FaceLine>& lines, const Plot& plot) {
  std::vector<std::size_t> order(lines.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto end_of = [&](std::size_t i) { return plot.y(lines[i].months.back().closing.value); };
  std::ranges::stable_sort(order, {}, end_of);
  std::vector<int> wanted;
  for (const std::size_t i : order) wanted.push_back(end_of(i));
  const std::vector<int> places = spread(wanted, label_pitch, plot.up.end, plot.up.begin);
  for (std::size_t k = 0; k < order.size(); ++k) {
    const std::size_t i = order[k];
    const int y = places[k];
    drawing.path(fmt::format("M{} {}L{} {}", plot_end + 3, wanted[k], label_begin - 8, y), "link");
    drawing.path(fmt::format("M{} {}h26", label_begin, y - 4), line_style(i));
    drawing.text({label_begin + 34, y}, TextAnchor::start, cut(lines[i].grant, 28), "name");
    drawing.text({label_begin, y + 15}, TextAnchor::start, last_word(lines[i], plot), "tick");
  }
}

std::string finding_of(const std::vector<FaceLine>& lines) {
  std::string finding;
  for (const FaceLine& line : lines) {
    finding += (finding.empty() ? "" : "; ") + cut(line.grant, 40) + " has " +
               figure_text(line.months.back().closing, true) + " " + line.currency +
               " left at the end of " + line.months.back().period.to_string();
    if (line.expires_on) finding += " and expires " + line.expires_on->to_string();
  }
  return finding + ".";
}

Chart burn_down_chart(const std::vector<FaceLine>& lines) {
  const std::string& currency = lines.front().currency;
  const Plot plot = plot_of(lines);
  Drawing drawing;
  draw_face_axes(drawing, plot, cut(currency, 7));
  ExpiryMarks marks;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const FaceLine& line = lines[i];
    drawing.path(step_path(steps_of(line), plot), line_style(i));
    if (const std::optional<FacePoint> expiry = expiry_of(line)) {
      marks.draw(drawing, {plot.x(expiry->day), plot.y(expiry->left)}, expiry->day.to_string());
      continue;
    }
    const FaceMonth& last = line.months.back();
    const Date known_until = last.period.next().first_day();
    const int y = plot.y(last.closing.value);
    const bool is_over = line.expires_on && *line.expires_on < known_until;
    if (is_over || last.closing.value.is_zero()) continue;
    const bool is_marked = line.expires_on && *line.expires_on <= plot.days.end();
    const int end = is_marked ? plot.x(*line.expires_on) : plot_end;
    drawing.path(fmt::format("M{} {}H{}", plot.x(known_until), y, end), "ahead");
    if (is_marked) marks.draw(drawing, {end, y}, line.expires_on->to_string());
  }
  draw_end_labels(drawing, lines, plot);
  drawing.text({plot_begin, plot.up.begin + 40}, TextAnchor::start,
               "dotted: what is left after the last month; diamond: its expiry", "tick");
  return {"Credits left, " + currency, finding_of(lines), drawing.markup(), plot.up.begin + 50};
}

}  // namespace

std::vector<Chart> burn_down_charts(const Report& report) {
  const std::vector<FaceLine> lines = face_lines_of(report);
  std::set<std::string> currencies;
  for (const FaceLine& line : lines) currencies.insert(line.currency);
  std::vector<Chart> charts;
  for (const std::string& currency : currencies) {
    std::vector<FaceLine> of_currency;
    std::ranges::copy_if(lines, std::back_inserter(of_currency),
                         [&](const FaceLine& line) { return line.currency == currency; });
    charts.push_back(burn_down_chart(of_currency));
  }
  return charts;
}

}  // namespace accrue

#include <algorithm>
#include <set>
#include <string>

#include <fmt/format.h>

#include "cli/page/burn_down_lines.h"
#include "cli/page/charts.h"
#include "cli/page/markup.h"
#include "cli/page/month_plot.h"
#include "cli/render_text.h"

namespace accrue {

namespace {

constexpr int date_width = 70;
constexpr int date_height = 13;

/// The months of the axis: those of the lines, and expiries that lie not too far behind them.
PeriodRange span_of(const std::vector<FaceLine>& lines) {
  PeriodRange span{lines.front().months.front().period, lines.front().months.front().period};
  for (const FaceLine& line : lines) {
    span.first = std::min(span.first, line.months.front().period);
    span.last = std::max(span.last, line.months.back().period);
  }
  constexpr int least_look_ahead = 24;  // months
  const int look_ahead = std::max(span.month_count(), least_look_ahead);
  const Period latest{span.last.months + look_ahead};
  for (const FaceLine& line : lines) {
    if (!line.expires_on) continue;
    const Period expiry = Period::of(*line.expires_on);
    if (expiry <= latest) span.last = std::max(span.last, expiry);
  }
  return span;
}

MonthPlot plot_of(const std::vector<FaceLine>& lines) {
  Decimal low;
  Decimal high;
  for (const FaceLine& line : lines) {
    for (const FacePoint& point : steps_of(line)) {
      low = std::min(low, point.left);
      high = std::max(high, point.left);
    }
  }
  return make_month_plot(span_of(lines), low, high, lines.size());
}

/// The way of a line: what is left holds until the next point.
std::string step_path(const std::vector<FacePoint>& points, const MonthPlot& plot) {
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
    const int x = std::min(std::max(at.x, month_plot_begin + date_width / 2), month_plot_end);
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
std::string last_word(const FaceLine& line, const MonthPlot& plot) {
  const std::string left = figure_text(line.months.back().closing, true);
  if (!line.expires_on) return left + ", no expiry";
  const bool is_marked = *line.expires_on <= plot.end();
  return left + ", expires " + line.expires_on->to_string() + (is_marked ? "" : " (later)");
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

std::vector<EndLabel> labels_of(const std::vector<FaceLine>& lines, const MonthPlot& plot) {
  std::vector<EndLabel> labels;
  for (const FaceLine& line : lines) {
    labels.push_back({plot.y(line.months.back().closing.value), line_style(labels.size()),
                      line.grant, last_word(line, plot)});
  }
  return labels;
}

Chart burn_down_chart(const std::vector<FaceLine>& lines) {
  const std::string& currency = lines.front().currency;
  const MonthPlot plot = plot_of(lines);
  Drawing drawing;
  draw_month_axes(drawing, plot, currency);
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
    const bool is_marked = line.expires_on && *line.expires_on <= plot.end();
    const int end = is_marked ? plot.x(*line.expires_on) : month_plot_end;
    drawing.path(fmt::format("M{} {}H{}", plot.x(known_until), y, end), "ahead");
    if (is_marked) marks.draw(drawing, {end, y}, line.expires_on->to_string());
  }
  draw_end_labels(drawing, plot, labels_of(lines, plot));
  draw_footnote(drawing, plot, "dotted: what is left after the last month; diamond: its expiry");
  return {"Credits left, " + currency, finding_of(lines), drawing.markup(),
          height_with_footnote(plot)};
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

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "accounting/report/cells.h"
#include "cli/page/assumed_months.h"
#include "cli/page/charts.h"
#include "cli/page/month_plot.h"
#include "cli/render_text.h"

namespace accrue {

namespace {

/// A column of percentiles: "p5" is 5.
struct Percentile {
  int percent = 0;
  std::string column;
};

std::vector<Percentile> percentiles_of(const Report& report) {
  std::vector<Percentile> percentiles;
  for (const Column& column : report.columns) {
    const std::string_view name{column.name};
    if (!name.starts_with('p')) continue;
    int percent = 0;
    const auto [end, error] =
        std::from_chars(name.data() + 1, name.data() + name.size(), percent);
    const bool is_whole = error == std::errc{} && end == name.data() + name.size();
    if (is_whole && percent > 0 && percent < 100) percentiles.push_back({percent, column.name});
  }
  std::ranges::sort(percentiles, {}, &Percentile::percent);
  return percentiles;
}

/// What a fan is drawn from: a wide band, a narrow one, and the middle, where the report has them.
struct Fan {
  std::vector<Percentile> lines;  ///< from the lowest to the highest
  /// Between the first line and the last, then between those inside of them.
  std::size_t band_count = 0;
};

Fan fan_of(const std::vector<Percentile>& percentiles) {
  std::vector<Percentile> below;
  std::vector<Percentile> middle;
  std::vector<Percentile> above;
  for (const Percentile& one : percentiles) {
    (one.percent < 50 ? below : one.percent > 50 ? above : middle).push_back(one);
  }
  Fan fan;
  if (!below.empty() && !above.empty()) {
    const bool has_two = below.size() > 1 && above.size() > 1;
    fan.band_count = has_two ? 2 : 1;
    fan.lines = {below.front()};
    if (has_two) fan.lines.push_back(below.back());
    fan.lines.insert(fan.lines.end(), middle.begin(), middle.end());
    if (has_two) fan.lines.push_back(above.front());
    fan.lines.push_back(above.back());
  } else {
    fan.lines = middle;
  }
  return fan;
}

/// The figures of one measure: by line of the fan, then by month.
struct FanValues {
  std::vector<std::vector<MonthValue>> lines;
  std::vector<Figure> last;
};

/// Months in which a figure is not known are left out.
FanValues values_of(const Report& report, const Fan& fan, std::string_view measure) {
  FanValues values{std::vector<std::vector<MonthValue>>(fan.lines.size()), {}};
  const std::string subject = subject_of_all(report);
  for (const Row& row : report.rows) {
    if (text_in(report, row, "measure") != measure) continue;
    if (text_in(report, row, "investee") != subject) continue;
    const Result<Period> period = Period::parse(text_in(report, row, "period"));
    if (!period.ok()) continue;
    std::vector<Figure> figures;
    for (const Percentile& line : fan.lines) {
      const Figure* const figure = figure_in(report, row, line.column);
      if (figure != nullptr) figures.push_back(*figure);
    }
    if (figures.size() != fan.lines.size()) continue;
    for (std::size_t i = 0; i < figures.size(); ++i) {
      values.lines[i].push_back({*period, figures[i].value});
    }
    values.last = std::move(figures);
  }
  return values;
}

MonthPlot plot_of(const FanValues& values) {
  Decimal low;
  Decimal high;
  for (const std::vector<MonthValue>& line : values.lines) {
    for (const MonthValue& point : line) {
      low = std::min(low, point.value);
      high = std::max(high, point.value);
    }
  }
  const std::vector<MonthValue>& months = values.lines.front();
  return make_month_plot({months.front().month, months.back().month}, low, high,
                         values.lines.size());
}

/// The middle is whole, the inner pair dashed, the outer one dotted.
std::string style_of(const Percentile& line, std::size_t number, const Fan& fan) {
  if (line.percent == 50) return "step s1";
  const bool is_outer = number == 0 || number + 1 == fan.lines.size();
  return is_outer ? "step edge s1 d2" : "step edge s1 d1";
}

void draw_fan(Drawing& drawing, const MonthPlot& plot, const Fan& fan, const FanValues& values) {
  for (std::size_t band = 0; band < fan.band_count; ++band) {
    drawing.path(area_between(values.lines[band], values.lines[values.lines.size() - 1 - band],
                              plot),
                 "band");
  }
  std::vector<EndLabel> labels;
  for (std::size_t i = 0; i < fan.lines.size(); ++i) {
    const std::string style = style_of(fan.lines[i], i, fan);
    drawing.path(line_through(values.lines[i], plot), style);
    labels.push_back({plot.y(values.lines[i].back().value), style,
                      fmt::format("P{}", fan.lines[i].percent), figure_text(values.last[i], true)});
  }
  // From the top down: of equal figures the higher percentile first.
  std::ranges::reverse(labels);
  draw_end_labels(drawing, plot, std::move(labels));
}

std::string finding_of(const Fan& fan, const FanValues& values, const std::string& unit) {
  std::string text;
  for (std::size_t i = 0; i < fan.lines.size(); ++i) {
    text += fmt::format("{}P{} {}", i == 0 ? "" : ", ", fan.lines[i].percent,
                        figure_text(values.last[i], true));
  }
  const std::string month = values.lines.front().back().month.to_string();
  const int lowest = fan.lines.front().percent;
  return fmt::format("In {}: {}{}{}. P{}: in {} of 100 simulated paths or more it is no higher.", month,
                     text, unit.empty() ? "" : " ", unit, lowest, lowest);
}

struct FannedMeasure {
  std::string_view name;
  std::string_view title;
  bool is_money;  ///< else it is a face, whose currency is that of the credits
};

constexpr std::array fanned_measures{
    FannedMeasure{"revenue", "Revenue by month, simulated and not booked", true},
    FannedMeasure{"liability", "Contract liability at the end of a month, simulated and not booked",
                  true},
    FannedMeasure{"left", "Credits left at face at the end of a month, simulated and not booked",
                  false},
};

}  // namespace

std::vector<Chart> scenario_fan_charts(const Report& report) {
  if (!has_columns(report, {"period", "measure", "investee"})) return {};
  const Fan fan = fan_of(percentiles_of(report));
  if (fan.lines.empty()) return {};
  std::vector<Chart> charts;
  for (const FannedMeasure& measure : fanned_measures) {
    const FanValues values = values_of(report, fan, measure.name);
    if (values.last.empty()) continue;
    const MonthPlot plot = plot_of(values);
    const std::string unit = measure.is_money ? report.currency : "";
    Drawing drawing;
    draw_month_axes(drawing, plot, measure.is_money ? unit : "face");
    draw_fan(drawing, plot, fan, values);
    draw_footnote(drawing, plot,
                  "assumed, not booked; the percentiles of each month by itself, no single path");
    charts.push_back({std::string{measure.title}, finding_of(fan, values, unit), drawing.markup(),
                      height_with_footnote(plot)});
  }
  return charts;
}

}  // namespace accrue

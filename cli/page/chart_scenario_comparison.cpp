#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "accounting/report/cells.h"
#include "cli/page/charts.h"
#include "cli/page/level_bars.h"
#include "cli/page/markup.h"
#include "cli/page/month_plot.h"
#include "cli/render_text.h"

namespace accrue {

namespace {

constexpr std::string_view total_name = "total";

/// A figure of a scenario, month by month, and its total.
struct ScenarioLine {
  std::vector<MonthValue> months;
  std::optional<Figure> total;
  std::optional<Figure> difference;  ///< of the total, to the first scenario
};

/// By name, in the order of the report.
using ScenarioLines = std::vector<std::pair<std::string, ScenarioLine>>;

/// Those with months.
ScenarioLines lines_of(const Report& report) {
  ScenarioLines lines;
  for (const Row& row : report.rows) {
    const Figure* const revenue = figure_in(report, row, "revenue");
    if (revenue == nullptr) continue;
    const std::string name = text_in(report, row, "scenario");
    if (lines.empty() || lines.back().first != name) lines.push_back({name, {}});
    ScenarioLine& line = lines.back().second;
    const std::string period = text_in(report, row, "period");
    if (period == total_name) {
      line.total = *revenue;
      if (const Figure* const other = figure_in(report, row, "difference")) {
        line.difference = *other;
      }
    }
    const Result<Period> month = Period::parse(period);
    if (month.ok()) line.months.push_back({*month, revenue->value});
  }
  std::erase_if(lines, [](const auto& line) { return line.second.months.empty(); });
  return lines;
}

std::string total_text(const ScenarioLine& line) {
  return line.total ? figure_text(*line.total, true) : std::string{};
}

std::string finding_of(const ScenarioLines& lines, const std::string& currency) {
  std::string finding;
  for (const auto& [name, line] : lines) {
    finding += (finding.empty() ? "In all months: " : ", ") + cut(name, 40) + " " +
               total_text(line);
    if (line.difference && !line.difference->value.is_zero()) {
      finding += " (" + std::string{line.difference->value.sign() > 0 ? "+" : ""} +
                 figure_text(*line.difference, true) + ")";
    }
  }
  return finding + " " + currency + ". In brackets: the difference to the first scenario.";
}

MonthPlot plot_of(const ScenarioLines& lines) {
  const Period begin = lines.front().second.months.front().month;
  PeriodRange months{begin, begin};
  Decimal low;
  Decimal high;
  for (const auto& [name, line] : lines) {
    for (const MonthValue& value : line.months) {
      months.first = std::min(months.first, value.month);
      months.last = std::max(months.last, value.month);
      low = std::min(low, value.value);
      high = std::max(high, value.value);
    }
  }
  return make_month_plot(months, low, high, lines.size());
}

struct Cause {
  const char* name;
  Paint paint;
};

constexpr std::array causes{Cause{"price", {1, 1}}, Cause{"volume", {3, 2}},
                            Cause{"timing", {5, 3}}, Cause{"breakage", {2, 4}},
                            Cause{"other", {4, 6}}};

std::optional<Chart> bridge_chart(const Report& report, const Row& row) {
  const Figure* const first = figure_in(report, row, "first");
  const Figure* const revenue = figure_in(report, row, "revenue");
  if (first == nullptr || revenue == nullptr) return std::nullopt;
  const std::string name = cut(text_in(report, row, "scenario"), 40);
  std::vector<Movement> movements;
  for (const Cause& cause : causes) {
    const Figure* const figure = figure_in(report, row, cause.name);
    if (figure != nullptr) movements.push_back({cause.name, *figure, cause.paint});
  }
  const DrawnBars drawn = draw_bars(
      level_bars({"First scenario", *first}, movements, {name, *revenue}, report.currency));
  return Chart{"From the first scenario's revenue to that of " + name + ", assumed and not booked",
               "It goes from " + figure_text(*first, true) + " to " + figure_text(*revenue, true) +
                   " " + report.currency + ": " + told(movements) + ".",
               drawn.markup, drawn.height};
}

}  // namespace

std::vector<Chart> scenario_comparison_chart(const Report& report) {
  if (!has_columns(report, {"scenario", "period", "revenue", "difference"})) return {};
  const ScenarioLines lines = lines_of(report);
  if (lines.empty()) return {};
  const MonthPlot plot = plot_of(lines);
  Drawing drawing;
  draw_month_axes(drawing, plot, report.currency);
  std::vector<EndLabel> labels;
  for (const auto& [name, line] : lines) {
    const std::string style = line_style(labels.size());
    drawing.path(line_through(line.months, plot), style);
    labels.push_back({plot.y(line.months.back().value), style, name,
                      line.total ? total_text(line) + " in all" : std::string{}});
  }
  draw_end_labels(drawing, plot, std::move(labels));
  draw_footnote(drawing, plot,
                "assumed, not booked; each figure stands in the middle of its month");
  return {{"Revenue by month and scenario, assumed and not booked",
           finding_of(lines, report.currency), drawing.markup(), height_with_footnote(plot)}};
}

std::vector<Chart> scenario_bridge_charts(const Report& report) {
  if (!has_columns(report, {"scenario", "period", "first", "price", "volume", "timing", "breakage",
                            "other", "revenue"})) {
    return {};
  }
  std::vector<Chart> charts;
  for (const Row& row : report.rows) {
    if (text_in(report, row, "period") != total_name) continue;
    if (std::optional<Chart> chart = bridge_chart(report, row)) charts.push_back(std::move(*chart));
  }
  return charts;
}

}  // namespace accrue

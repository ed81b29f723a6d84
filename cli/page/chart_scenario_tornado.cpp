#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "accounting/report/cells.h"
#include "cli/page/bars.h"
#include "cli/page/charts.h"
#include "cli/page/markup.h"
#include "cli/render_text.h"

namespace accrue {

namespace {

constexpr Paint low_paint{2, 2};
constexpr Paint high_paint{1, 1};
constexpr std::size_t most_lines = 20;

Decimal distance(const BarSegment& segment) {
  return segment.to.sign() < 0 ? -segment.to : segment.to;
}

/// What the figure is measured in, where its kind says so.
std::string unit_of(const Report& report, const Figure& figure) {
  switch (figure.measure) {
    case Measure::money: return report.currency;
    case Measure::percent: return "points";
    case Measure::number:
    case Measure::amount: break;
  }
  return {};
}

std::string text_of(const Figure* figure) {
  return figure == nullptr ? "none" : figure_text(*figure, true);
}

/// From the base to either end; where both go one way the longer lies below the shorter.
std::vector<BarSegment> segments_of(const Figure* low, const Figure* high, const Figure& base) {
  std::vector<BarSegment> segments;
  if (low != nullptr) segments.push_back({Decimal{}, low->value - base.value, low_paint});
  if (high != nullptr) segments.push_back({Decimal{}, high->value - base.value, high_paint});
  std::ranges::stable_sort(segments, std::ranges::greater{}, distance);
  return segments;
}

}  // namespace

std::vector<Chart> scenario_tornado_chart(const Report& report) {
  if (!has_columns(report, {"key", "low", "high", "at_low", "at_high"})) return {};
  const Figure* const base = total_figure(report, "at_base");
  if (base == nullptr || report.rows.empty()) return {};
  const std::string base_text = figure_text(*base, true);
  BarChart bars{.lines = {},
                .legend = {{low_paint, "at the lower end", ""},
                           {high_paint, "at the upper end", ""}},
                .mark = MarkedValue{Decimal{}, "as the scenario says: " + base_text},
                .unit = unit_of(report, *base),
                .names = BarNames::above};
  std::string finding;
  for (const Row& row : report.rows) {
    if (bars.lines.size() == most_lines) break;
    const Figure* const at_low = figure_in(report, row, "at_low");
    const Figure* const at_high = figure_in(report, row, "at_high");
    const std::string range =
        fmt::format("{} to {}", text_of(figure_in(report, row, "low")),
                    text_of(figure_in(report, row, "high")));
    const std::string key = text_in(report, row, "key");
    const std::string value = text_of(at_low) + " to " + text_of(at_high);
    if (finding.empty()) {
      finding = fmt::format("It is {}{}{} as the scenario says. {}, from {}, takes it from {}.",
                            base_text, bars.unit.empty() ? "" : " ", bars.unit, cut(key, 60),
                            range, value);
    }
    bars.lines.push_back({cut(key, 60) + ", " + range, value, segments_of(at_low, at_high, *base)});
  }
  if (bars.lines.size() < report.rows.size()) {
    finding += fmt::format(" Shown are the first {} of {}.", most_lines, report.rows.size());
  }
  const DrawnBars drawn = draw_bars(bars);
  return {{"What moves the figure most, one at a time, assumed and not booked", finding,
           drawn.markup, drawn.height}};
}

}  // namespace accrue

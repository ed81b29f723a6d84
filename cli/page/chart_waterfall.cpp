#include <algorithm>
#include <map>
#include <string>

#include "cli/page/bars.h"
#include "accounting/report/cells.h"
#include "cli/page/charts.h"
#include "cli/render_text.h"
#include "ledger/time/period.h"

namespace accrue {

namespace {

struct MonthOfRevenue {
  Figure usage;
  Figure breakage;

  Figure sum() const {
    return {usage.value + breakage.value, std::max(usage.digits, breakage.digits)};
  }
};

void add(Figure& sum, const Figure* part) {
  if (part == nullptr) return;
  sum.value += part->value;
  sum.digits = std::max(sum.digits, part->digits);
}

constexpr Paint usage_paint{3, 1};
constexpr Paint breakage_paint{2, 2};

/// Breakage stands on usage of the same sign; of opposite signs each goes its own way from zero.
std::vector<BarSegment> stacked(const MonthOfRevenue& month) {
  const bool is_opposite = month.usage.value.sign() * month.breakage.value.sign() < 0;
  const Decimal base = is_opposite ? Decimal{} : month.usage.value;
  std::vector<BarSegment> segments{{Decimal{}, month.usage.value, usage_paint}};
  if (!month.breakage.value.is_zero()) {
    segments.push_back({base, base + month.breakage.value, breakage_paint});
  }
  return segments;
}

}  // namespace

std::vector<Chart> waterfall_chart(const Report& report) {
  if (!has_columns(report, {"recognised_in", "usage", "breakage"})) return {};
  std::map<Period, MonthOfRevenue> months;
  MonthOfRevenue all;
  for (const Row& row : report.rows) {
    // "before 2026-04" and "remaining" are no months.
    const Result<Period> period = Period::parse(text_in(report, row, "recognised_in"));
    if (!period.ok()) continue;
    for (MonthOfRevenue* const sum : {&months[period.value()], &all}) {
      add(sum->usage, figure_in(report, row, "usage"));
      add(sum->breakage, figure_in(report, row, "breakage"));
    }
  }
  if (months.empty()) return {};
  const std::string usage = figure_text(all.usage, true);
  const std::string breakage = figure_text(all.breakage, true);
  BarChart bars{.lines = {},
                .legend = {{usage_paint, "usage, all months", usage},
                           {breakage_paint, "breakage, all months", breakage}},
                .unit = report.currency};
  for (const auto& [period, month] : months) {
    bars.lines.push_back({period.to_string(), figure_text(month.sum(), true), stacked(month)});
  }
  const DrawnBars drawn = draw_bars(bars);
  return {{"Revenue from credits by the month of its recognition",
           figure_text(all.sum(), true) + " " + report.currency + " was recognised: usage " +
               usage + ", breakage " + breakage + ".",
           drawn.markup, drawn.height}};
}

}  // namespace accrue

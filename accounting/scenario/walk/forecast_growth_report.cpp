#include <map>

#include "accounting/posting/view.h"
#include "accounting/report/cells.h"
#include "accounting/report/frame.h"
#include "accounting/report/ref.h"
#include "accounting/scenario/walk/forecast_reports.h"
#include "accounting/scenario/walk/segment_growth.h"

namespace accrue {

namespace {

/// Revenue of investees that would not be there otherwise, now and a year before.
struct Incremental {
  Decimal current;
  Decimal year_ago;
};

/// Rows of the growth report, by investee, weighted by what the scenario says of each.
Incremental incremental_part(const Report& growth,
                             const std::map<std::string, Decimal>& percent) {
  Incremental part;
  const auto weighted = [](const Decimal& value, const Decimal& of_hundred) {
    return Decimal::from_units(Int256{Int1024{value.units()} * Int1024{of_hundred.units()} /
                                      (Int1024{power_of_ten(Decimal::fraction_digits)} * 100)});
  };
  for (const Row& row : growth.rows) {
    const auto found = percent.find(text_in(growth, row, "investee"));
    if (found == percent.end()) continue;
    if (const Figure* now = figure_in(growth, row, "current")) {
      part.current += weighted(now->value, found->second);
    }
    if (const Figure* before = figure_in(growth, row, "year_ago")) {
      part.year_ago += weighted(before->value, found->second);
    }
  }
  return part;
}

Cell cell_of(const Report& report, std::string_view total) {
  const Figure* figure = total_figure(report, total);
  return figure == nullptr ? Cell{} : Cell{*figure};
}

}  // namespace

Result<Report> forecast_growth_report(const Scenario& scenario, const Forecast& forecast) {
  const BookView view = book_at_end(forecast);
  Report report = start_report(view, "scenario-growth",
                               "Growth of the segment, with and without investees",
                               forecast.months);
  report.columns = {{"segment", ColumnKind::key},
                    {"basis", ColumnKind::key},
                    {"range", ColumnKind::key},
                    {"revenue", ColumnKind::figure, 2},
                    {"year_ago", ColumnKind::figure, 3},
                    {"growth_pct", ColumnKind::figure},
                    {"investees_contribution_pp", ColumnKind::figure, 4},
                    {"investees_share_of_growth_pct", ColumnKind::figure, 5},
                    {"growth_without_incremental_pct", ColumnKind::figure},
                    {"growth_without_investees_pct", ColumnKind::figure},
                    {"ref", ColumnKind::text, 9}};
  std::map<std::string, Decimal> percent;
  for (const Drawdown& drawdown : scenario.drawdowns) {
    if (drawdown.incremental_percent && !drawdown.investee.empty()) {
      percent[drawdown.investee] = *drawdown.incremental_percent;
    }
  }
  for (const GrowthSpan& span : forecast.growth) {
    ACCRUE_TRY(growth, growth_in_span(view, span));
    Cell between;
    const Figure* now = total_figure(growth, "revenue_current");
    const Figure* before = total_figure(growth, "revenue_year_ago");
    if (!percent.empty() && now != nullptr && before != nullptr) {
      const Incremental part = incremental_part(growth, percent);
      const Decimal base = before->value - part.year_ago;
      if (base.sign() > 0) {
        between = percent_figure(now->value - part.current - base, base);
      }
    }
    report.rows.push_back({span.segment, span.basis, to_text(span.range),
                           cell_of(growth, "revenue_current"), cell_of(growth, "revenue_year_ago"),
                           cell_of(growth, "growth_pct"),
                           cell_of(growth, "investees_contribution_pp"),
                           cell_of(growth, "investees_share_of_growth_pct"), between,
                           cell_of(growth, "growth_without_investees_pct"),
                           make_ref({"scenario-growth", span.segment, span.basis,
                                     to_text(span.range)})});
  }
  sort_rows(report);
  mark_assumed(report, scenario, forecast);
  for (const auto& [investee, part] : percent) {
    report.notes.push_back(part.to_string() + "% of what " + investee +
                           " uses is assumed not to be there otherwise");
  }
  return report;
}

}  // namespace accrue

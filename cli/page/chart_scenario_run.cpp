#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "cli/page/assumed_months.h"
#include "cli/page/charts.h"
#include "cli/page/month_plot.h"
#include "cli/render_text.h"

namespace accrue {

namespace {

struct RevenuePart {
  const char* label;
  Figure AssumedMonth::*figure;
  Paint paint;
};

constexpr std::array revenue_parts{
    RevenuePart{"paid with credits", &AssumedMonth::credit_revenue, {3, 1}},
    RevenuePart{"paid in cash", &AssumedMonth::cash_revenue, {1, 4}},
    RevenuePart{"breakage", &AssumedMonth::breakage, {2, 2}},
};

/// A part of a month's column.
struct ColumnPart {
  Decimal from;
  Decimal to;
  Paint paint;
};

/// One on another from zero; what is below zero hangs down.
std::vector<ColumnPart> stacked(const AssumedMonth& month) {
  std::vector<ColumnPart> parts;
  Decimal up;
  Decimal down;
  for (const RevenuePart& part : revenue_parts) {
    const Decimal& value = (month.*part.figure).value;
    if (value.is_zero()) continue;
    Decimal& end = value.sign() > 0 ? up : down;
    parts.push_back({end, end + value, part.paint});
    end += value;
  }
  return parts;
}

PeriodRange span_of(const std::vector<AssumedMonth>& months) {
  return {months.front().period, months.back().period};
}

void draw_columns(Drawing& drawing, const MonthPlot& plot,
                  const std::vector<AssumedMonth>& months) {
  for (const AssumedMonth& month : months) {
    const int begin = plot.x(month.period.first_day()) + 1;
    const int end = std::max(plot.x(month.period.next().first_day()) - 1, begin + 1);
    for (const ColumnPart& part : stacked(month)) {
      drawing.bar({begin, plot.y(part.from)}, {end, plot.y(part.to)}, part.paint);
    }
  }
}

/// Beside the columns, in the order in which they stand on one another.
void draw_key(Drawing& drawing, const std::vector<AssumedMonth>& months) {
  constexpr int pitch = 44;
  int y = 60;
  for (auto part = revenue_parts.rbegin(); part != revenue_parts.rend(); ++part) {
    drawing.bar({end_label_begin, y - 11}, {end_label_begin + 22, y + 1}, part->paint);
    drawing.text({end_label_begin + 32, y}, TextAnchor::start, part->label, "name");
    drawing.text({end_label_begin + 32, y + 17}, TextAnchor::start,
                 figure_text(sum_of(months, part->figure), true), "value");
    y += pitch;
  }
}

Chart revenue_chart(const std::vector<AssumedMonth>& months, const std::string& currency) {
  Decimal low;
  Decimal high;
  for (const AssumedMonth& month : months) {
    for (const ColumnPart& part : stacked(month)) {
      low = std::min(low, part.to);
      high = std::max(high, part.to);
    }
  }
  const MonthPlot plot = make_month_plot(span_of(months), low, high, 0);
  Drawing drawing;
  draw_month_axes(drawing, plot, currency);
  draw_columns(drawing, plot, months);
  draw_key(drawing, months);
  draw_footnote(drawing, plot, "assumed, not booked; at the side: all months");
  std::string parts;
  for (const RevenuePart& part : revenue_parts) {
    parts += (parts.empty() ? "" : ", ") + std::string{part.label} + " " +
             figure_text(sum_of(months, part.figure), true);
  }
  return {"Revenue by month, assumed and not booked",
          figure_text(sum_of(months, &AssumedMonth::revenue), true) + " " + currency + " from " +
              months.front().period.to_string() + " to " + months.back().period.to_string() +
              ": " + parts + ".",
          drawing.markup(), height_with_footnote(plot)};
}

std::string face_finding(const std::vector<AssumedMonth>& months) {
  const auto at_end_of = [](const AssumedMonth& month) {
    return figure_text(month.face_left, true) + " at the end of " + month.period.to_string();
  };
  std::string finding = at_end_of(months.front());
  if (months.size() > 1) finding += ", " + at_end_of(months.back());
  const std::optional<Period> none = none_left_from(months);
  return finding + (none ? "; none are left from the end of " + none->to_string() + " on." : ".");
}

Chart face_chart(const std::vector<AssumedMonth>& months) {
  Decimal low;
  Decimal high;
  std::vector<MonthValue> values;
  for (const AssumedMonth& month : months) {
    low = std::min(low, month.face_left.value);
    high = std::max(high, month.face_left.value);
    values.push_back({month.period, month.face_left.value});
  }
  const MonthPlot plot = make_month_plot(span_of(months), low, high, 1);
  Drawing drawing;
  draw_month_axes(drawing, plot, "face");
  const std::string style = line_style(0);
  drawing.path(line_through(values, plot), style);
  draw_end_labels(drawing, plot,
                  {{plot.y(values.back().value), style, "credits left",
                    figure_text(months.back().face_left, true)}});
  draw_footnote(drawing, plot,
                "assumed, not booked; in the middle of a month: what is left at its end");
  return {"Credits left at face, assumed and not booked", face_finding(months), drawing.markup(),
          height_with_footnote(plot)};
}

}  // namespace

std::vector<Chart> scenario_run_charts(const Report& report) {
  const std::vector<AssumedMonth> months = assumed_months_of(report);
  if (months.empty()) return {};
  return {revenue_chart(months, report.currency), face_chart(months)};
}

}  // namespace accrue

#pragma once

#include <string>
#include <vector>

#include "cli/page/axis.h"
#include "cli/page/svg.h"
#include "ledger/number/decimal.h"
#include "ledger/time/period.h"

namespace accrue {

/// Amounts over months: days across, amounts up, room for names and figures on the right.
struct MonthPlot {
  PeriodRange months;
  Axis axis;
  Scale across;
  Scale up;

  /// The first day behind the axis.
  Date end() const { return months.last.next().first_day(); }
  int x(Date day) const { return across.at(Decimal::from_integer(day.days)); }
  int y(const Decimal& amount) const { return up.at(amount); }
  int bottom() const { return up.begin; }
};

/// A figure of a month, such as its revenue or what is left at its end.
struct MonthValue {
  Period month;
  Decimal value;
};

/// The way of a line through figures of months, which are in order and not none: each stands in
/// the middle of its month; the first and the last hold to the outer ends of theirs.
std::string line_through(const std::vector<MonthValue>& values, const MonthPlot& plot);

/// What lies between two such lines of the same months.
std::string area_between(const std::vector<MonthValue>& lower, const std::vector<MonthValue>& upper,
                         const MonthPlot& plot);

inline constexpr int month_plot_begin = 70;
inline constexpr int month_plot_end = 650;
inline constexpr int end_label_begin = 684;

/// A plot that holds `low`, `high` and zero, high enough for `label_count` labels on the right.
MonthPlot make_month_plot(PeriodRange months, const Decimal& low, const Decimal& high,
                          std::size_t label_count);

/// The grid, the ticks of both axes and the unit, of which seven characters are shown.
void draw_month_axes(Drawing& drawing, const MonthPlot& plot, const std::string& unit);

/// What a line is told from others by: its colour and its dashes.
std::string line_style(std::size_t number);

/// What stands on the right of a line that ends at `end_y`: a piece of it, its name, and below
/// them its last word.
struct EndLabel {
  int end_y = 0;
  std::string style;
  std::string name;
  std::string last_word;
};

/// In the order of their ends, none covering another.
void draw_end_labels(Drawing& drawing, const MonthPlot& plot, std::vector<EndLabel> labels);

/// A line below the axis of months.
void draw_footnote(Drawing& drawing, const MonthPlot& plot, std::string_view text);

/// The height of a drawing that ends with its footnote.
inline int height_with_footnote(const MonthPlot& plot) { return plot.bottom() + 50; }

}  // namespace accrue

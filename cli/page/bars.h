#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/page/svg.h"
#include "ledger/number/decimal.h"

namespace accrue {

/// From one value to another along the axis.
struct BarSegment {
  Decimal from;
  Decimal to;
  Paint paint;
};

/// How far a value may be off, such as by its standard error.
struct ErrorSpan {
  Decimal from;
  Decimal to;
};

/// A line of the chart: its name on the left, its segments, its value in figures on the right.
struct BarLine {
  std::string label;
  std::string value;
  std::vector<BarSegment> segments;
  /// Where the next line starts from: a thin rule leads down to it.
  std::optional<Decimal> leads_on = {};
  std::optional<ErrorSpan> error = {};
};

struct LegendItem {
  Paint paint;
  std::string label;
  std::string value;
};

/// A value that a rule across the chart marks.
struct MarkedValue {
  Decimal value;
  std::string label;
};

/// Where the names stand: beside their bars 24 columns of them are shown, above them 100.
enum class BarNames { beside, above };

/// Bars that lie side by side, so that names and figures of any length have their place.
struct BarChart {
  std::vector<BarLine> lines;
  std::vector<LegendItem> legend = {};
  std::optional<MarkedValue> mark = {};
  std::string unit = {};  ///< of the axis: "USD", "%"
  BarNames names = BarNames::beside;
};

struct DrawnBars {
  std::string markup;
  int height = 0;
};

inline constexpr int chart_width = 960;

/// Drawn `chart_width` wide.
DrawnBars draw_bars(const BarChart& chart);

}  // namespace accrue

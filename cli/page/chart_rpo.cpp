#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <string>
#include <utility>

#include "accounting/report/cells.h"
#include "cli/page/bars.h"
#include "cli/page/charts.h"
#include "cli/render_text.h"

namespace accrue {

namespace {

constexpr std::string_view over = "over ";
constexpr std::string_view undated = "undated";

/// Where a band stands in time: by the month it begins with, what is open at its end behind it, and
/// what has no date last.
std::pair<int, int> place_of(std::string_view band) {
  if (band == undated) return {std::numeric_limits<int>::max(), 1};
  const bool is_open = band.starts_with(over);
  const std::string_view number = is_open ? band.substr(over.size()) : band;
  int months = 0;
  std::from_chars(number.data(), number.data() + number.size(), months);
  return {months, is_open ? 1 : 0};
}

/// "0-12" is "within 12 months", "13-24" "13 to 24 months".
std::string label_of(const std::string& band) {
  const std::size_t dash = band.find('-');
  if (dash == std::string::npos) return band == undated ? band : band + " months";
  const std::string end = band.substr(dash + 1) + " months";
  return band.starts_with("0-") ? "within " + end : band.substr(0, dash) + " to " + end;
}

/// Grey is for what has no date.
Paint paint_of(std::string_view band, std::size_t number) {
  constexpr Paint paints[] = {{1, 0}, {6, 1}, {3, 2}, {2, 3}, {4, 4}, {5, 5}, {7, 6}};
  return band == undated ? Paint{0, 6} : paints[number % std::size(paints)];
}

/// The amount of each band, in the order of time.
std::map<std::pair<int, int>, std::pair<std::string, Figure>> sums_of(const Report& report) {
  std::map<std::pair<int, int>, std::pair<std::string, Figure>> sums;
  for (const Row& row : report.rows) {
    const Figure* const amount = figure_in(report, row, "amount");
    const std::string band = text_in(report, row, "band");
    if (amount == nullptr || band.empty()) continue;
    auto& [name, sum] = sums[place_of(band)];
    name = band;
    sum.value += amount->value;
    sum.digits = std::max(sum.digits, amount->digits);
  }
  return sums;
}

}  // namespace

std::vector<Chart> rpo_chart(const Report& report) {
  if (!has_columns(report, {"band", "amount"})) return {};
  BarChart bars{.lines = {}, .unit = report.currency};
  BarLine line{"Not yet recognised", "", {}};
  Figure total;
  std::string finding;
  for (const auto& [place, named_sum] : sums_of(report)) {
    const std::string& band = named_sum.first;
    const Figure& sum = named_sum.second;
    const Decimal next = total.value + sum.value;
    const Paint paint = paint_of(band, line.segments.size());
    line.segments.push_back({total.value, next, paint});
    const std::string text = figure_text(sum, true);
    bars.legend.push_back({paint, label_of(band), text});
    finding += (finding.empty() ? "" : ", ") + label_of(band) + " " + text;
    total.value = next;
    total.digits = std::max(total.digits, sum.digits);
  }
  if (line.segments.empty()) return {};
  line.value = figure_text(total, true);
  finding = "Of " + line.value + " " + report.currency + ": " + finding + ".";
  bars.lines.push_back(std::move(line));
  const DrawnBars drawn = draw_bars(bars);
  return {{"When the price not yet recognised is expected to be revenue", finding, drawn.markup,
           drawn.height}};
}

}  // namespace accrue

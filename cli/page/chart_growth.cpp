#include <algorithm>
#include <map>
#include <string>

#include <fmt/format.h>

#include "cli/page/axis.h"
#include "cli/page/bars.h"
#include "accounting/report/cells.h"
#include "cli/page/charts.h"
#include "cli/page/markup.h"
#include "cli/render_text.h"

namespace accrue {

namespace {

constexpr int top = 20;
constexpr int column_begin = 90;
constexpr int column_end = 290;
constexpr int label_begin = 340;
constexpr int points_end = 700;
constexpr int least_height = 300;
constexpr int label_pitch = 20;
constexpr int most_steps = 7;

struct Contribution {
  std::string label;
  Figure points;
  Paint paint;
  Decimal from = {};
  Decimal to = {};
};

/// The funding decides the pattern, the investee the colour: told apart in grey too.
int pattern_of(const std::string& funding) {
  if (funding == "credits") return 1;
  if (funding == "breakage") return 2;
  return funding == "cash" ? 4 : 0;
}

/// Of the rest first, so that the investees stand on it; nothing of what contributes nothing.
std::vector<Contribution> contributions_of(const Report& report) {
  std::vector<Contribution> parts;
  std::map<std::string, int> color_of;
  for (const Row& row : report.rows) {
    const Figure* const points = figure_in(report, row, "contribution_pp");
    if (points == nullptr || is_total(row) || points->value.is_zero()) continue;
    const std::string investee = text_in(report, row, "investee");
    const std::string funding = text_in(report, row, "funding");
    if (funding.empty()) {
      parts.insert(parts.begin(), {"All other revenue", *points, Paint{}});
      continue;
    }
    const int color =
        color_of.emplace(investee, static_cast<int>(color_of.size()) + 1).first->second;
    parts.push_back({cut(investee, 40) + ", " + funding, *points, {color, pattern_of(funding)}});
  }
  Decimal up;
  Decimal down;
  for (Contribution& part : parts) {
    Decimal& end = part.points.value.sign() > 0 ? up : down;
    part.from = end;
    end += part.points.value;
    part.to = end;
  }
  return parts;
}

void draw_points_axis(Drawing& drawing, const Axis& axis, const Scale& scale) {
  for (const Decimal& tick : axis.ticks) {
    const int y = scale.at(tick);
    drawing.line({column_begin - 20, y}, {column_end + 20, y}, tick.is_zero() ? "zero" : "grid");
    drawing.text({column_begin - 28, y + 4}, TextAnchor::end, tick_label(axis, tick), "tick");
  }
}

/// Beside the column, from the top down, no two closer than a line.
void draw_labels(Drawing& drawing, std::vector<Contribution> parts, const Scale& scale) {
  const auto middle = [&](const Contribution& part) {
    return (scale.at(part.from) + scale.at(part.to)) / 2;
  };
  std::stable_sort(parts.begin(), parts.end(), [&](const Contribution& a, const Contribution& b) {
    return middle(a) < middle(b);
  });
  std::vector<int> wanted;
  for (const Contribution& part : parts) wanted.push_back(middle(part));
  const std::vector<int> places = spread(wanted, label_pitch, scale.end, scale.begin);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const int y = places[i];
    drawing.path(
        fmt::format("M{} {}L{} {}H{}", column_end, wanted[i], column_end + 32, y, label_begin - 6),
        "link");
    drawing.text({label_begin, y + 4}, TextAnchor::start, parts[i].label);
    drawing.text({points_end, y + 4}, TextAnchor::end, figure_text(parts[i].points, true), "value");
  }
}

std::string finding_of(const Report& report) {
  const auto say = [&](std::string_view before, std::string_view total, std::string_view after) {
    const Figure* const figure = total_figure(report, total);
    return figure == nullptr ? std::string{}
                             : fmt::format("{}{}{}", before, figure_text(*figure, true), after);
  };
  return say("Growth is ", "growth_pct", "%") +
         say("; investees contribute ", "investees_contribution_pp", " points of it") +
         say("; without them it is ", "growth_without_investees_pct", "%") + ".";
}

}  // namespace

std::vector<Chart> growth_chart(const Report& report) {
  if (!has_columns(report, {"investee", "funding", "contribution_pp"})) return {};
  const std::vector<Contribution> parts = contributions_of(report);
  if (parts.empty()) return {};
  Decimal low;
  Decimal high;
  for (const Contribution& part : parts) {
    low = std::min(low, part.to);
    high = std::max(high, part.to);
  }
  const Axis axis = nice_axis(low, high, most_steps);
  const int height = std::max(least_height, label_pitch * static_cast<int>(parts.size()));
  const Scale scale{axis.low(), axis.high(), top + height, top};
  Drawing drawing;
  draw_points_axis(drawing, axis, scale);
  for (const Contribution& part : parts) {
    drawing.bar({column_begin, scale.at(part.from)}, {column_end, scale.at(part.to)}, part.paint);
  }
  draw_labels(drawing, parts, scale);
  drawing.text({column_begin - 28, top + height + 26}, TextAnchor::start,
               "points of growth; rising hatch: credits, dots: breakage, lines: cash", "tick");
  return {{"What growth is made of", finding_of(report), drawing.markup(), top + height + 36}};
}

}  // namespace accrue

#include "cli/page/summary.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "cli/page/cells.h"
#include "cli/page/markup.h"
#include "cli/render_text.h"

namespace accrue {

namespace {

const Report* report_named(const std::vector<Report>& reports, std::string_view name) {
  const auto found = std::ranges::find(reports, name, &Report::name);
  return found == reports.end() ? nullptr : &*found;
}

std::string signed_text(const Figure& figure) {
  return (figure.value.sign() > 0 ? "+" : "") + figure_text(figure, true);
}

/// "+5.00 against 10.00 a year ago"; nothing where either end is not known.
std::string change_text(const Figure* now, const Figure* before, std::string_view when) {
  if (now == nullptr || before == nullptr) return {};
  const Figure change{now->value - before->value, std::max(now->digits, before->digits)};
  return fmt::format("{} against {} {}", signed_text(change), figure_text(*before, true), when);
}

std::string card(std::string_view label, const std::string& figure, std::string_view unit,
                 const std::string& change) {
  return fmt::format(
      "<div><dt>{}{}{}</dt><dd class=\"big\">{}</dd><dd class=\"change\">{}</dd></div>\n", label,
      unit.empty() ? "" : ", ", escaped(unit), figure, escaped(change));
}

std::string revenue_card(const Report* period, const Report* growth) {
  const Figure* const revenue = period == nullptr ? nullptr : total_figure(*period, "revenue");
  if (revenue == nullptr) return {};
  std::string change;
  if (growth != nullptr) {
    // Only of the same revenue: growth may be of another range or count it another way.
    const Figure* const current = total_figure(*growth, "investees_current");
    const bool is_same = current != nullptr && current->value == revenue->value &&
                         growth->currency == period->currency;
    if (is_same) {
      change = change_text(revenue, total_figure(*growth, "investees_year_ago"), "a year ago");
    }
  }
  return card("Revenue from investees", figure_text(*revenue, true), period->currency, change);
}

std::string liability_card(const Report* rollforward) {
  const Figure* const closing =
      rollforward == nullptr ? nullptr : total_figure(*rollforward, "closing");
  if (closing == nullptr) return {};
  return card("Contract liability at the end", figure_text(*closing, true), rollforward->currency,
              change_text(closing, total_figure(*rollforward, "opening"), "at the opening"));
}

std::string credits_card(const Report* rollforward) {
  const Figure* const left =
      rollforward == nullptr ? nullptr : total_figure(*rollforward, "face_closing");
  if (left == nullptr) return {};
  const Cell* const currency = total_in(*rollforward, "face_currency");
  const auto* const unit = currency == nullptr ? nullptr : std::get_if<std::string>(currency);
  return card("Credits left, at face", figure_text(*left, true), unit == nullptr ? "" : *unit,
              change_text(left, total_figure(*rollforward, "face_opening"), "at the opening"));
}

std::string growth_card(const Report* growth) {
  const Figure* const with = growth == nullptr ? nullptr : total_figure(*growth, "growth_pct");
  if (with == nullptr) return {};
  const Figure* const without = total_figure(*growth, "growth_without_investees_pct");
  return card("Growth of the segment", figure_text(*with, true), "%",
              without == nullptr ? "without investees: not known"
                                 : figure_text(*without, true) + "% without investees");
}

}  // namespace

std::string summary_markup(const std::vector<Report>& reports) {
  const Report* const rollforward = report_named(reports, "rollforward");
  const Report* const growth = report_named(reports, "growth");
  const std::string cards = revenue_card(report_named(reports, "period"), growth) +
                            liability_card(rollforward) + credits_card(rollforward) +
                            growth_card(growth);
  if (cards.empty()) return {};
  return "<section class=\"summary\" aria-label=\"Key figures\">\n<dl>\n" + cards +
         "</dl>\n</section>\n";
}

}  // namespace accrue

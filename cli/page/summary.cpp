#include "cli/page/summary.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "accounting/report/cells.h"
#include "cli/page/assumed_months.h"
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

/// Growth in the last range, where the scenario has it of one segment only.
std::string assumed_growth_card(const Report* growth) {
  if (growth == nullptr || growth->rows.empty()) return {};
  const Row& last = growth->rows.back();
  const bool is_one = std::ranges::all_of(growth->rows, [&](const Row& row) {
    return text_in(*growth, row, "segment") == text_in(*growth, last, "segment") &&
           text_in(*growth, row, "basis") == text_in(*growth, last, "basis");
  });
  if (!is_one || !has_columns(*growth, {"growth_pct", "growth_without_investees_pct"})) return {};
  const Figure* const with = figure_in(*growth, last, "growth_pct");
  const Figure* const without = figure_in(*growth, last, "growth_without_investees_pct");
  if (with == nullptr || without == nullptr) return {};
  return card("Growth of the segment, assumed", figure_text(*with, true), "%",
              fmt::format("{}% without investees, in {}", figure_text(*without, true),
                          cut(text_in(*growth, last, "range"), 40)));
}

std::string assumed_cards(const Report& run, const Report* growth) {
  const std::vector<AssumedMonth> months = assumed_months_of(run);
  if (months.empty()) return {};
  const auto sum = [&](Figure AssumedMonth::*figure) {
    return figure_text(sum_of(months, figure), true);
  };
  const AssumedMonth& last = months.back();
  const std::string at_end = "at the end of " + last.period.to_string();
  const std::optional<Period> none = none_left_from(months);
  return card("Revenue from investees, assumed", sum(&AssumedMonth::revenue), run.currency,
              fmt::format("credits {}, cash {}, breakage {}", sum(&AssumedMonth::credit_revenue),
                          sum(&AssumedMonth::cash_revenue), sum(&AssumedMonth::breakage))) +
         card("Contract liability, assumed", figure_text(last.liability, true), run.currency,
              at_end) +
         card("Credits left, at face, assumed", figure_text(last.face_left, true), "",
              none ? "none from the end of " + none->to_string() + " on" : at_end) +
         assumed_growth_card(growth);
}

std::string cards_of(const std::vector<Report>& reports) {
  if (reports.empty()) return {};
  if (reports.front().name == "scenario-run") {
    return assumed_cards(reports.front(), report_named(reports, "scenario-growth"));
  }
  // One report says what it holds by itself.
  if (reports.size() == 1) return {};
  const Report* const rollforward = report_named(reports, "rollforward");
  const Report* const growth = report_named(reports, "growth");
  return revenue_card(report_named(reports, "period"), growth) + liability_card(rollforward) +
         credits_card(rollforward) + growth_card(growth);
}

}  // namespace

std::string summary_markup(const std::vector<Report>& reports) {
  const std::string cards = cards_of(reports);
  if (cards.empty()) return {};
  return "<section class=\"summary\" aria-label=\"Key figures\">\n<dl>\n" + cards +
         "</dl>\n</section>\n";
}

}  // namespace accrue

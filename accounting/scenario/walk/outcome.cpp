#include "accounting/scenario/walk/outcome.h"

#include <algorithm>
#include <array>
#include <vector>

#include "accounting/report/cells.h"
#include "accounting/report/ref.h"
#include "accounting/scenario/walk/forecast_reports.h"
#include "accounting/scenario/walk/segment_growth.h"

namespace accrue {

namespace {

struct NamedFigure {
  ForecastFigure figure;
  std::string_view name;
};
constexpr std::array figure_names{
    NamedFigure{ForecastFigure::revenue, "revenue"},
    NamedFigure{ForecastFigure::credit_revenue, "credit_revenue"},
    NamedFigure{ForecastFigure::cash_revenue, "cash_revenue"},
    NamedFigure{ForecastFigure::breakage, "breakage"},
    NamedFigure{ForecastFigure::liability, "liability"},
    NamedFigure{ForecastFigure::left, "left"},
    NamedFigure{ForecastFigure::growth, "growth"},
    NamedFigure{ForecastFigure::growth_without_investees, "growth_without_investees"},
    NamedFigure{ForecastFigure::run_out, "run_out"},
};

std::optional<Decimal> run_out_of(const Forecast& forecast, const OutcomeTarget& target) {
  for (const RunOut& out : forecast.run_outs) {
    if (target.investee && out.investee != *target.investee) continue;
    return Decimal::from_integer(Period::of(out.on).months - forecast.months.first.months + 1);
  }
  return std::nullopt;
}

Result<std::optional<Decimal>> growth_figure(const Forecast& forecast,
                                             const OutcomeTarget& target) {
  std::vector<const GrowthSpan*> spans;
  for (const GrowthSpan& span : forecast.growth) {
    const bool counts = span.range == target.range &&
                        target.segment.value_or(span.segment) == span.segment &&
                        target.basis.value_or(span.basis) == span.basis;
    if (counts) spans.push_back(&span);
  }
  if (spans.size() > 1) {
    return Error{.code = ErrorCode::usage,
                 .message = "there are " + std::to_string(spans.size()) + " series for " +
                            to_text(target.range),
                 .hint = "choose one: --segment '" + spans.front()->segment + "' --basis '" +
                         spans.front()->basis + "'"};
  }
  if (spans.empty()) {
    return Error{.code = ErrorCode::nothing_to_report,
                 .message = "no segment revenue is known or assumed for " +
                            to_text(target.range) + " with the year before",
                 .hint = "assume its growth: [[segment]] growth_of_others = \"8%\""};
  }
  ACCRUE_TRY(growth, growth_in_span(book_at_end(forecast), *spans.front()));
  const Figure* figure = total_figure(growth, target.figure == ForecastFigure::growth
                                                  ? "growth_pct"
                                                  : "growth_without_investees_pct");
  if (figure == nullptr) return std::optional<Decimal>{};
  return std::optional{figure->value};
}

std::int64_t minor_units_of(const ForecastMonth& month, ForecastFigure figure) {
  switch (figure) {
    case ForecastFigure::revenue: return month.revenue();
    case ForecastFigure::credit_revenue: return month.credit_revenue;
    case ForecastFigure::cash_revenue: return month.cash_revenue;
    case ForecastFigure::breakage: return month.breakage;
    case ForecastFigure::liability: return month.liability;
    case ForecastFigure::left:
    case ForecastFigure::growth:
    case ForecastFigure::growth_without_investees:
    case ForecastFigure::run_out: return 0;
  }
  return 0;
}

}  // namespace

std::string_view to_string(ForecastFigure figure) {
  return std::find_if(figure_names.begin(), figure_names.end(),
                      [&](const NamedFigure& named) { return named.figure == figure; })
      ->name;
}

std::optional<ForecastFigure> forecast_figure_named(std::string_view name) {
  const auto found = std::find_if(figure_names.begin(), figure_names.end(),
                                  [&](const NamedFigure& named) { return named.name == name; });
  if (found == figure_names.end()) return std::nullopt;
  return found->figure;
}

Result<std::optional<Decimal>> figure_of(const Forecast& forecast, const OutcomeTarget& target) {
  if (target.investee && !forecast.by_investee.contains(*target.investee)) {
    return Error{.code = ErrorCode::unknown_id,
                 .message = "no investee '" + *target.investee + "'",
                 .hint = "see accrue investment list"};
  }
  if (target.figure == ForecastFigure::run_out) return run_out_of(forecast, target);
  if (!forecast.months.contains(target.range.first) ||
      !forecast.months.contains(target.range.last)) {
    return Error{.code = ErrorCode::bad_period,
                 .message = to_text(target.range) + " is not in the forecast, " +
                            to_text(forecast.months)};
  }
  if (target.figure == ForecastFigure::growth ||
      target.figure == ForecastFigure::growth_without_investees) {
    return growth_figure(forecast, target);
  }
  const std::vector<ForecastMonth>& months =
      target.investee ? forecast.by_investee.at(*target.investee) : forecast.by_month;
  const int first = target.range.first.months - forecast.months.first.months;
  const int last = target.range.last.months - forecast.months.first.months;
  if (target.figure == ForecastFigure::left) {
    return std::optional{months[static_cast<std::size_t>(last)].left};
  }
  std::int64_t sum = 0;
  const bool is_balance = target.figure == ForecastFigure::liability;
  for (int month = is_balance ? last : first; month <= last; ++month) {
    sum += minor_units_of(months[static_cast<std::size_t>(month)], target.figure);
  }
  return std::optional{
      Decimal::from_scaled(sum, forecast.books.state().functional().minor_digits())};
}

}  // namespace accrue

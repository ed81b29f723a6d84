#include "accounting/scenario/questions/walks.h"

#include <utility>

#include "accounting/report/frame.h"
#include "accounting/report/ref.h"

namespace accrue {

Outcome outcome_of(const Walk& walk, const OutcomeTarget& target) {
  return [walk, target](const Varied& varied) -> Result<std::optional<Decimal>> {
    ACCRUE_TRY(forecast, walk(varied.scenario, varied.shocks));
    return figure_of(forecast, target);
  };
}

Report start_scenario_report(const Forecast& forecast, std::string name, std::string title) {
  const BookState& state = forecast.books.state();
  Report report;
  report.name = std::move(name);
  report.title = std::move(title);
  report.book_id = state.opened.book_id;
  report.book_name = state.opened.name;
  report.period = forecast.months;
  report.currency = std::string{state.functional().code()};
  return report;
}

Cell outcome_cell(ForecastFigure figure, const std::optional<Decimal>& value,
                  const Forecast& of) {
  if (!value) return {};
  switch (figure) {
    case ForecastFigure::revenue:
    case ForecastFigure::credit_revenue:
    case ForecastFigure::cash_revenue:
    case ForecastFigure::breakage:
    case ForecastFigure::liability: return money_figure(of.books.state(), *value);
    case ForecastFigure::left: return face_cell(*value, of);
    case ForecastFigure::growth:
    case ForecastFigure::growth_without_investees: return Figure{*value, 2, Measure::percent};
    case ForecastFigure::run_out: return Figure{*value, 0, Measure::number};
  }
  return {};
}

Cell face_cell(const Decimal& value, const Forecast& of) {
  return of.face_currency ? Cell{exact_figure(value, *of.face_currency)} : Cell{};
}

std::string to_string(const OutcomeTarget& target) {
  const std::string figure = std::string{to_string(target.figure)} +
                             (target.investee ? " of " + *target.investee : "");
  if (target.figure == ForecastFigure::run_out) return figure;
  return figure + " in " + to_text(target.range);
}

}  // namespace accrue

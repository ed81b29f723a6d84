#include "accounting/scenario/questions/walks.h"

#include <string>

#include <doctest/doctest.h>

#include "accounting/scenario/questions/month_cells.h"
#include "tests/scenario/assumed.h"

namespace accrue::testing {

namespace {

/// 1,000 of credits, 100 of them used in March: 900 are left.
SampleBook one_month() {
  SampleBook book;
  book.add_deal({.id = "T1", .investee = "Lunar", .signed_on = "2024-03-01", .face = "1000"});
  book.import_usage({{"Lunar", "2024-03-31", "100"}});
  book.close("2024-03");
  return book;
}

Scenario hundred_a_month(int months = 3) {
  Scenario scenario = bare_scenario(months);
  scenario.drawdowns = {drawdown_of("Lunar", TrailingCurve{1})};
  return scenario;
}

/// "12.30 money"; "nothing".
std::string told(const Cell& cell) {
  const auto* const figure = std::get_if<Figure>(&cell);
  if (figure == nullptr) return "nothing";
  const char* const measures[] = {"number", "money", "amount", "percent"};
  return figure->value.to_string(figure->digits) + " " +
         measures[static_cast<std::size_t>(figure->measure)];
}

}  // namespace

TEST_CASE("walks: a figure has the digits of what it is") {
  const SampleBook book = one_month();
  Forecast forecast = walked(book, hundred_a_month());
  // Credits of another currency than the book's, and of one without cents.
  forecast.face_currency = Currency::from_code("JPY").value();
  using Of = ForecastFigure;
  struct Row {
    ForecastFigure figure;
    const char* told;
  };
  const Row rows[] = {
      {Of::revenue, "12.00 money"},      {Of::credit_revenue, "12.00 money"},
      {Of::cash_revenue, "12.00 money"}, {Of::breakage, "12.00 money"},
      {Of::liability, "12.00 money"},    {Of::left, "12 amount"},
      {Of::growth, "12.00 percent"},     {Of::growth_without_investees, "12.00 percent"},
      {Of::run_out, "12 number"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string{to_string(row.figure)});
    CHECK(told(outcome_cell(row.figure, decimal_of("12"), forecast)) == row.told);
    CHECK(told(outcome_cell(row.figure, std::nullopt, forecast)) == "nothing");
  }
  forecast.face_currency = std::nullopt;
  CHECK(told(face_cell(decimal_of("12"), forecast)) == "nothing");
}

TEST_CASE("walks: a target says what, whose and when; credits run out whenever they do") {
  const PeriodRange quarter = range_of("2024-Q2");
  CHECK(to_string(OutcomeTarget{ForecastFigure::revenue, std::nullopt, quarter}) ==
        "revenue in 2024-Q2");
  CHECK(to_string(OutcomeTarget{ForecastFigure::liability, "Lunar", quarter}) ==
        "liability of Lunar in 2024-Q2");
  CHECK(to_string(OutcomeTarget{ForecastFigure::run_out, "Lunar", quarter}) == "run_out of Lunar");
}

TEST_CASE("walks: an outcome is of the scenario and of the shocks, and of its own range") {
  const SampleBook book = one_month();
  const StartingBook start = starting_book(book.store(), FromNow{}).value();
  const Walk walk_it = [&](const Scenario& scenario, const Shocks& shocks) {
    return walk(scenario, start, shocks);
  };
  const Outcome revenue = outcome_of(
      walk_it, {ForecastFigure::revenue, std::nullopt, range_of("2024-04..2024-05")});
  Varied varied{hundred_a_month(), {}};
  CHECK(revenue(varied).value()->to_string(2) == "200.00");
  // Three times as much in April and May.
  varied.shocks.volume["Lunar"] = {decimal_of("3")};
  CHECK(revenue(varied).value()->to_string(2) == "600.00");
  // 900 last to June, of 450 a month to May.
  varied.shocks.volume["Lunar"] = {decimal_of("4.5")};
  CHECK(revenue(varied).value()->to_string(2) == "900.00");
  const Outcome run_out = outcome_of(walk_it, {ForecastFigure::run_out, "Lunar", {}});
  CHECK(run_out(varied).value()->to_string() == "2");
  CHECK_FALSE(run_out({hundred_a_month(), {}}).value());
}

TEST_CASE("walks: a report of a forecast says whose it is and of which months") {
  const SampleBook book = one_month();
  const Forecast forecast = walked(book, hundred_a_month());
  const Report report = start_scenario_report(forecast, "scenario-x", "X");
  CHECK(report.name == "scenario-x");
  CHECK(report.title == "X");
  CHECK(report.period == range_of("2024-Q2"));
  CHECK(report.currency == "USD");
  CHECK(report.book_id == book.view().state.opened.book_id);
  CHECK(report.book_name == book.view().state.opened.name);
}

TEST_CASE("walks: the columns of a month hold what they say, and revenue is their sum") {
  const Forecast forecast = walked(one_month(), hundred_a_month());
  ForecastMonth month{};
  month.credit_revenue = 100;
  month.cash_revenue = 20;
  month.breakage = 3;
  month.liability = 4000;
  month.left = decimal_of("50");
  std::string line;
  const std::vector<Cell> cells = month_cells(month, forecast);
  const std::vector<Column> columns = month_columns();
  REQUIRE(cells.size() == columns.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    line += columns[i].name + " " + told(cells[i]) + "; ";
  }
  CHECK(line ==
        "revenue 1.23 money; credit_revenue 1.00 money; cash_revenue 0.20 money; "
        "breakage 0.03 money; liability 40.00 money; face_left 50.00 amount; ");
  CHECK(month_sum().column == "revenue");
  CHECK(month_sum().of == std::vector<std::string>{"credit_revenue", "cash_revenue", "breakage"});
}

}  // namespace accrue::testing

#include "tests/scenario/assumed.h"

#include <doctest/doctest.h>

namespace accrue::testing {

namespace {

Currency usd() { return Currency::from_code("USD").value(); }

std::string cents(std::int64_t minor_units) {
  return Money::from_minor(minor_units, usd()).to_string();
}

}  // namespace

Scenario bare_scenario(int months) {
  Scenario scenario;
  scenario.name = "what-if";
  scenario.start = FromNow{};
  scenario.months = months;
  scenario.file = "what-if.toml";
  scenario.sha256 = std::string(64, '0');
  return scenario;
}

Drawdown drawdown_of(std::string_view investee, Curve curve, AfterExhaustion after) {
  Drawdown drawdown;
  drawdown.name = std::string{investee};
  drawdown.investee = std::string{investee};
  drawdown.curve = std::move(curve);
  drawdown.after = std::move(after);
  return drawdown;
}

Decimal decimal_of(std::string_view text) { return Decimal::parse(text).value(); }
Amount dollars(std::string_view text) { return {decimal_of(text), usd()}; }

Forecast walked(const SampleBook& book, const Scenario& scenario, const Shocks& shocks) {
  Result<StartingBook> start = starting_book(book.store(), scenario.start);
  if (!start.ok()) FAIL(start.error().message);
  Result<Forecast> forecast = walk(scenario, *start, shocks);
  if (!forecast.ok()) FAIL(forecast.error().message);
  return std::move(forecast).value();
}

std::vector<std::string> revenue_of(const std::vector<ForecastMonth>& months) {
  std::vector<std::string> lines;
  for (const ForecastMonth& month : months) {
    lines.push_back(month.period.to_string() + " " + cents(month.credit_revenue) + " / " +
                    cents(month.cash_revenue) + " / " + cents(month.breakage));
  }
  return lines;
}

std::vector<std::string> liability_of(const std::vector<ForecastMonth>& months) {
  std::vector<std::string> lines;
  for (const ForecastMonth& month : months) lines.push_back(cents(month.liability));
  return lines;
}

}  // namespace accrue::testing

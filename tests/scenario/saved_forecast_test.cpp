#include "accounting/scenario/walk/saved_forecast.h"

#include <doctest/doctest.h>

#include "ledger/proof/merkle.h"
#include "tests/scenario/assumed.h"

namespace accrue::testing {

namespace {

using Lines = std::vector<std::string>;

Lines rows_of(const ForecastSaved& fact) {
  Lines lines;
  for (const ForecastRow& row : fact.rows) {
    lines.push_back(row.period.to_string() + " " + row.investee + " " +
                    (row.grant.empty() ? "cash" : row.grant) + " " + row.currency + ": " +
                    row.drawn.to_string() + ", expired " + row.expired.to_string() + "; " +
                    std::to_string(row.usage_revenue) + " + " +
                    std::to_string(row.breakage_revenue));
  }
  return lines;
}

/// 300 left at the end of March, all closed.
SampleBook first_quarter(const std::string& expires_on) {
  SampleBook book;
  book.add_deal({.id = "T1", .investee = "Lunar", .signed_on = "2024-01-01", .face = "600",
                 .expires_on = expires_on});
  book.import_usage({{"Lunar", "2024-01-31", "100"},
                     {"Lunar", "2024-02-29", "100"},
                     {"Lunar", "2024-03-31", "100"}});
  for (const char* month : {"2024-01", "2024-02", "2024-03"}) book.close(month);
  return book;
}

}  // namespace

// 150 a month of 300: April and May; all of June is paid in cash.
TEST_CASE("saved forecast: what grants are drawn and what is paid in cash, month by month") {
  const SampleBook book = first_quarter("");
  Scenario scenario = bare_scenario(3);
  scenario.drawdowns = {drawdown_of("Lunar", RampCurve{decimal_of("150"), {}, std::nullopt},
                                    PayCash{decimal_of("100")})};
  scenario.text = "months = 3\n";
  scenario.sha256 = std::string(62, '0') + "ff";
  const Forecast forecast = walked(book, scenario);
  const ForecastSaved fact = to_be_saved("plan", scenario, forecast);
  CHECK(rows_of(fact) == Lines{"2024-04 Lunar T1 USD: 150, expired 0; 15000 + 0",
                               "2024-05 Lunar T1 USD: 150, expired 0; 15000 + 0",
                               "2024-06 Lunar cash USD: 150, expired 0; 15000 + 0"});
  CHECK(fact.name == "plan");
  CHECK(fact.file == "what-if.toml");
  CHECK(fact.text == "months = 3\n");
  CHECK(to_hex(fact.sha256) == scenario.sha256);
  CHECK(to_hex(fact.start_root) == forecast.start_root);
  CHECK(fact.start_records == book.store().record_count());
  CHECK(fact.months == range_of("2024-Q2"));
}

// 100 in April, then 200 are left when it expires at the end of May; nothing is used in May.
TEST_CASE("saved forecast: what expires undrawn, in the month in which it does") {
  Scenario scenario = bare_scenario(3);
  scenario.drawdowns = {
      drawdown_of("Lunar", TableCurve{{decimal_of("100")}, TableCurve::Then::nothing})};
  CHECK(rows_of(to_be_saved("plan", scenario, walked(first_quarter("2024-06-01"), scenario))) ==
        Lines{"2024-04 Lunar T1 USD: 100, expired 0; 10000 + 0",
              "2024-05 Lunar T1 USD: 0, expired 200; 0 + 20000"});
  // Used up in April, it expires with nothing left: the row says so.
  scenario.drawdowns = {
      drawdown_of("Lunar", TableCurve{{decimal_of("300")}, TableCurve::Then::nothing})};
  CHECK(rows_of(to_be_saved("plan", scenario, walked(first_quarter("2024-06-01"), scenario))) ==
        Lines{"2024-04 Lunar T1 USD: 300, expired 0; 30000 + 0",
              "2024-05 Lunar T1 USD: 0, expired 0; 0 + 0"});
}

}  // namespace accrue::testing

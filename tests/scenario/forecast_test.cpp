#include <algorithm>

#include <doctest/doctest.h>

#include "accounting/scenario/walk/forecast_reports.h"
#include "accounting/scenario/walk/outcome.h"
#include "tests/scenario/assumed.h"

namespace accrue::testing {

namespace {

using Lines = std::vector<std::string>;

/// 1,000 of credits from January, 100 used in each of three months, all closed.
SampleBook three_months(const DealLine& deal = {.id = "T1",
                                                .investee = "Lunar",
                                                .signed_on = "2024-01-01",
                                                .face = "1000"}) {
  SampleBook book;
  book.add_deal(deal);
  book.import_usage({{"Lunar", "2024-01-31", "100"},
                     {"Lunar", "2024-02-29", "100"},
                     {"Lunar", "2024-03-31", "100"}});
  for (const char* month : {"2024-01", "2024-02", "2024-03"}) book.close(month);
  return book;
}

Lines run_outs(const Forecast& forecast) {
  Lines lines;
  for (const RunOut& out : forecast.run_outs) {
    lines.push_back(out.investee + " " + out.on.to_string() +
                    (out.until ? " until " + out.until->to_string() : ""));
  }
  return lines;
}

}  // namespace

TEST_CASE("forecast: usage goes on at the average until the credits are gone") {
  Scenario scenario = bare_scenario(9);
  scenario.drawdowns = {drawdown_of("Lunar", TrailingCurve{3})};
  const SampleBook book = three_months();
  const Forecast forecast = walked(book, scenario);
  CHECK(forecast.months.first.to_string() == "2024-04");
  CHECK(revenue_of(forecast.by_month) ==
        Lines{"2024-04 100.00 / 0.00 / 0.00", "2024-05 100.00 / 0.00 / 0.00",
              "2024-06 100.00 / 0.00 / 0.00", "2024-07 100.00 / 0.00 / 0.00",
              "2024-08 100.00 / 0.00 / 0.00", "2024-09 100.00 / 0.00 / 0.00",
              "2024-10 100.00 / 0.00 / 0.00", "2024-11 0.00 / 0.00 / 0.00",
              "2024-12 0.00 / 0.00 / 0.00"});
  CHECK(liability_of(forecast.by_month) == Lines{"600.00", "500.00", "400.00", "300.00", "200.00",
                                                 "100.00", "0.00", "0.00", "0.00"});
  CHECK(run_outs(forecast) == Lines{"Lunar 2024-10-31"});
  CHECK(forecast.by_month[6].left.to_string() == "0");
}

TEST_CASE("forecast: what follows exhaustion is cash, nothing, or another grant") {
  // 700 left; 280 a month: 280, 280, then 140 of 280 by the middle of June.
  const RampCurve curve{decimal_of("280"), decimal_of("0"), std::nullopt};
  SUBCASE("nothing") {
    Scenario scenario = bare_scenario(4);
    scenario.drawdowns = {drawdown_of("Lunar", curve)};
    const Forecast forecast = walked(three_months(), scenario);
    CHECK(revenue_of(forecast.by_month) ==
          Lines{"2024-04 280.00 / 0.00 / 0.00", "2024-05 280.00 / 0.00 / 0.00",
                "2024-06 140.00 / 0.00 / 0.00", "2024-07 0.00 / 0.00 / 0.00"});
    CHECK(run_outs(forecast) == Lines{"Lunar 2024-06-15"});
  }
  SUBCASE("half of it in cash") {
    Scenario scenario = bare_scenario(4);
    scenario.drawdowns = {drawdown_of("Lunar", curve, PayCash{decimal_of("50")})};
    const Forecast forecast = walked(three_months(), scenario);
    CHECK(revenue_of(forecast.by_month)[2] == "2024-06 140.00 / 70.00 / 0.00");
    CHECK(forecast.by_month[2].used.to_string() == "210");
  }
  SUBCASE("another grant, at half its face") {
    Scenario scenario = bare_scenario(5);
    scenario.drawdowns = {
        drawdown_of("Lunar", curve, NewGrant{dollars("400"), dollars("200"), 12})};
    const Forecast forecast = walked(three_months(), scenario);
    // 140 of T1 and 140 of the new one at a price of one half; 260 are left, used up in July; what
    // is used beyond is paid in cash.
    CHECK(revenue_of(forecast.by_month) ==
          Lines{"2024-04 280.00 / 0.00 / 0.00", "2024-05 280.00 / 0.00 / 0.00",
                "2024-06 210.00 / 0.00 / 0.00", "2024-07 130.00 / 20.00 / 0.00",
                "2024-08 0.00 / 280.00 / 0.00"});
    CHECK(forecast.by_month[2].liability == 13'000);
  }
  SUBCASE("another grant, that may pay for what the last payer could") {
    // Of gpu and store alike: G, for gpu alone, pays before A. 60 of each are left in February, when
    // 100 of each are used; in March the new grant pays for both.
    SampleBook book;
    book.add_deal({.id = "G", .investee = "Lunar", .signed_on = "2024-01-01", .face = "100",
                   .service = "gpu"});
    book.add_deal({.id = "A", .investee = "Lunar", .signed_on = "2024-01-01", .face = "100"});
    book.import_usage({{"Lunar", "2024-01-31", "40"}, {"Lunar", "2024-01-31", "40", "store"}});
    book.close("2024-01");
    Scenario scenario = bare_scenario(2);
    scenario.drawdowns = {
        drawdown_of("Lunar", RampCurve{decimal_of("200"), decimal_of("0"), std::nullopt},
                    NewGrant{dollars("400"), dollars("400"), 0})};
    CHECK(revenue_of(walked(book, scenario).by_month) ==
          Lines{"2024-02 200.00 / 0.00 / 0.00", "2024-03 200.00 / 0.00 / 0.00"});
  }
}

TEST_CASE("forecast: what expires undrawn is breakage of the month before") {
  Scenario scenario = bare_scenario(4);
  scenario.drawdowns = {drawdown_of("Lunar", TrailingCurve{3})};
  const Forecast forecast = walked(three_months({.id = "T1",
                                                 .investee = "Lunar",
                                                 .signed_on = "2024-01-01",
                                                 .face = "1000",
                                                 .expires_on = "2024-06-01"}),
                                   scenario);
  CHECK(revenue_of(forecast.by_month) ==
        Lines{"2024-04 100.00 / 0.00 / 0.00", "2024-05 100.00 / 0.00 / 500.00",
              "2024-06 0.00 / 0.00 / 0.00", "2024-07 0.00 / 0.00 / 0.00"});
  REQUIRE(forecast.grants.size() == 1);
  CHECK(forecast.grants[0].expired.to_string() == "500");
  CHECK(forecast.grants[0].expired_in->to_string() == "2024-05");
  CHECK(run_outs(forecast) == Lines{"Lunar 2024-06-01"});
}

TEST_CASE("forecast: nothing is assumed of days that the book knows") {
  SampleBook book = three_months();
  book.import_usage({{"Lunar", "2024-04-10", "90"}});
  Scenario scenario = bare_scenario(2);
  scenario.drawdowns = {drawdown_of("Lunar", RampCurve{decimal_of("300"), {}, std::nullopt})};
  const Forecast forecast = walked(book, scenario);
  // 90 are known up to the tenth; twenty days of ten come on top.
  CHECK(revenue_of(forecast.by_month)[0] == "2024-04 290.00 / 0.00 / 0.00");
}

TEST_CASE("forecast: a capacity holds from its first month through its last") {
  // 100 a month, cut to 60 in May and June.
  Scenario scenario = bare_scenario(4);
  scenario.drawdowns = {drawdown_of("Lunar", TrailingCurve{3})};
  scenario.capacity = {{{}, dollars("60"), Period::of(2024, 5), Period::of(2024, 6)}};
  const Lines cut{"2024-04 100.00 / 0.00 / 0.00", "2024-05 60.00 / 0.00 / 0.00",
                  "2024-06 60.00 / 0.00 / 0.00", "2024-07 100.00 / 0.00 / 0.00"};
  CHECK(revenue_of(walked(three_months(), scenario).by_month) == cut);
  scenario.capacity[0].investees = {"Lunar"};
  CHECK(revenue_of(walked(three_months(), scenario).by_month) == cut);
  scenario.capacity[0].investees = {"Solar"};
  CHECK(revenue_of(walked(three_months(), scenario).by_month)[1] == "2024-05 100.00 / 0.00 / 0.00");
  scenario.capacity = {{{}, dollars("60"), Period::of(2024, 6), std::nullopt}};
  CHECK(revenue_of(walked(three_months(), scenario).by_month)[3] == "2024-07 60.00 / 0.00 / 0.00");
}

TEST_CASE("forecast: the book it starts from stays as it was") {
  const SampleBook book = three_months();
  const std::int64_t before = book.store().record_count();
  Scenario scenario = bare_scenario(3);
  scenario.drawdowns = {drawdown_of("Lunar", TrailingCurve{3})};
  const Forecast forecast = walked(book, scenario);
  CHECK(book.store().record_count() == before);
  CHECK(forecast.start_records == before);
  CHECK(forecast.books.store().record_count() > before);
}

TEST_CASE("forecast: what only a deal that is not signed would bring is left out, and noted") {
  Investment deal;
  deal.id = "perhaps";
  deal.investee = "Nova";
  deal.signed_on = Date::of(2024, 5, 6);
  deal.tranches = {Tranche{.id = "N1", .face = dollars("300"), .issued_on = deal.signed_on,
                           .begins_on = {}, .expires_on = {}, .transaction_price = dollars("300"),
                           .scope = {}, .expected_unused = {}}};
  Scenario scenario = bare_scenario(3);
  scenario.drawdowns = {
      drawdown_of("Nova", TableCurve{{decimal_of("0"), decimal_of("0"), decimal_of("90")}, {}}),
      drawdown_of("Lunar", TrailingCurve{3})};
  scenario.tranche_changes = {{.grant = "N1", .issued_on = std::nullopt, .begins_on = std::nullopt,
                               .expires_on = Date::of(2026, 1, 1), .priority = std::nullopt}};
  const auto likely = [&](std::string_view percent) {
    scenario.pipeline = {{deal, "perhaps.toml", "", decimal_of(percent)}};
  };
  SUBCASE("at 50% it is signed") {
    likely("50");
    const Forecast forecast = walked(three_months(), scenario);
    CHECK(revenue_of(forecast.by_month) ==
          Lines{"2024-04 100.00 / 0.00 / 0.00", "2024-05 100.00 / 0.00 / 0.00",
                "2024-06 190.00 / 0.00 / 0.00"});
    CHECK(std::ranges::none_of(forecast.notes, [](const std::string& note) {
      return note.find("left out") != std::string::npos;
    }));
  }
  SUBCASE("below it is not, and the drawdown after it keeps its place") {
    likely("49.9");
    Drawdown of_grant = drawdown_of("", WeightsCurve{std::nullopt, {decimal_of("1")}, 3});
    of_grant.name = "first of Nova";
    of_grant.grant = "perhaps/N1";
    scenario.drawdowns.insert(scenario.drawdowns.begin(), of_grant);
    scenario.drawdowns.back().curve = FitCurve{FitCurve::Model::mean, 3};
    scenario.estimates = {{"N1", {ExpectedUnused::Measure::percent_of_face, decimal_of("4")},
                           Period::parse("2024-06").value()}};
    const Shocks delayed{.volume = {}, .price = {}, .delay_months = {{"N1", 2}}, .stops = {},
                         .signed_deals = {}};
    const Forecast forecast = walked(three_months(), scenario, delayed);
    CHECK(revenue_of(forecast.by_month) ==
          Lines{"2024-04 100.00 / 0.00 / 0.00", "2024-05 100.00 / 0.00 / 0.00",
                "2024-06 100.00 / 0.00 / 0.00"});
    const std::string why = " left out: deal perhaps (49.9%) is taken as not signed";
    const std::string of_n1 = "what is assumed of grant N1 is" + why;
    CHECK(forecast.notes ==
          Lines{"drawdown 'first of Nova': its usage is" + why,
                "drawdown 'Nova': its usage is" + why,
                "deal perhaps with Nova (49.9%): not signed", of_n1, of_n1, of_n1});
    // The error of the fit is told of the drawdown that has one.
    const std::vector<std::string> told = forecast_report(scenario, forecast).notes;
    CHECK(std::ranges::any_of(told, [](const std::string& note) {
      return note.find("drawdown 'Lunar': fitted") != std::string::npos;
    }));
  }
  SUBCASE("drawn as signed it is, whatever is likely; and a slip of a name is refused still") {
    likely("10");
    Shocks drawn;
    drawn.signed_deals["perhaps"] = true;
    CHECK(revenue_of(walked(three_months(), scenario, drawn).by_month)[2] ==
          "2024-06 190.00 / 0.00 / 0.00");
    scenario.drawdowns[0].investee = "Nowa";
    const SampleBook book = three_months();
    const Result<StartingBook> start = starting_book(book.store(), scenario.start);
    REQUIRE(start.ok());
    CHECK(walk(scenario, *start, {}).error().code == ErrorCode::unknown_id);
  }
}

TEST_CASE("forecast: credits that are assumed have the rate that the investee's deals fix") {
  // 100 EUR of credits at a fixed 1.20 USD, the market at 1.10; 50 EUR are used a month. In March 30
  // EUR of new credits at a price of 33 USD pay first, and 20 EUR are paid in cash: 24.00, not 22.00.
  const Currency euro = Currency::from_code("EUR").value();
  Investment deal;
  deal.id = "E";
  deal.investee = "Lunar";
  deal.signed_on = Date::of(2024, 1, 1);
  deal.matching.billing_accounts = {"Lunar"};
  deal.tranches = {Tranche{.id = "E1",
                           .face = {decimal_of("100"), euro},
                           .issued_on = Date::of(2024, 1, 1),
                           .begins_on = std::nullopt,
                           .expires_on = std::nullopt,
                           .transaction_price = std::nullopt,
                           .scope = {},
                           .expected_unused = std::nullopt}};
  const auto march = [&](const Scenario& scenario) {
    SampleBook book;
    book.import_rate("EUR", "2024-01-01", "1.10");
    book.record(InvestmentAdded{deal, "e.toml", ""});
    return revenue_of(walked(book, scenario).by_month)[2];
  };
  Scenario scenario = bare_scenario(3);
  scenario.drawdowns = {
      drawdown_of("Lunar", RampCurve{decimal_of("50"), decimal_of("0"), std::nullopt})};
  SUBCASE("a tranche") {
    scenario.drawdowns[0].after = PayCash{decimal_of("100")};
    scenario.extra_tranches.push_back({.id = "X1",
                                       .investee = "Lunar",
                                       .face = {decimal_of("30"), euro},
                                       .price = dollars("33"),
                                       .issued_on = Date::of(2024, 3, 1),
                                       .expires_on = std::nullopt,
                                       .scope = {},
                                       .expected_unused = std::nullopt});
    deal.fixed_rate = decimal_of("1.20");
    CHECK(march(scenario) == "2024-03 33.00 / 24.00 / 0.00");
    // Nothing fixed: the market's.
    deal.fixed_rate = std::nullopt;
    CHECK(march(scenario) == "2024-03 33.00 / 22.00 / 0.00");
  }
  SUBCASE("what follows exhaustion") {
    scenario.drawdowns[0].after = NewGrant{{decimal_of("30"), euro}, dollars("33"), 0};
    deal.fixed_rate = decimal_of("1.20");
    CHECK(march(scenario) == "2024-03 33.00 / 24.00 / 0.00");
  }
}

}  // namespace accrue::testing

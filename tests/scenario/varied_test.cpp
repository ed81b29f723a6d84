#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/scenario/questions/varied.h"
#include "tests/scenario/assumed.h"

namespace accrue::testing {

namespace {

using Lines = std::vector<std::string>;

Scenario scenario_of_two() {
  Scenario scenario = bare_scenario(2);
  scenario.drawdowns = {
      drawdown_of("Lunar", RampCurve{decimal_of("100"), decimal_of("0"), std::nullopt}),
      drawdown_of("Solar", TableCurve{{decimal_of("40")}, TableCurve::Then::last})};
  scenario.drawdowns[1].name = "Solar in Asia";
  scenario.estimates = {{"T1",
                         {ExpectedUnused::Measure::percent_of_face, decimal_of("5")},
                         Period::of(2024, 4)}};
  scenario.segments = {{"cloud", "external", SegmentGrowth::Of::others, decimal_of("8")},
                       {"games", "external", SegmentGrowth::Of::segment, decimal_of("3")}};
  scenario.rates = {{Date::of(2024, 4, 1), Currency::from_code("EUR").value(), decimal_of("1.1")}};
  return scenario;
}

Varied moved(const std::string& key, std::string_view value) {
  return vary({scenario_of_two(), {}}, parse_varied_key(key).value(), decimal_of(value)).value();
}

std::string refusal(const std::string& key, std::string_view value) {
  const Result<Varied> varied =
      vary({scenario_of_two(), {}}, parse_varied_key(key).value(), decimal_of(value));
  return varied.ok() ? "" : varied.error().message + " | " + varied.error().hint;
}

std::string key_refusal(std::string_view text) {
  const Result<VariedKey> key = parse_varied_key(text);
  if (key.ok()) return "";
  CHECK(key.error().code == ErrorCode::bad_value);
  return key.error().message + " | " + key.error().hint;
}

}  // namespace

TEST_CASE("varied: a key says what is moved, and of whom") {
  for (const char* text : {"volume", "volume:Lunar", "price", "price:h100*", "growth:Lunar",
                           "delay:moonshot/T2", "estimate:T3", "others:cloud", "rate:EUR",
                           "volume:a:b=c"}) {
    CHECK(to_string(parse_varied_key(text).value()) == text);
  }
  CHECK(parse_varied_key("volume:a:b").value().subject == "a:b");
  CHECK(key_refusal("volum:Lunar") ==
        "nothing of a scenario is called 'volum' | did you mean 'volume'?");
  CHECK(key_refusal("") == "nothing of a scenario is called '' | one of volume, price, growth, "
                           "delay, estimate, others, rate");
  CHECK(key_refusal("delay") == "'delay' does not say of whom | write delay:NAME");
  CHECK(key_refusal("rate") == "'rate' does not say of whom | write rate:EUR");
  CHECK(key_refusal("volume:") == "'volume:' does not say of whom | write volume:NAME");
}

TEST_CASE("varied: volume scales every month of the drawdowns it means, by name or investee") {
  const Varied all = moved("volume", "90");
  CHECK(all.scenario.drawdowns[0].seasonal_percent == std::vector(12, decimal_of("90")));
  CHECK(all.scenario.drawdowns[1].seasonal_percent == std::vector(12, decimal_of("90")));
  for (const char* key : {"volume:Solar", "volume:Solar in Asia"}) {
    const Varied one = moved(key, "12.5");
    CHECK(one.scenario.drawdowns[0].seasonal_percent.empty());
    CHECK(one.scenario.drawdowns[1].seasonal_percent == std::vector(12, decimal_of("12.5")));
  }
  // Keys that meet multiply, also with what the scenario says of the months.
  const Varied twice =
      vary(all, parse_varied_key("volume:Lunar").value(), decimal_of("50")).value();
  CHECK(twice.scenario.drawdowns[0].seasonal_percent == std::vector(12, decimal_of("45")));
  CHECK(refusal("volume:Lumar", "90") ==
        "volume:Lumar is nothing that the scenario assumes | did you mean 'Lunar'?");
  CHECK(refusal("volume", "-1") == "volume cannot be -1: it is zero percent or more | ");
}

TEST_CASE("varied: a price is moved from before the first month on") {
  const Varied varied = moved("price:h100*", "45.5");
  REQUIRE(varied.scenario.price_changes.size() == 1);
  CHECK(varied.scenario.price_changes[0].sku == "h100*");
  CHECK(varied.scenario.price_changes[0].percent == decimal_of("-54.5"));
  CHECK(varied.scenario.price_changes[0].from < Period::of(1970, 1));
  CHECK(moved("price", "100").scenario.price_changes[0].sku == "*");
  CHECK(refusal("price", "-0.01") == "price cannot be -0.01: it is zero percent or more | ");
}

TEST_CASE("varied: growth, delay, estimate, growth of others and rate are said anew") {
  const Varied growth = moved("growth", "-2.5");
  CHECK(std::get<RampCurve>(growth.scenario.drawdowns[0].curve).growth_percent ==
        decimal_of("-2.5"));
  CHECK(moved("delay:T2", "3").shocks.delay_months.at("T2") == 3);
  CHECK(moved("estimate:T1", "7").scenario.estimates[0].expected_unused.value == decimal_of("7"));
  const Varied others = moved("others", "10");
  CHECK(others.scenario.segments[0].percent == decimal_of("10"));
  CHECK(others.scenario.segments[1].percent == decimal_of("3"));
  CHECK(moved("rate:EUR", "1.25").scenario.rates[0].rate == decimal_of("1.25"));

  CHECK(refusal("growth:Solar", "1") == "growth:Solar is nothing that the scenario assumes | the "
                                        "scenario has Lunar");
  CHECK(refusal("growth", "-100.1") ==
        "growth cannot be -100.1: it is -100 percent a month or more | ");
  for (const char* months : {"1.5", "-1", "121"}) {
    CHECK(refusal("delay:T2", months) == "delay:T2 cannot be " + std::string{months} +
                                             ": it is whole months, from 0 to 120 | ");
  }
  CHECK(refusal("estimate", "100") ==
        "estimate cannot be 100: it is a percentage of the face, from 0 to below 100 | ");
  CHECK(refusal("others:games", "1") == "others:games is nothing that the scenario assumes | the "
                                        "scenario has cloud");
  CHECK(refusal("others", "-101") == "others cannot be -101: it is -100 percent or more | ");
  CHECK(refusal("rate:EUR", "0") == "rate:EUR cannot be 0: it is above zero | ");
  CHECK(refusal("rate:JPY", "1") ==
        "rate:JPY is nothing that the scenario assumes | the scenario has EUR");
}

TEST_CASE("varied: the walk takes what is moved") {
  SampleBook book;
  book.add_deal({.id = "T1", .investee = "Lunar", .signed_on = "2024-03-01", .face = "1000"});
  book.add_deal({.id = "T2", .investee = "Solar", .signed_on = "2024-05-01", .face = "1000"});
  book.import_usage({{"Lunar", "2024-03-31", "100"}});
  book.close("2024-03");
  Scenario scenario = scenario_of_two();
  scenario.estimates.clear();
  scenario.segments.clear();
  const auto revenue = [&](const std::string& key, std::string_view value) {
    const Varied varied =
        vary({scenario, {}}, parse_varied_key(key).value(), decimal_of(value)).value();
    return revenue_of(walked(book, varied.scenario, varied.shocks).by_month);
  };
  // 100 of Lunar; 40 of Solar, which pays in cash until its credits come in May. What Solar uses has
  // no SKU: the book knows none.
  CHECK(revenue("volume", "100") ==
        Lines{"2024-04 100.00 / 40.00 / 0.00", "2024-05 140.00 / 0.00 / 0.00"});
  CHECK(revenue("volume:Lunar", "50") ==
        Lines{"2024-04 50.00 / 40.00 / 0.00", "2024-05 90.00 / 0.00 / 0.00"});
  CHECK(revenue("price", "50") ==
        Lines{"2024-04 50.00 / 20.00 / 0.00", "2024-05 70.00 / 0.00 / 0.00"});
  CHECK(revenue("price:s*", "50") ==
        Lines{"2024-04 50.00 / 40.00 / 0.00", "2024-05 90.00 / 0.00 / 0.00"});
  CHECK(revenue("growth", "10") ==
        Lines{"2024-04 100.00 / 40.00 / 0.00", "2024-05 150.00 / 0.00 / 0.00"});
  CHECK(revenue("delay:T2", "1") ==
        Lines{"2024-04 100.00 / 40.00 / 0.00", "2024-05 100.00 / 40.00 / 0.00"});
}

}  // namespace accrue::testing

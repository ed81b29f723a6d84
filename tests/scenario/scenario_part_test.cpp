#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/scenario/questions/scenario_part.h"
#include "tests/scenario/assumed.h"

namespace accrue::testing {

namespace {

/// One of everything that a part is made of.
Scenario full_scenario() {
  Scenario scenario = bare_scenario();
  scenario.unit_prices = {{"h100", dollars("2")}};
  scenario.price_changes = {{"*", Period::of(2024, 4), decimal_of("-50")}};
  scenario.drawdowns = {drawdown_of("Lunar", TrailingCurve{3})};
  scenario.capacity = {{{}, dollars("9"), Period::of(2024, 4), std::nullopt}};
  scenario.pipeline = {{Investment{}, "nova.toml", "", decimal_of("50")}};
  scenario.tranche_changes = {
      {"T1", Date::of(2024, 9, 1), std::nullopt, std::nullopt, std::nullopt}};
  scenario.extra_tranches = {{.id = "T9", .investee = "Lunar", .face = dollars("5"),
                              .price = std::nullopt, .issued_on = Date::of(2024, 5, 1),
                              .expires_on = std::nullopt, .scope = {},
                              .expected_unused = std::nullopt}};
  scenario.estimates = {{"T1", {ExpectedUnused::Measure::percent_of_face, decimal_of("20")},
                         Period::of(2024, 4)}};
  return scenario;
}

/// The names of what a scenario has.
std::vector<std::string> held(const Scenario& scenario) {
  std::vector<std::string> names;
  const auto add = [&](const char* name, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) names.emplace_back(name);
  };
  add("unit price", scenario.unit_prices.size());
  add("price change", scenario.price_changes.size());
  add("drawdown", scenario.drawdowns.size());
  add("capacity", scenario.capacity.size());
  add("deal", scenario.pipeline.size());
  add("tranche change", scenario.tranche_changes.size());
  add("tranche", scenario.extra_tranches.size());
  add("estimate", scenario.estimates.size());
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("scenario part: each takes over what it is made of, and nothing else") {
  struct Row {
    ScenarioPart part;
    Names taken;
    Names given_up;  ///< by a full scenario that takes the part over from a bare one
  };
  const Row rows[] = {
      // Unit prices stay while there are volumes that need them.
      {ScenarioPart::price, {"unit price", "price change"}, {"price change"}},
      {ScenarioPart::volume, {"unit price", "drawdown", "capacity", "deal"},
       {"unit price", "drawdown", "capacity", "deal"}},
      {ScenarioPart::timing, {"tranche change", "tranche"}, {"tranche change", "tranche"}},
      {ScenarioPart::breakage, {"estimate"}, {"estimate"}},
  };
  const Names all = held(full_scenario());
  REQUIRE(all.size() == 8);
  for (const Row& row : rows) {
    CAPTURE(to_string(row.part));
    CHECK(held(with_part(row.part, bare_scenario(), full_scenario())) == row.taken);
    Names kept;
    for (const std::string& name : all) {
      const bool is_gone = std::ranges::find(row.given_up, name) != row.given_up.end();
      if (!is_gone) kept.push_back(name);
    }
    CHECK(held(with_part(row.part, full_scenario(), bare_scenario())) == kept);
  }
}

TEST_CASE("scenario part: a scenario has a part when it has anything of it") {
  const auto parts_of = [](auto set) {
    Scenario scenario = bare_scenario();
    set(scenario, full_scenario());
    std::string parts;
    for (const ScenarioPart part : all_scenario_parts) {
      if (has_part(part, scenario)) parts += std::string{to_string(part)} + " ";
    }
    return parts;
  };
  using S = Scenario;
  CHECK(parts_of([](S&, const S&) {}) == "");
  CHECK(parts_of([](S& to, const S& of) { to.unit_prices = of.unit_prices; }) == "price ");
  CHECK(parts_of([](S& to, const S& of) { to.price_changes = of.price_changes; }) == "price ");
  CHECK(parts_of([](S& to, const S& of) { to.drawdowns = of.drawdowns; }) == "volume ");
  CHECK(parts_of([](S& to, const S& of) { to.capacity = of.capacity; }) == "volume ");
  CHECK(parts_of([](S& to, const S& of) { to.pipeline = of.pipeline; }) == "volume ");
  CHECK(parts_of([](S& to, const S& of) { to.tranche_changes = of.tranche_changes; }) == "timing ");
  CHECK(parts_of([](S& to, const S& of) { to.extra_tranches = of.extra_tranches; }) == "timing ");
  CHECK(parts_of([](S& to, const S& of) { to.estimates = of.estimates; }) == "breakage ");
}

TEST_CASE("scenario part: unit prices stay until the volumes that need them are gone") {
  Scenario to = bare_scenario();
  to.unit_prices = {{"h100", dollars("2")}};
  Scenario from = bare_scenario();
  from.unit_prices = {{"a100", dollars("1")}};
  to = with_part(ScenarioPart::price, to, from);
  REQUIRE(to.unit_prices.size() == 2);
  // The first that fits counts: the one taken over.
  CHECK(to.unit_prices[0].sku == "a100");
  to = with_part(ScenarioPart::volume, to, from);
  REQUIRE(to.unit_prices.size() == 1);
  CHECK(to.unit_prices[0].sku == "a100");
}

}  // namespace accrue::testing

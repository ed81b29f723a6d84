// What the paths of a simulation can change and its loop cannot follow: refused, or noted.

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/scenario/montecarlo/simulation_input.h"
#include "tests/scenario/assumed.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

/// Why a simulation of the scenario is refused; "" where it is not.
std::string refusal(const SampleBook& book, const Scenario& scenario) {
  const Result<StartingBook> start = starting_book(book.store(), scenario.start);
  REQUIRE(start.ok());
  const Result<SimulationInput> input = simulation_input(scenario, *start);
  if (input.ok()) return "";
  CHECK(input.error().code == ErrorCode::unsupported_term);
  return input.error().message;
}

/// The notes of a simulation with all of these words.
std::size_t notes_with(const SampleBook& book, const Scenario& scenario, const std::string& words) {
  const Result<StartingBook> start = starting_book(book.store(), scenario.start);
  REQUIRE(start.ok());
  const Result<SimulationInput> input = simulation_input(scenario, *start);
  if (!input.ok()) FAIL(input.error().message);
  return static_cast<std::size_t>(
      std::count_if(input->notes.begin(), input->notes.end(), [&](const std::string& note) {
        return note.find(words) != std::string::npos;
      }));
}

Investment deal_of(const std::string& id, const std::string& investee, const Amount& face,
                   Date signed_on, std::int32_t priority = 100) {
  Investment deal;
  deal.id = id;
  deal.investee = investee;
  deal.signed_on = signed_on;
  deal.matching.billing_accounts = {investee};
  deal.tranches = {Tranche{.id = id + "-1",
                           .face = face,
                           .issued_on = signed_on,
                           .begins_on = std::nullopt,
                           .expires_on = std::nullopt,
                           .priority = priority,
                           .transaction_price = std::nullopt,
                           .scope = {},
                           .expected_unused = std::nullopt}};
  return deal;
}

Investment euro_deal(const std::string& id, const std::string& fixed_rate,
                     Date signed_on = Date::of(2024, 1, 1)) {
  Investment deal =
      deal_of(id, "Lunar", {decimal_of("100"), Currency::from_code("EUR").value()}, signed_on);
  if (!fixed_rate.empty()) deal.fixed_rate = decimal_of(fixed_rate);
  return deal;
}

/// Lunar has credits in euros; the rate of the market is 1.10.
SampleBook euro_book(const std::vector<Investment>& deals) {
  SampleBook book;
  book.import_rate("EUR", "2024-01-01", "1.10");
  for (const Investment& deal : deals) book.record(InvestmentAdded{deal, deal.id + ".toml", ""});
  return book;
}

Scenario with_pipeline(const Investment& deal, const std::string& percent) {
  Scenario scenario = bare_scenario(6);
  scenario.pipeline.push_back({deal, deal.id + ".toml", "", decimal_of(percent)});
  return scenario;
}

const Date in_april = Date::of(2024, 4, 1);

}  // namespace

TEST_CASE("followable: a rate may not depend on which deals are signed") {
  const auto refused = [](const std::vector<Investment>& held, const Investment& perhaps,
                          const std::string& percent) {
    return refusal(euro_book(held), with_pipeline(perhaps, percent));
  };
  const std::string why =
      "the rate of what Lunar pays in cash in EUR depends on whether deal 'E2' is signed: a "
      "simulation cannot follow that";
  SUBCASE("it fixes another, or none") {
    CHECK(refused({euro_deal("E1", "1.20")}, euro_deal("E2", "1.25", in_april), "50") == why);
    CHECK(refused({euro_deal("E1", "1.20")}, euro_deal("E2", "", in_april), "50") == why);
  }
  SUBCASE("credits in another currency fix nothing for this one") {
    CHECK(refused({euro_deal("E1", "1.20")}, deal_of("E2", "Lunar", dollars("100"), in_april),
                  "50") == why);
  }
  SUBCASE("it is signed for sure") {
    CHECK(refused({euro_deal("E1", "1.20")}, euro_deal("E2", "1.25", in_april), "100") == "");
  }
  SUBCASE("all fix the same") {
    CHECK(refused({euro_deal("E1", "1.20")}, euro_deal("E2", "1.20", in_april), "50") == "");
  }
  SUBCASE("those that are sure share no rate, so that nothing changes it") {
    CHECK(refused({euro_deal("E1", "")}, euro_deal("E2", "1.25", in_april), "50") == "");
    CHECK(refused({euro_deal("E1", "1.20"), euro_deal("E3", "1.30")},
                  euro_deal("E2", "1.25", in_april), "50") == "");
  }
  SUBCASE("it is of somebody else") {
    Investment other = euro_deal("E2", "1.25", in_april);
    other.investee = "Solar";
    other.matching.billing_accounts = {"Solar"};
    CHECK(refused({euro_deal("E1", "1.20")}, other, "50").find("Lunar") == std::string::npos);
  }
}

TEST_CASE("followable: usage of the forecast's months draws on no grant that may not come") {
  SampleBook book;
  book.add_deal({.id = "T1", .investee = "Lunar", .signed_on = "2024-03-01", .face = "1000"});
  book.import_usage({{"Lunar", "2024-03-31", "100"}});
  book.close("2024-03");
  const Investment first_payer = deal_of("N", "Lunar", dollars("50"), in_april, 10);
  // Nothing is used of April yet.
  CHECK(refusal(book, with_pipeline(first_payer, "50")) == "");
  book.import_usage({{"Lunar", "2024-04-10", "30"}});
  CHECK(refusal(book, with_pipeline(first_payer, "50")) ==
        "the book has usage of the forecast's months that would draw on grant N-1, which may not "
        "be signed: a simulation cannot follow that");
  CHECK(refusal(book, with_pipeline(first_payer, "100")) == "");
  // T1 pays for all of it: what may not come has nothing to do with it.
  const Investment last_payer = deal_of("N", "Lunar", dollars("50"), in_april, 200);
  CHECK(refusal(book, with_pipeline(last_payer, "50")) == "");
}

TEST_CASE("followable: usage of the forecast's months draws on no grant that may come later") {
  SampleBook book;
  book.add_deal({.id = "T1", .investee = "Lunar", .signed_on = "2024-03-01", .face = "100"});
  book.import_usage({{"Lunar", "2024-03-31", "100"}});
  book.close("2024-03");
  book.add_deal({.id = "T2", .investee = "Lunar", .signed_on = "2024-04-01", .face = "500"});
  Scenario scenario = bare_scenario(6);
  scenario.uncertainties.push_back({Uncertainty::Of::delay, Uncertainty::Lasts::path, "T2",
                                    UniformShock{decimal_of("0"), decimal_of("3")}, "a test"});
  CHECK(refusal(book, scenario) == "");
  book.import_usage({{"Lunar", "2024-04-10", "30"}});
  CHECK(refusal(book, scenario) ==
        "the book has usage of the forecast's months that would draw on grant T2, which may come "
        "later: a simulation cannot follow that");
}

TEST_CASE("followable: usage that the book has of the forecast's months is noted") {
  SampleBook book;
  book.add_deal({.id = "T1", .investee = "Lunar", .signed_on = "2024-03-01", .face = "100"});
  const auto notes = [&](const std::string& month) {
    return notes_with(book, bare_scenario(6), "the book has usage of " + month + ": ");
  };
  book.import_usage({{"Lunar", "2024-03-31", "60"}});
  book.close("2024-03");
  CHECK(notes("2024-04") == 0);
  // Of credits, and of cash alone.
  book.import_usage({{"Lunar", "2024-04-10", "40"}});
  CHECK(notes("2024-04") == 1);
  book.import_usage({{"Lunar", "2024-05-10", "7"}});
  CHECK(notes("2024-05") == 1);
  CHECK(notes("2024-06") == 0);
}

TEST_CASE("followable: a delay that changes the order of paying is noted") {
  const auto notes = [](const char* other_signed_on, const char* expires_on) {
    SampleBook book;
    book.add_deal({.id = "T1", .investee = "Lunar", .signed_on = "2024-05-01", .face = "100"});
    book.add_deal({.id = "T2", .investee = "Lunar", .signed_on = other_signed_on, .face = "100",
                   .expires_on = expires_on});
    Scenario scenario = bare_scenario(12);
    scenario.uncertainties.push_back({Uncertainty::Of::delay, Uncertainty::Lasts::path, "T1",
                                      UniformShock{decimal_of("0"), decimal_of("3")}, "a test"});
    return notes_with(book, scenario,
                      "grant T1 can come so late that others would pay before it");
  };
  CHECK(notes("2024-07-15", "") == 1);
  // Never so late; and what expires pays first whenever the other comes.
  CHECK(notes("2024-08-15", "") == 0);
  CHECK(notes("2024-07-15", "2025-07-15") == 0);
}

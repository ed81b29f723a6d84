// The second implementation, rule by rule, against figures worked by hand.

#include <algorithm>
#include <functional>
#include <iterator>
#include <string>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

#include "tests/oracle/facts.h"
#include "tests/oracle/oracle.h"
#include "tests/oracle/serving.h"

namespace {

using oracle::Account;
using oracle::Book;
using oracle::Charge;
using oracle::decimal;
using oracle::Investment;
using oracle::Key;
using oracle::Month;
using oracle::Second;
using oracle::Tranche;
using namespace oracle::facts;

// --- Which grant pays --------------------------------------------------------------------------

TEST_CASE("oracle: each rule of the order decides when the ones before it are equal") {
  struct Row {
    const char* why;
    std::function<void(Tranche& a, Tranche& b)> change;  // makes "b" go first
  };
  const Row rows[] = {
      {"priority", [](Tranche&, Tranche& b) { b.priority = 1; }},
      {"the end that comes first",
       [](Tranche&, Tranche& b) { b.expires = oracle::day(2025, 1, 1); }},
      {"limited before unlimited", [](Tranche&, Tranche& b) { b.regions = {"r?"}; }},
      {"the lower price",
       [](Tranche& a, Tranche& b) {
         a.transaction_price = 90;
         b.transaction_price = 80;
       }},
      {"the earlier begin", [](Tranche& a, Tranche&) { a.begins = oracle::day(2024, 1, 2); }},
  };
  const auto first_payer = [](const Tranche& a, const Tranche& b) {
    Book book{{"USD", 2, {}, {}}};
    const bool stated = a.transaction_price.has_value();
    book.add_investment(deal("d", stated ? "170" : "200", {a, b}));
    book.import_charges({use(noon(2024, 1, 9), "10")});
    return book.open_draws().at(0).draws.at(0).grant;
  };
  CHECK(first_payer(tranche("a", "100"), tranche("b", "100")) == "a");  // the id
  for (const Row& row : rows) {
    CAPTURE(row.why);
    Tranche a = tranche("a", "100");
    Tranche b = tranche("b", "100");
    row.change(a, b);
    CHECK(first_payer(a, b) == "b");
  }
}

TEST_CASE("oracle: a grant pays from its begin to the midnight of its expiry, inside its scope") {
  Tranche terms = tranche("g", "100");
  terms.begins = oracle::day(2024, 1, 10);
  terms.expires = oracle::day(2024, 2, 1);
  terms.services = {"gpu-[a-c]*", "tpu"};
  Book book{{"USD", 2, {}, {}}};
  book.add_investment(deal("d", "100", {terms}));
  struct Row {
    Second at;
    const char* service;
    bool pays;
  };
  const Second begin = Second{86'400} * oracle::day(2024, 1, 10);
  const Second end = Second{86'400} * oracle::day(2024, 2, 1);
  const Row rows[] = {
      {begin - 1, "tpu", false},  {begin, "tpu", true},       {end - 1, "gpu-b200", true},
      {end, "tpu", false},        {begin + 1, "TPU", false},  {begin + 2, "gpu-d", false},
      {begin + 3, "gpu-", false}, {begin + 4, "gpu-a", true},
  };
  for (const Row& row : rows) book.import_charges({use(row.at, "1", row.service)});
  for (const oracle::Served& served : book.open_draws()) {
    const Row* row = std::find_if(std::begin(rows), std::end(rows),
                                  [&](const Row& it) { return it.at == served.key.at; });
    CAPTURE(row - std::begin(rows));
    CHECK((served.draws.at(0).grant == "g") == row->pays);
  }
  CHECK(oracle::matches("[!x]?*", "ab"));
  CHECK_FALSE(oracle::matches("[!x]?*", "xb"));
  CHECK_FALSE(oracle::matches("[!x]?*", "a"));
}

TEST_CASE("oracle: a refund takes overage, then the last grant first, newest month first") {
  Book book{{"USD", 2, {}, {}}};
  book.add_investment(deal("d", "30", {tranche("a", "10"), tranche("b", "20")}));
  book.import_charges({use(noon(2024, 1, 9), "25"),      // a 10, b 15
                       use(noon(2024, 2, 9), "8"),       // b 5, overage 3
                       use(noon(2024, 2, 20), "-28")});  // -3, b -5, then b -15, a -5
  const std::vector<oracle::Draw>& draws = book.open_draws().at(2).draws;
  REQUIRE(draws.size() == 4);
  const std::vector<std::tuple<std::string, int, Month>> expected = {
      {"", -3, feb}, {"b", -5, feb}, {"b", -15, jan}, {"a", -5, jan}};
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(draws[i].grant == std::get<0>(expected[i]));
    CHECK(draws[i].amount == std::get<1>(expected[i]));
    CHECK(draws[i].served_in == std::get<2>(expected[i]));
  }
  CHECK(revenue(book, jan) == 25'00);  // the refund counts in its own month
  CHECK(revenue(book, feb) == -20'00);
  CHECK(book.faces().at({"b", feb}).left == 20);

  SUBCASE("what finds nothing is negative overage and an exception") {
    book.import_charges({use(noon(2024, 2, 21), "-6")});  // 5 are left of January
    CHECK(book.exceptions().empty());                     // of January, the next close
    book.close(jan);
    REQUIRE(book.exceptions().size() == 1);
    CHECK(book.exceptions()[0].code == "unmatched_refund");
    CHECK(revenue(book, feb) == -26'00);
  }
  SUBCASE("an empty SKU or region matches any, another service none") {
    book.import_charges({use(noon(2024, 2, 22), "-5", "gpu", "", "")});
    CHECK_FALSE(book.open_draws().at(3).draws.at(0).unmatched);
    book.import_charges({use(noon(2024, 2, 23), "-1", "ml", "", "")});
    CHECK(book.open_draws().at(4).draws.at(0).unmatched);
  }
}

TEST_CASE("oracle: frozen draws stay; a late charge is served from what they left") {
  Book book{{"USD", 2, {}, {}}};
  book.add_investment(deal("d", "10", {tranche("g", "10")}));
  book.import_charges({use(noon(2024, 1, 20), "8")});
  book.close(jan);
  book.import_charges({use(noon(2024, 1, 10), "5"), use(noon(2024, 2, 10), "5")});
  REQUIRE(book.open_draws().size() == 2);
  CHECK(book.open_draws()[0].draws.at(0).amount == 2);
  CHECK(book.open_draws()[0].draws.at(1).grant.empty());
  CHECK(book.open_draws()[1].draws.at(0).grant.empty());
  CHECK(revenue(book, jan) == 8'00);
  CHECK(revenue(book, feb, "", "g") == 2'00);
  book.reopen(jan);  // now the earlier charge of January comes first
  CHECK(book.open_draws().at(0).draws.at(0).amount == 5);
  CHECK(revenue(book, jan) == 13'00);
  CHECK(revenue(book, jan, "", "g") == 10'00);
}

// --- The price, and the split of roundings ------------------------------------------------------

TEST_CASE("oracle: a price is split by largest remainders, after stated prices, bonus included") {
  Tranche stated = tranche("z", "50");
  stated.transaction_price = decimal("9.99");
  Book book{{"USD", 2, {}, {}}};
  book.add_investment(
      deal("d", "109.99", {tranche("c", "1"), tranche("b", "1"), tranche("a", "1"), stated}));
  CHECK(book.price("a") == 33'34);
  CHECK(book.price("b") == 33'33);
  CHECK(book.price("c") == 33'33);
  CHECK(book.price("z") == 9'99);

  // 80% of 100 is paid for; the bonus shares it: 80 x 100 / 160 and 80 x 60 / 160.
  Tranche bonus = tranche("bonus", "60");
  bonus.bonus = true;
  Investment by_ssp = deal("e", "0", {tranche("paid", "100"), bonus});
  by_ssp.fair_value.reset();
  by_ssp.ssp_percent = 80;
  book.add_investment(by_ssp);
  CHECK(book.price("paid") == 50'00);
  CHECK(book.price("bonus") == 30'00);

  Investment refused = deal("f", "10", {tranche("y", "10")});
  refused.cash = 11;
  CHECK_THROWS_AS(book.add_investment(refused), oracle::Refused);
}

TEST_CASE("oracle: what is missing to a rounded total goes to the largest amount to date") {
  // Price 1.00 for 3 of face: a third of a dollar each, 33.33 cents.
  Book book{{"USD", 2, {}, {}}};
  book.add_investment(deal("d", "1.00", {tranche("g", "3")}));
  book.import_charges({use(noon(2024, 1, 9), "1", "b"), use(noon(2024, 1, 9), "1", "a")});
  const auto of = [&](const char* service) {
    return -sum(book, [&](const Key& key) {
      return key.account == Account::revenue && key.service == service;
    });
  };
  CHECK(of("a") == 34);  // 67 in total, 33 each, equal amounts: the first name
  CHECK(of("b") == 33);
  book.import_charges({use(noon(2024, 2, 9), "1", "b")});
  CHECK(of("a") == 33);  // now b holds two thirds: 67 and 33, and nothing is missing
  CHECK(of("b") == 67);
}

// --- Months ------------------------------------------------------------------------------------

TEST_CASE("oracle: overage that arrives after the close is rounded on its own") {
  const Charge first = use(noon(2024, 1, 9), "0.004");
  const Charge second = use(noon(2024, 1, 10), "0.004");
  Book together{{"USD", 2, {}, {}}};
  together.import_charges({first, second});
  CHECK(revenue(together) == 1);
  Book apart{{"USD", 2, {}, {}}};
  apart.import_charges({first});
  apart.close(jan);
  apart.import_charges({second});
  CHECK(revenue(apart) == 0);
  apart.reopen(jan);
  CHECK(apart.balances() == together.balances());
}

TEST_CASE("oracle: each overage has the rate of its own day, a reduction is overage") {
  Book book{{"CNY", 2, {}, {}}};
  book.add_rates({{"USD", oracle::day(2024, 1, 1), decimal("7.1")},
                  {"USD", oracle::day(2024, 1, 20), decimal("7.2")}});
  book.import_charges({use(noon(2024, 1, 19), "10"), use(noon(2024, 1, 20), "-10")});
  CHECK(revenue(book) == -1'00);
  Charge concession = use(noon(2024, 1, 21), "-0.50");
  concession.reduction = true;
  book.import_charges({concession});
  CHECK(revenue(book) == -4'60);
  CHECK(book.exceptions().empty());
  CHECK_THROWS_AS(book.import_charges({use(noon(2023, 12, 31), "1")}), oracle::Refused);
}

TEST_CASE("oracle: credit that returns to an expired grant is breakage, late use takes from it") {
  Tranche terms = tranche("g", "100");
  terms.expires = oracle::day(2024, 2, 1);
  Book book{{"USD", 2, {}, {}}};
  book.add_investment(deal("d", "50", {terms}));
  book.import_charges({use(noon(2024, 1, 9), "60")});
  CHECK(revenue(book, {}, "breakage") == 0);
  book.close(jan);
  CHECK(revenue(book, jan, "breakage") == 20'00);
  book.import_charges({use(noon(2024, 2, 9), "-10"), use(noon(2024, 1, 31), "16")});
  // Late: 16 of face, 8.00 from breakage to usage. Then 10 come back: 5.00 the other way.
  CHECK(revenue(book, feb, "usage") == 8'00 - 5'00);
  CHECK(revenue(book, feb, "breakage") == -8'00 + 5'00);
  CHECK(revenue(book, feb) == 0);
  CHECK(book.faces().at({"g", feb}).expired == -6);
  CHECK(book.broken_ties().empty());
}

TEST_CASE("oracle: a grant that comes after its expiry closed is a catch-up of that month") {
  Tranche terms = tranche("g", "100");
  terms.expires = oracle::day(2024, 2, 1);
  Book book{{"USD", 2, jan, {}}};
  book.close(jan);
  book.close(feb);
  book.add_investment(deal("d", "50", {terms}));
  CHECK(revenue(book, mar, "breakage") == 50'00);
  CHECK(liability(book) == 0);
  for (const auto& [key, amount] : book.balances()) {
    CHECK(key.posting == mar);
    CHECK(key.origin == jan);
  }
}

TEST_CASE("oracle: an estimate is a true-up in its month; earlier months keep their figures") {
  Tranche terms = tranche("g", "1000");
  terms.proportional = true;
  terms.expected_unused = 100;
  Book book{{"USD", 2, {}, {}}};
  book.add_investment(deal("d", "1000", {terms}));
  book.import_charges({use(noon(2024, 1, 9), "300")});
  book.close(jan);
  book.estimate("g", 50, mar);
  book.estimate("g", 60, mar);  // of equal starts the last recorded
  CHECK(revenue(book, jan) == 333'33);
  CHECK(revenue(book, feb) == 0);
  CHECK(revenue(book, mar) == -14'18);                  // 300000 / 940 = 319.15 to date
  book.import_charges({use(noon(2024, 1, 10), "30")});  // late: with the estimate of January
  CHECK(revenue(book, feb) == 33'34);                   // 330000 / 900 = 366.67
  CHECK_THROWS_AS(book.estimate("g", 40, jan), oracle::Refused);
}

TEST_CASE("oracle: of estimates the latest start holds, and late use has that of the last close") {
  Tranche terms = tranche("g", "1000");
  terms.proportional = true;
  terms.expected_unused = 100;
  Book book{{"USD", 2, {}, {}}};
  book.add_investment(deal("d", "1000", {terms}));
  book.import_charges({use(noon(2024, 1, 9), "300")});
  book.estimate("g", 40, mar);
  book.estimate("g", 50, feb);  // recorded last, but it starts earlier
  CHECK(revenue(book, feb) == 315'79 - 333'33);
  CHECK(revenue(book, mar) == 312'50 - 315'79);
  book.close(jan);
  book.close(feb);
  book.import_charges({use(noon(2024, 1, 10), "30")});
  const long long late = -sum(book, [](const Key& key) {
    return key.account == Account::revenue && key.posting == mar && key.origin == jan;
  });
  CHECK(late == 347'37 - 315'79);  // 330000 / 950, though January had 900
}

TEST_CASE("oracle: closing goes in order and reopening takes back the last close only") {
  Book book{{"USD", 2, jan, {}}};
  CHECK_THROWS_AS(book.close(feb), oracle::Refused);
  book.close(jan);
  CHECK_THROWS_AS(book.reopen(feb), oracle::Refused);
  book.close(feb);
  CHECK_THROWS_AS(book.reopen(jan), oracle::Refused);
  CHECK(book.next_close() == mar);
}

}  // namespace

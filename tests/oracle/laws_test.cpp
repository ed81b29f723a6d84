// The laws that the second implementation must keep, on books drawn at random.

#include <optional>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/oracle/facts.h"
#include "tests/oracle/oracle.h"

namespace {

using oracle::Book;
using oracle::Charge;
using oracle::decimal;
using oracle::Investment;
using oracle::Month;
using oracle::Tranche;
using namespace oracle::facts;

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_{seed} {}
  int below(int bound) {
    return static_cast<int>(engine_() % static_cast<std::mt19937::result_type>(bound));
  }
  bool one_in(int bound) { return below(bound) == 0; }

 private:
  std::mt19937 engine_;
};

Charge random_charge(Dice& dice) {
  Charge charge = use(noon(2024, 1 + dice.below(4), 1 + dice.below(28)),
                      std::to_string(dice.below(40)) + "." + std::to_string(dice.below(1000)));
  charge.service = dice.one_in(2) ? "gpu" : "ml";
  charge.region = dice.one_in(2) ? "r1" : "r2";
  charge.currency = dice.one_in(6) ? "EUR" : "USD";
  if (dice.one_in(4)) charge.amount = -charge.amount;
  if (dice.one_in(6)) charge.region = charge.amount < 0 ? "" : charge.region;
  charge.reduction = dice.one_in(12);
  return charge;
}

Investment random_deal(Dice& dice, const std::string& id) {
  Investment investment = deal(id, std::to_string(100 + dice.below(100)) + ".37", {});
  for (int i = 0; i < 3; ++i) {
    Tranche terms = tranche(id + std::to_string(i), std::to_string(30 + dice.below(60)));
    terms.issued = oracle::day(2024, 1 + dice.below(3), 1 + dice.below(28));
    if (!dice.one_in(3)) terms.expires = terms.issued + 1 + dice.below(70);
    terms.proportional = dice.one_in(2);
    if (terms.proportional) terms.expected_unused = dice.below(20);
    if (dice.one_in(3)) terms.services = {"g*"};
    investment.tranches.push_back(terms);
  }
  if (dice.one_in(2)) investment.shares = oracle::Shares::with_tranche;
  return investment;
}

TEST_CASE("oracle: every tie holds, arrival does not matter, a reopened book is as never closed") {
  for (unsigned seed = 0; seed < 30; ++seed) {
    CAPTURE(seed);
    Dice dice{seed};
    Book book{{"USD", 2, seed % 2 == 0 ? std::optional{jan} : std::nullopt, {}}};
    book.add_rates({{"EUR", oracle::day(2024, 1, 1), decimal("1.0873")},
                    {"EUR", oracle::day(2024, 2, 11), decimal("1.0791")}});
    book.add_investment(random_deal(dice, "d"));
    for (int i = 0; i < 6; ++i) book.import_charges({random_charge(dice), random_charge(dice)});
    const int closes = dice.below(3);
    for (int i = 0; i < closes; ++i) book.close(*book.next_close());
    CHECK(book.broken_ties().empty());

    // What arrives after: in one order, in another, and with closes between that are taken back.
    std::vector<Charge> charges;
    for (int i = 0; i < 12; ++i) charges.push_back(random_charge(dice));
    const Investment second = random_deal(dice, "e");
    Book forwards = book;
    forwards.add_investment(second);
    for (const Charge& charge : charges) forwards.import_charges({charge});
    Book backwards = book;
    backwards.add_investment(second);
    backwards.import_charges({charges.rbegin(), charges.rend()});
    CHECK(forwards.balances() == backwards.balances());

    Book reopened = book;
    const Month once = *reopened.next_close();
    reopened.close(once);
    reopened.add_investment(second);
    for (std::size_t i = 0; i < 6; ++i) reopened.import_charges({charges[i]});
    const Month twice = *reopened.next_close();
    reopened.close(twice);
    CHECK(reopened.broken_ties().empty());
    for (std::size_t i = 6; i < 12; ++i) reopened.import_charges({charges[i]});
    CHECK(reopened.broken_ties().empty());
    reopened.reopen(twice);
    reopened.reopen(once);
    CHECK(reopened.balances() == forwards.balances());
    CHECK(reopened.broken_ties().empty());

    // A charge and its refund of one key leave no trace.
    Book untouched = forwards;
    Charge extra = random_charge(dice);
    forwards.import_charges({extra});
    extra.amount = -extra.amount;
    forwards.import_charges({extra});
    CHECK(forwards.balances() == untouched.balances());
  }
}

}  // namespace

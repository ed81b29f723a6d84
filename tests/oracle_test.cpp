// The second implementation against published examples and the seed deal, worked by hand.

#include "tests/oracle/oracle.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/oracle/facts.h"

namespace {

using oracle::Account;
using oracle::Book;
using oracle::Charge;
using oracle::decimal;
using oracle::Investment;
using oracle::Key;
using oracle::Month;
using oracle::Tranche;
using namespace oracle::facts;

// --- Published examples ------------------------------------------------------------------------

TEST_CASE("oracle: recognition of one grant, month by month, as published") {
  struct Used {
    const char* amount;
    std::optional<const char*> unused;  // an estimate that starts in this month
  };
  struct Row {
    const char* id;
    int digits;
    const char* face;
    const char* price;
    const char* unused;  // "": remote
    std::vector<Used> months;
    int expires_after;  // months; 0: never
    std::vector<long long> revenue;
    long long breakage;  // of the revenue, all months
    long long liability;
  };
  std::vector<Used> two_years(24, Used{"0", {}});
  two_years[0] = {"270_000_000", {}};
  std::vector<long long> two_years_of_revenue(24, 0);
  two_years_of_revenue[0] = 270'000'000'00;
  two_years_of_revenue[23] = 30'000'000'00;
  const std::optional<const char*> same;
  const Row rows[] = {
      {"BRK-01",
       2,
       "50000",
       "50000",
       "5000",
       {{"22500", same}},
       0,
       {25'000'00},
       2'500'00,
       25'000'00},
      {"BRK-02", 2, "1000", "1000", "100", {{"540", same}}, 0, {600'00}, 60'00, 400'00},
      {"BRK-05", 2, "500", "500", "50", {{"225", same}}, 0, {250'00}, 25'00, 250'00},
      {"BRK-06", 2, "15000", "15000", "", {{"0", same}}, 1, {15'000'00}, 15'000'00, 0},
      {"BRK-07",
       2,
       "1000",
       "1000",
       "",
       {{"300", same}, {"300", same}, {"150", same}, {"0", same}},
       4,
       {300'00, 300'00, 150'00, 250'00},
       250'00,
       0},
      {"BRK-08",
       2,
       "1000",
       "1000",
       "100",
       {{"300", same}, {"200", "50"}, {"450", same}},
       0,
       {333'33, 192'99, 473'68},
       50'00,
       0},
      {"LOY-01 in whole units",
       0,
       "10000",
       "8676",
       "500",
       {{"4500", same}, {"4000", "300"}},
       0,
       {4110, 3493},
       228,
       1073},  // usage to date 8676 x 0.85 = 7374.6 -> 7375; 7603 - 7375
      // 8675.80 x 8500 / 9700 = 7602.5051..: the price is whole cents before it is recognised,
      // so period 2 is a cent above the figure from the unrounded price, 3492.91.
      {"LOY-01 in cents",
       2,
       "10000",
       "8675.80",
       "500",
       {{"4500", same}, {"4000", "300"}},
       0,
       {4109'59, 3492'92},
       228'08,
       1073'29},
      {"LOY-02",
       0,
       "10000",
       "9000",
       "300",
       {{"4500", same}, {"4000", "100"}},
       0,
       {4175, 3552},
       77,
       1273},
      {"LOY-04",
       2,
       "10000",
       "720000",
       "2000",
       {{"4000", same}, {"4100", "1000"}, {"900", same}},
       0,
       {360'000'00, 288'000'00, 72'000'00},
       72'000'00,
       0},
      {"USE-02", 2, "100", "100", "", {{"30", same}}, 0, {30'00}, 0, 70'00},
      {"USE-11", 2, "200", "30", "50", {{"150", same}}, 1, {30'00}, 7'50, 0},
      {"DEAL-02",
       2,
       "300_000_000",
       "240_000_000",
       "",
       {{"60_000_000", same}},
       0,
       {48'000'000'00},
       0,
       192'000'000'00},
      {"DEAL-04",
       2,
       "300_000_000",
       "300_000_000",
       "15_000_000",
       {{"57_000_000", same}, {"63_000_000", "6_000_000"}, {"174_000_000", same}},
       0,
       {60'000'000'00, 62'448'979'59, 177'551'020'41},
       6'000'000'00,
       0},
      {"DEAL-05", 2, "300_000_000", "300_000_000", "", two_years, 24, two_years_of_revenue,
       30'000'000'00, 0},
  };
  for (const Row& row : rows) {
    CAPTURE(row.id);
    Tranche terms = tranche("g", row.face);
    terms.proportional = *row.unused != '\0';
    if (terms.proportional) terms.expected_unused = decimal(row.unused);
    if (row.expires_after > 0) {
      const Month end = jan + row.expires_after;
      terms.expires = oracle::day(end / 12, end % 12 + 1, 1);
    }
    Book book{{"USD", row.digits, {}, {{"USD", row.digits}}}};
    book.add_investment(deal("d", row.price, {terms}));
    std::vector<long long> by_month;
    for (std::size_t i = 0; i < row.months.size(); ++i) {
      const Month now = jan + static_cast<Month>(i);
      if (row.months[i].unused) book.estimate("g", decimal(*row.months[i].unused), now);
      book.import_charges({use(noon(now / 12, now % 12 + 1, 10), row.months[i].amount)});
      book.close(now);
      by_month.push_back(revenue(book, now));
      CHECK(book.broken_ties().empty());
    }
    CHECK(by_month == row.revenue);
    CHECK(revenue(book, {}, "breakage") == row.breakage);
    CHECK(liability(book) == row.liability);
  }
}

TEST_CASE("oracle: USE-11, breakage shapes the days inside the month") {
  Tranche terms = tranche("g", "200");
  terms.proportional = true;
  terms.expected_unused = 50;
  Book book{{"USD", 2, {}, {}}};
  book.add_investment(deal("d", "30", {terms}));
  book.import_charges({use(noon(2024, 1, 15), "75")});
  CHECK(revenue(book) == 15'00);
}

TEST_CASE("oracle: USE-01 and USE-14, what no grant pays is summed exactly and rounded once") {
  Book book{{"USD", 2, {}, {}}};
  book.import_charges({use(noon(2024, 1, 3), "10.00")});
  Key unbilled;
  unbilled.account = Account::unbilled;
  unbilled.investee = "lunar";
  unbilled.posting = unbilled.origin = jan;
  Key earned = unbilled;
  earned.account = Account::revenue;
  earned.revenue = "usage";
  earned.service = "gpu";
  earned.region = "r1";
  CHECK(book.balances() == std::map<Key, long long>{{unbilled, 10'00}, {earned, -10'00}});

  Book micro{{"USD", 2, {}, {}}};
  std::vector<Charge> thousands;  // each a thousand events of 0.0000123
  for (int i = 0; i < 1000; ++i) thousands.push_back(use(noon(2024, 1, 1) + i, "0.0123"));
  micro.import_charges(thousands);
  CHECK(revenue(micro) == 12'30);
}

TEST_CASE("oracle: USE-13, usage of a closed month is booked in the open one, under its origin") {
  Book book{{"USD", 2, jan, {}}};
  book.close(jan);
  book.import_charges({use(noon(2024, 1, 5), "3.00")});
  CHECK(revenue(book, jan) == 0);
  CHECK(revenue(book, feb) == 3'00);
  for (const auto& [key, amount] : book.balances()) CHECK(key.origin == jan);
}

TEST_CASE("oracle: FX-03, a grant keeps the rate of its contract") {
  Investment investment = deal("d", "300_000_000", {tranche("g", "300_000_000")});
  investment.fixed_rate = decimal("7.20");
  Book book{{"CNY", 2, {}, {}}};
  book.add_rates({{"USD", oracle::day(2024, 1, 1), decimal("7.10")},
                  {"USD", oracle::day(2024, 2, 1), decimal("7.35")}});
  book.add_investment(investment);
  CHECK(book.price("g") == 2'160'000'000'00);
  book.import_charges({use(noon(2024, 1, 9), "60_000_000"), use(noon(2024, 2, 9), "90_000_000")});
  CHECK(revenue(book, jan) == 432'000'000'00);
  CHECK(revenue(book, feb) == 648'000'000'00);
  CHECK(liability(book) == 1'080'000'000'00);
}

TEST_CASE("oracle: DEAL-01, cash and credits for a stake") {
  Investment investment = deal("d", "800_000_000", {tranche("g", "300_000_000")});
  investment.cash = decimal("500_000_000");
  Book book{{"USD", 2, {}, {}}};
  book.add_investment(investment);
  book.import_charges({use(noon(2024, 3, 1), "60_000_000")});
  const auto of = [&](Account account) {
    return sum(book, [&](const Key& key) { return key.account == account; });
  };
  CHECK(of(Account::investment) == 800'000'000'00);
  CHECK(of(Account::cash) == -500'000'000'00);
  CHECK(of(Account::liability) == -240'000'000'00);
  CHECK(of(Account::revenue) == -60'000'000'00);
}

TEST_CASE("oracle: DEAL-10, a roll-forward with a top-up and an expiry") {
  // Opening 300 in two tranches, of which the first loses 5 of its 95; a top-up of 50 in February.
  Tranche first = tranche("a", "95");
  first.expires = oracle::day(2024, 3, 1);
  Tranche added = tranche("c", "50");
  added.issued = oracle::day(2024, 2, 1);
  added.priority = 1;
  added.services = {"ml"};
  Investment top_up = deal("d2", "50", {added});
  top_up.signed_on = added.issued;
  Book book{{"USD", 2, {}, {}}};
  book.add_investment(deal("d", "300", {first, tranche("b", "205")}));
  book.close(jan);
  CHECK(liability(book, jan) == 300'00);
  book.add_investment(top_up);
  book.import_charges({use(noon(2024, 2, 9), "90"), use(noon(2024, 2, 9), "10", "ml")});
  book.close(feb);
  CHECK(liability(book, feb) == 245'00);
  CHECK(revenue(book, feb, "usage", "a") == 90'00);
  CHECK(revenue(book, feb, "breakage", "a") == 5'00);
  CHECK(revenue(book, feb, "usage", "c") == 10'00);
  CHECK(revenue(book, feb) == 105'00);
}

// --- The seed deal -----------------------------------------------------------------------------

struct Quarter {
  Month first;
  const char* drawn;
  long long revenue;    // T3 proportional, in fen
  long long liability;  // likewise
};

Book lunar(bool proportional) {
  Tranche t1 = tranche("T1", "864_000_000");
  t1.issued = oracle::day(2024, 3, 1);
  t1.expires = oracle::day(2026, 3, 1);
  Tranche t2 = tranche("T2", "756_000_000");
  t2.issued = oracle::day(2024, 9, 15);
  t2.expires = oracle::day(2026, 9, 15);
  Tranche t3 = tranche("T3", "540_000_000");
  t3.issued = oracle::day(2025, 6, 1);
  t3.expires = oracle::day(2027, 6, 1);
  t3.proportional = proportional;
  if (proportional) t3.expected_unused = 27'000'000;
  Investment investment = deal("D", "5_760_000_000", {t1, t2, t3});
  investment.signed_on = oracle::day(2024, 2, 15);
  investment.cash = decimal("3_600_000_000");
  investment.shares = oracle::Shares::with_tranche;
  investment.currency = "CNY";
  for (Tranche& it : investment.tranches) it.face_currency = "CNY";
  Book book{{"CNY", 2, {}, {}}};
  book.add_investment(investment);
  return book;
}

TEST_CASE("oracle: the seed deal to the fen, quarter by quarter") {
  // T3: 540 x D / 513, D to date 160, 360, 460, 500, 515 (above 513: all of it), 520.
  // To date 168,421,052.63; 378,947,368.42; 484,210,526.32; 526,315,789.47; 540,000,000.00.
  const Quarter quarters[] = {
      {oracle::month(2024, 1), "20", 20'000'000'00, 844'000'000'00},
      {oracle::month(2024, 4), "90", 90'000'000'00, 754'000'000'00},
      {oracle::month(2024, 7), "160", 160'000'000'00, 1'350'000'000'00},
      {oracle::month(2024, 10), "240", 240'000'000'00, 1'110'000'000'00},
      {oracle::month(2025, 1), "300", 300'000'000'00, 810'000'000'00},
      {oracle::month(2025, 4), "330", 330'000'000'00, 1'020'000'000'00},
      {oracle::month(2025, 7), "340", 340'000'000'00, 680'000'000'00},
      {oracle::month(2025, 10), "300", 308'421'052'63, 371'578'947'37},
      {oracle::month(2026, 1), "200", 210'526'315'79, 161'052'631'58},
      {oracle::month(2026, 4), "100", 105'263'157'90, 55'789'473'68},
      {oracle::month(2026, 7), "40", 42'105'263'15, 13'684'210'53},
      {oracle::month(2026, 10), "15", 13'684'210'53, 0},
      {oracle::month(2027, 1), "5", 0, 0},
      {oracle::month(2027, 4), "0", 0, 0},
  };
  Book remote = lunar(false);
  Book proportional = lunar(true);
  long long drawn = 0;
  for (const Quarter& quarter : quarters) {
    CAPTURE(quarter.drawn);
    const Month last = quarter.first + 2;  // the month in which the quarter's use falls
    Charge charge = use(noon(last / 12, last % 12 + 1, 20), quarter.drawn);
    charge.currency = "CNY";
    charge.amount *= 1'000'000;
    long long earned = 0;
    long long earned_remote = 0;
    for (Book* book : {&remote, &proportional}) {
      book->import_charges({charge});
      while (book->next_close() <= last) {
        const Month month = *book->next_close();
        book->close(month);
        (book == &remote ? earned_remote : earned) += revenue(*book, month);
      }
      CHECK(book->broken_ties().empty());
    }
    CHECK(earned == quarter.revenue);
    CHECK(liability(proportional, last) == quarter.liability);
    const long long use_of_quarter = std::stoll(quarter.drawn) * 1'000'000'00;
    const bool final_quarter = quarter.first == oracle::month(2027, 4);
    CHECK(earned_remote == (final_quarter ? 20'000'000'00 : use_of_quarter));
    drawn += use_of_quarter;
    if (quarter.first == oracle::month(2025, 4)) {
      CHECK(revenue(remote, {}, "usage", "T1") == 864'000'000'00);  // 54 of the 330
      CHECK(revenue(remote, {}, "usage", "T2") == 276'000'000'00);
    }
    if (quarter.first == oracle::month(2026, 10)) {
      CHECK(revenue(proportional, {}, "breakage") == 25'000'000'00);
      CHECK(proportional.exceptions().size() == 1);  // 515 are more than 513
    }
  }
  CHECK(drawn == 2'140'000'000'00);
  CHECK(revenue(remote) == 2'160'000'000'00);
  CHECK(revenue(proportional) == 2'160'000'000'00);
  CHECK(revenue(proportional, {}, "breakage") == 20'000'000'00);
  CHECK(proportional.faces().at({"T3", oracle::month(2027, 5)}).expired == 20'000'000);
}

}  // namespace

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/report/disclosures.h"
#include "tests/report/figure_sums.h"
#include "tests/report/sample_book.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

using Rows = std::vector<std::string>;

Report deals(const SampleBook& book, std::string_view range,
             OriginView by = OriginView::as_reported) {
  const Report report = deal_report(book.view(), range_of(range), by).value();
  CHECK(broken_checks(report).empty());
  CHECK(wrong_sums(book, report, by).empty());
  return report;
}

const Rows face{"grant",      "face",         "stand_alone_price", "face_not_issued",
                "face_drawn", "face_expired", "face_left"};
const Rows money{"grant", "price", "price_not_received", "recognised", "contract_liability"};

/// 36% for 500 in cash and 300 of credits, 200 of which expire in June.
const char* const lunar_terms =
    "[investment]\nid = \"lunar-1\"\ninvestee = \"lunar\"\nsigned = 2024-04-30\nstake = \"36%\"\n"
    "influence = \"significant\"\ncash = \"500 USD\"\nfair_value_of_stake = \"800 USD\"\n"
    "[matching]\nbilling_accounts = [\"lunar\"]\n"
    "[[tranche]]\nid = \"T1\"\nface = \"200 USD\"\nissued = 2024-04-30\nexpires = 2024-06-15\n"
    "[[tranche]]\nid = \"T2\"\nface = \"100 USD\"\nissued = 2024-05-20\nbegins = 2024-06-01\n"
    "breakage = { method = \"proportional\", expected = \"20%\" }\n";

SampleBook lunar() {
  SampleBook book{"2024-03"};
  add_terms(book, lunar_terms);
  book.import_usage({{"lunar", "2024-04-30", "50"}, {"lunar", "2024-05-10", "30"}});
  return book;
}

/// A deal of one tranche of 300 at the end of April, with more lines for its parts.
std::string one_tranche(const std::string& investment, const std::string& tranche,
                        const std::string& currency = "USD") {
  return "[investment]\nid = \"d\"\ninvestee = \"lab\"\nsigned = 2024-04-30\n" + investment +
         "[matching]\nbilling_accounts = [\"lab\"]\n[[tranche]]\nid = \"T\"\nface = \"300 " +
         currency + "\"\nissued = 2024-04-30\n" + tranche;
}

}  // namespace

TEST_CASE("deal: what was agreed, and where it stands at the end of each month") {
  SampleBook book = lunar();
  CHECK(deals(book, "2024-03").rows.empty());
  const Report april = deals(book, "2024-04");
  CHECK(rows_text(april, {"investee", "investment", "grant", "level", "signed", "stake_pct",
                          "influence", "cash", "fair_value_of_stake", "fair_value_less_cash",
                          "fair_value_currency", "face_currency"}) ==
        Rows{"lunar | lunar-1 | null | deal | 2024-04-30 | 36.00 | significant | 500.00 | 800.00 | "
             "300.00 | USD | USD",
             "lunar | lunar-1 | T1 | tranche | null | null | null | null | null | null | null | USD",
             "lunar | lunar-1 | T2 | tranche | null | null | null | null | null | null | null | "
             "USD"});
  CHECK(rows_text(april, face) == Rows{"null | 300.00 | 300.00 | 100.00 | 50.00 | 0.00 | 150.00",
                                       "T1 | 200.00 | 200.00 | 0.00 | 50.00 | 0.00 | 150.00",
                                       "T2 | 100.00 | 100.00 | 100.00 | 0.00 | 0.00 | 0.00"});
  CHECK(rows_text(april, money) == Rows{"null | 300.00 | 0.00 | 50.00 | 250.00",
                                        "T1 | 200.00 | 0.00 | 50.00 | 150.00",
                                        "T2 | 100.00 | 0.00 | 0.00 | 100.00"});
  CHECK(rows_text(april, {"grant", "issued", "begins", "expires", "breakage",
                          "face_expected_unused", "flags"}) ==
        Rows{"null | null | null | null | null | null | null",
             "T1 | 2024-04-30 | 2024-04-30 | 2024-06-15 | remote | null | null",
             "T2 | 2024-05-20 | 2024-06-01 | null | proportional | 20.00 | null"});
  CHECK(cell(april, 0, "ref") == "deal:2024-04:lunar:lunar-1:-");
  CHECK(cell(april, 1, "ref") == "deal:2024-04:lunar:lunar-1:T1");
  CHECK(sources_of(april, "deal:2024-04:lunar:lunar-1:-#recognised") ==
        Rows{"- trial-balance:2024-04:Revenue:lunar:T1:usage:gpu:r1#balance"});
  CHECK(sources_of(april, "deal:2024-04:lunar:lunar-1:-#contract_liability") ==
        Rows{"+ rollforward:2024-04:T1#closing", "+ rollforward:2024-04:T2#closing"});
  CHECK(sources_of(april, "deal:2024-04:lunar:lunar-1:-#cash").size() == 1);

  for (const char* period : {"2024-03", "2024-04", "2024-05", "2024-06"}) book.close(period);
  const Report quarter = deals(book, "2024-Q2");
  // 120 of T1 expire undrawn: all of its price is revenue.
  CHECK(rows_text(quarter, face) == Rows{"null | 300.00 | 300.00 | 0.00 | 80.00 | 120.00 | 100.00",
                                         "T1 | 200.00 | 200.00 | 0.00 | 80.00 | 120.00 | 0.00",
                                         "T2 | 100.00 | 100.00 | 0.00 | 0.00 | 0.00 | 100.00"});
  CHECK(rows_text(quarter, money) == Rows{"null | 300.00 | 0.00 | 200.00 | 100.00",
                                          "T1 | 200.00 | 0.00 | 200.00 | 0.00",
                                          "T2 | 100.00 | 0.00 | 0.00 | 100.00"});
  CHECK(total(quarter, "cash") == "500.00");
  CHECK(total(quarter, "price") == "300.00");
  CHECK(total(quarter, "contract_liability") == "100.00");
  CHECK(total(quarter, "face_expired") == "120.00");
}

TEST_CASE("deal: a deal counts from the month of its signing, late ones where they are booked") {
  SampleBook book{"2024-03"};
  book.add_deal({.id = "T1", .investee = "lunar", .signed_on = "2024-04-01", .face = "10"});
  CHECK(deals(book, "2024-03").rows.empty());
  CHECK(deals(book, "2024-04").rows.size() == 2);
  book.close("2024-03");
  book.add_deal({.id = "T2", .investee = "nova", .signed_on = "2024-03-31", .face = "20"});
  CHECK(deals(book, "2024-03").rows.empty());
  CHECK(deals(book, "2024-04").rows.size() == 4);
  const Report origin = deals(book, "2024-03", OriginView::by_origin);
  CHECK(rows_text(origin, money) ==
        Rows{"null | 20.00 | 0.00 | 0.00 | 20.00", "T2 | 20.00 | 0.00 | 0.00 | 20.00"});
  CHECK(cell(origin, 0, "ref") == "deal/by-origin:2024-03:nova:nova-deal-T2:-");
}

TEST_CASE("deal: a late draw counts where it is booked, or by origin where it belongs") {
  SampleBook book = lunar();
  book.close("2024-03");
  book.close("2024-04");
  book.import_usage({{"lunar", "2024-04-30", "7"}});
  CHECK(row_text(deals(book, "2024-04"), 1, face) ==
        "T1 | 200.00 | 200.00 | 0.00 | 50.00 | 0.00 | 150.00");
  const Report origin = deals(book, "2024-04", OriginView::by_origin);
  CHECK(row_text(origin, 1, face) == "T1 | 200.00 | 200.00 | 0.00 | 57.00 | 0.00 | 143.00");
  CHECK(row_text(origin, 1, money) == "T1 | 200.00 | 0.00 | 57.00 | 143.00");
}

TEST_CASE("deal: shares that come with a tranche are a price not received until then") {
  SampleBook book{"2024-04"};
  add_terms(book,
            "[investment]\nid = \"d\"\ninvestee = \"lab\"\nsigned = 2024-04-01\n"
            "shares = \"with_tranche\"\n[matching]\nbilling_accounts = [\"lab\"]\n"
            "[[tranche]]\nid = \"T1\"\nface = \"60 USD\"\nissued = 2024-04-01\n"
            "[[tranche]]\nid = \"T2\"\nface = \"40 USD\"\nissued = 2024-07-01\n");
  const Report quarter = deals(book, "2024-Q2");
  CHECK(rows_text(quarter, money) == Rows{"null | 100.00 | 40.00 | 0.00 | 60.00",
                                          "T1 | 60.00 | 0.00 | 0.00 | 60.00",
                                          "T2 | 40.00 | 40.00 | 0.00 | 0.00"});
  CHECK(row_text(quarter, 2, face) == "T2 | 40.00 | 40.00 | 40.00 | 0.00 | 0.00 | 0.00");
  CHECK(row_text(quarter, 0, {"cash", "fair_value_less_cash", "stake_pct", "influence"}) ==
        "0.00 | null | null | null");
  CHECK(quarter.notes == Rows{"d: no fair value of the stake: the price is the stand-alone selling "
                              "price of the paid credits, 100% of face"});
  CHECK(row_text(deals(book, "2024-07"), 2, money) == "T2 | 40.00 | 0.00 | 0.00 | 40.00");
}

TEST_CASE("deal: a stake worth less than face and cash lowers the price, not the face") {
  SampleBook book{"2024-04"};
  add_terms(book, one_tranche("cash = \"500 USD\"\nfair_value_of_stake = \"740 USD\"\n", ""));
  book.import_usage({{"lab", "2024-04-30", "60"}});
  // 740 - 500 = 240 for 300: 0.80 for each; 60 drawn earn 48.
  const Report report = deals(book, "2024-04");
  CHECK(row_text(report, 0, {"face", "stand_alone_price", "fair_value_less_cash", "price"}) ==
        "300.00 | 300.00 | 240.00 | 240.00");
  CHECK(row_text(report, 1, money) == "T | 240.00 | 0.00 | 48.00 | 192.00");
  CHECK(cell(report, 1, "flags") == "null");
}

TEST_CASE("deal: flags compare the unrounded price with the face and the stand-alone price") {
  struct Row {
    const char* why;
    std::string investment, tranche, stand_alone, flags;
  };
  const std::string worth = "cash = \"500 USD\"\nfair_value_of_stake = ";
  const Row rows[] = {
      {"all three agree", worth + "\"800 USD\"\n", "", "300.00", "null"},
      {"list price, where 25% off could be had", worth + "\"800 USD\"\nssp = \"75%\"\n", "",
       "225.00", "price above stand-alone price"},
      {"exactly the stand-alone price", worth + "\"725 USD\"\nssp = \"75%\"\n", "", "225.00",
       "null"},
      {"a cent above it", worth + "\"725.01 USD\"\nssp = \"75%\"\n", "", "225.00",
       "price above stand-alone price"},
      {"above the face", worth + "\"800.01 USD\"\naccept_price_above_face = true\n", "", "300.00",
       "price above face; price above stand-alone price"},
      {"a premium that is usual", worth + "\"830 USD\"\nssp = \"110%\"\n"
       "accept_price_above_face = true\n", "", "330.00", "price above face"},
      {"acceptance alone says nothing", worth + "\"800 USD\"\naccept_price_above_face = true\n",
       "", "300.00", "null"},
      {"a stated price", "accept_price_above_face = true\n", "transaction_price = \"300.01 USD\"\n",
       "300.00", "price above face; price above stand-alone price"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    SampleBook book{"2024-04"};
    add_terms(book, one_tranche(row.investment, row.tranche));
    const Report report = deals(book, "2024-04");
    CHECK(cell(report, 1, "stand_alone_price") == row.stand_alone);
    CHECK(cell(report, 1, "flags") == row.flags);
  }
}

TEST_CASE("deal: a bonus says so, and shares the price of all") {
  SampleBook book{"2024-04"};
  add_terms(book, one_tranche("", "") + "[[tranche]]\nid = \"U\"\nface = \"100 USD\"\n"
                                         "issued = 2024-04-30\nbonus = true\n");
  const Report report = deals(book, "2024-04");
  CHECK(rows_text(report, {"grant", "price", "stand_alone_price", "flags"}) ==
        Rows{"null | 300.00 | 400.00 | null", "T | 225.00 | 300.00 | null",
             "U | 75.00 | 100.00 | bonus"});
}

TEST_CASE("deal: amounts in another currency stand beside the book's") {
  SampleBook book{"2024-04"};
  const auto rate = [](std::string_view text) {
    return RatesImported{"rates.csv", std::string(32, text.back()),
                         {{Date::parse("2024-04-30").value(), Currency::from_code("EUR").value(),
                           Decimal::parse(text).value(), "ecb"}}};
  };
  book.record(rate("1.5"));
  add_terms(book, one_tranche("cash = \"100 EUR\"\nssp = \"75%\"\n", "", "EUR"));
  const auto check = [&] {
    const Report report = deals(book, "2024-04");
    // 225 EUR at 1.5.
    CHECK(row_text(report, 1, {"face_currency", "face", "stand_alone_price", "price", "flags"}) ==
          "EUR | 300.00 | 225.00 | 337.50 | null");
    CHECK(cell(report, 0, "cash") == "150.00");
  };
  check();
  // A rate corrected afterwards does not put the price above what it was.
  book.record(rate("1.4"));
  check();
}

TEST_CASE("deal: each check finds the difference it is there for") {
  const SampleBook book = lunar();
  const auto broken = [](const BookView& view) {
    return broken_checks(deal_report(view, range_of("2024-05"), OriginView::as_reported).value());
  };
  BookView paid = book.view();
  BookView owed = book.view();
  for (auto* view : {&paid, &owed}) {
    const AccountRole role =
        view == &paid ? AccountRole::cash : AccountRole::contract_liability;
    for (auto& [key, amount] : view->balances) {
      if (key.account.role == role) amount += 1;
    }
  }
  CHECK(broken(paid) == Rows{"cash agreed = cash paid"});
  CHECK(broken(owed) == Rows{"price received = recognised + contract liability"});
  BookView overdrawn = book.view();
  overdrawn.draws.front().totals.begin()->second += Decimal::from_integer(200);
  CHECK(broken(overdrawn) == Rows{"face = drawn + left + expired + voided, each zero or more"});
}

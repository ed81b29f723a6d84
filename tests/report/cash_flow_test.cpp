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

Report cash_flow(const SampleBook& book, std::string_view range,
                 OriginView by = OriginView::as_reported) {
  const Report report = cash_flow_report(book.view(), range_of(range), by).value();
  CHECK(broken_checks(report).empty());
  CHECK(wrong_sums(book, report, by).empty());
  return report;
}

Rows lines(const Report& report) {
  return rows_text(report, {"category", "investee", "investment", "activity", "amount"});
}

/// A stake for 500 in cash and 300 of credits on the last day of April: 60 drawn, 9 used in cash,
/// the rest expires in June.
SampleBook lunar() {
  SampleBook book{"2024-04"};
  add_terms(book,
            "[investment]\nid = \"lunar-1\"\ninvestee = \"lunar\"\nsigned = 2024-04-30\n"
            "cash = \"500 USD\"\nfair_value_of_stake = \"800 USD\"\n"
            "[matching]\nbilling_accounts = [\"lunar\"]\n"
            "[[tranche]]\nid = \"T1\"\nface = \"200 USD\"\nissued = 2024-04-30\n"
            "expires = 2024-06-15\nservices = [\"gpu\"]\n"
            "[[tranche]]\nid = \"T2\"\nface = \"100 USD\"\nissued = 2024-04-30\n"
            "services = [\"gpu\"]\n");
  book.import_usage({{"lunar", "2024-05-01", "60"}, {"lunar", "2024-05-31", "9", "storage"}});
  return book;
}

}  // namespace

TEST_CASE("cash-flow: a stake is paid in cash and in credits, revenue by them or in cash") {
  SampleBook book = lunar();
  CHECK(cash_flow(book, "2024-03").rows.empty());
  CHECK(total(cash_flow(book, "2024-03"), "cash_paid") == "0.00");
  const Report april = cash_flow(book, "2024-04");
  CHECK(lines(april) == Rows{"cash paid for stakes | lunar | lunar-1 | investing | 500.00",
                             "stakes received for credits | lunar | lunar-1 | non-cash investing | "
                             "300.00"});
  CHECK(cell(april, 0, "ref") == "cash-flow:2024-04:cash paid for stakes:lunar:lunar-1");
  CHECK(sources_of(april, cell(april, 0, "ref") + "#amount") ==
        Rows{"- trial-balance:2024-04:Cash:lunar:lunar-1#balance"});
  CHECK(sources_of(april, cell(april, 1, "ref") + "#amount") ==
        Rows{"+ rollforward:2024-04:T1#granted", "+ rollforward:2024-04:T2#granted"});
  const Report may = cash_flow(book, "2024-05");
  CHECK(lines(may) == Rows{"cash-funded revenue | lunar | null | operating | 9.00",
                           "revenue out of the contract liability | lunar | null | operating | "
                           "60.00"});
  CHECK(sources_of(may, cell(may, 0, "ref") + "#amount") ==
        Rows{"+ period:2024-05:lunar:-:usage:storage:r1#revenue"});
  for (const char* period : {"2024-04", "2024-05", "2024-06"}) book.close(period);
  // 140 of T1 are never drawn: revenue without cash all the same.
  CHECK(lines(cash_flow(book, "2024-06")) ==
        Rows{"revenue out of the contract liability | lunar | null | operating | 140.00"});
  const Report quarter = cash_flow(book, "2024-Q2");
  CHECK(total(quarter, "cash_paid") == "500.00");
  CHECK(total(quarter, "stakes_for_credits") == "300.00");
  CHECK(total(quarter, "revenue_without_cash") == "200.00");
  CHECK(total(quarter, "revenue_cash_funded") == "9.00");
}

TEST_CASE("cash-flow: shares that come with a tranche are received in its month") {
  SampleBook book{"2024-04"};
  add_terms(book,
            "[investment]\nid = \"d\"\ninvestee = \"lab\"\nsigned = 2024-04-01\n"
            "shares = \"with_tranche\"\n[matching]\nbilling_accounts = [\"lab\"]\n"
            "[[tranche]]\nid = \"T1\"\nface = \"60 USD\"\nissued = 2024-04-01\n"
            "[[tranche]]\nid = \"T2\"\nface = \"40 USD\"\nissued = 2024-07-01\n");
  CHECK(lines(cash_flow(book, "2024-Q2")) ==
        Rows{"stakes received for credits | lab | d | non-cash investing | 60.00"});
  CHECK(lines(cash_flow(book, "2024-Q3")) ==
        Rows{"stakes received for credits | lab | d | non-cash investing | 40.00"});
}

TEST_CASE("cash-flow: late amounts count where they are booked, or by origin where they belong") {
  SampleBook book{"2024-04"};
  book.add_deal({.id = "T1", .investee = "lunar", .signed_on = "2024-04-01", .face = "100"});
  book.close("2024-04");
  book.import_usage({{"lunar", "2024-04-30", "5"}});
  add_terms(book,
            "[investment]\nid = \"d\"\ninvestee = \"lab\"\nsigned = 2024-04-30\n"
            "cash = \"7 USD\"\n[matching]\nbilling_accounts = [\"lab\"]\n"
            "[[tranche]]\nid = \"T2\"\nface = \"60 USD\"\nissued = 2024-04-30\n");
  CHECK(lines(cash_flow(book, "2024-04")) ==
        Rows{"stakes received for credits | lunar | lunar-deal-T1 | non-cash investing | 100.00"});
  const Report origin = cash_flow(book, "2024-04", OriginView::by_origin);
  CHECK(lines(origin) ==
        Rows{"cash paid for stakes | lab | d | investing | 7.00",
             "revenue out of the contract liability | lunar | null | operating | 5.00",
             "stakes received for credits | lab | d | non-cash investing | 60.00",
             "stakes received for credits | lunar | lunar-deal-T1 | non-cash investing | 100.00"});
  CHECK(cell(origin, 0, "ref") == "cash-flow/by-origin:2024-04:cash paid for stakes:lab:d");
  CHECK(lines(cash_flow(book, "2024-05")).size() == 3);
}

TEST_CASE("cash-flow: each check finds the difference it is there for") {
  const SampleBook book = lunar();
  const auto broken = [&](AccountRole role) {
    BookView view = book.view();
    for (auto& [key, amount] : view.balances) {
      if (key.account.role == role) amount += 1;
    }
    return broken_checks(
        cash_flow_report(view, range_of("2024-Q2"), OriginView::as_reported).value());
  };
  CHECK(broken(AccountRole::investment) ==
        Rows{"investment accounts moved = cash paid + stakes received for credits"});
  CHECK(broken(AccountRole::contract_liability) ==
        Rows{"revenue out of the contract liability = what left it"});
}

TEST_CASE("cash-flow: cash of the range is no balance where some was paid before") {
  SampleBook book{"2024-03"};
  add_terms(book,
            "[investment]\nid = \"a\"\ninvestee = \"lab\"\nsigned = 2024-04-01\n"
            "cash = \"7 USD\"\n[matching]\nbilling_accounts = [\"lab\"]\n"
            "[[tranche]]\nid = \"T1\"\nface = \"60 USD\"\nissued = 2024-04-01\n");
  const std::string figure = "cash-flow:2024-Q2:cash paid for stakes:lab:a#amount";
  const auto sources = [&](const BookView& view) {
    return sources_of(
        cash_flow_report(view, range_of("2024-Q2"), OriginView::as_reported).value(), figure);
  };
  BookView view = book.view();
  CHECK(sources(view) == Rows{"- trial-balance:2024-Q2:Cash:lab:a#balance"});
  const Account cash{.role = AccountRole::cash, .investee = "lab", .investment = "a"};
  view.balances[{cash, Period::of(2024, 3), Period::of(2024, 3)}] = -100;
  CHECK(sources(view).empty());
}

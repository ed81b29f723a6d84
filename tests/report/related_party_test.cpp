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

Report related(const SampleBook& book, std::string_view range,
               OriginView by = OriginView::as_reported) {
  const Report report = related_party_report(book.view(), range_of(range), by).value();
  CHECK(broken_checks(report).empty());
  CHECK(wrong_sums(book, report, by).empty());
  return report;
}

const Rows revenue{"investee",         "revenue",      "revenue_credits",
                   "revenue_breakage", "revenue_cash"};
const Rows stakes{"cash_paid", "credits_promised"};
const Rows balances{"contract_liability_begin", "contract_liability_end",
                    "unbilled_receivable_end",  "price_not_received",
                    "face_currency",            "face_left",
                    "face_not_issued"};

/// 36% for 500 in cash and 300 of credits on the last day of 2023, drawn for GPUs until July.
SampleBook year_of_lunar() {
  SampleBook book{"2023-12"};
  add_terms(book,
            "[investment]\nid = \"lunar-1\"\ninvestee = \"lunar\"\nsigned = 2023-12-31\n"
            "stake = \"36%\"\ninfluence = \"significant\"\ncash = \"500_000_000 USD\"\n"
            "fair_value_of_stake = \"800_000_000 USD\"\n"
            "[matching]\nbilling_accounts = [\"lunar\"]\n"
            "[[tranche]]\nid = \"T1\"\nface = \"300_000_000 USD\"\nissued = 2023-12-31\n"
            "services = [\"gpu\"]\n");
  book.import_usage({{"lunar", "2024-01-01", "110000000"}, {"lunar", "2024-12-31", "100000000"}});
  return book;
}

}  // namespace

TEST_CASE("related-party: the year of an investee of 36%") {
  const Report year = related(year_of_lunar(), "2024");
  REQUIRE(year.rows.size() == 1);
  CHECK(cell(year, 0, "relationship") ==
        "lunar-1, signed 2023-12-31: 36% of the shares, influence significant");
  // 300m at the begin less 210m is 90m.
  CHECK(row_text(year, 0, revenue) == "lunar | 210000000.00 | 210000000.00 | 0.00 | 0.00");
  CHECK(row_text(year, 0, stakes) == "0.00 | 0.00");
  CHECK(row_text(year, 0, balances) ==
        "300000000.00 | 90000000.00 | 0.00 | 0.00 | USD | 90000000.00 | 0.00");
  CHECK(cell(year, 0, "terms") == "T1: from 2023-12-31, no expiry");
  CHECK(cell(year, 0, "ref") == "related-party:2024:lunar");
  CHECK(year.notes.back().starts_with("nothing here says that the terms are those of dealings at "
                                      "arm's length"));
  CHECK(sources_of(year, "related-party:2024:lunar#contract_liability_end") ==
        Rows{"+ rollforward:2024:T1#closing"});
}

TEST_CASE("related-party: a stake bought in the range, and what its credits brought") {
  const SampleBook book = year_of_lunar();
  const Report december = related(book, "2023-12");
  CHECK(row_text(december, 0, stakes) == "500000000.00 | 300000000.00");
  CHECK(row_text(december, 0, balances) ==
        "0.00 | 300000000.00 | 0.00 | 0.00 | USD | 300000000.00 | 0.00");
  CHECK(sources_of(december, "related-party:2023-12:lunar#cash_paid").size() == 1);
  CHECK(related(book, "2023-11").rows.empty());
}

TEST_CASE("related-party: breakage, cash and what was not received are apart") {
  SampleBook book{"2024-04"};
  add_terms(book,
            "[investment]\nid = \"a\"\ninvestee = \"lab\"\nsigned = 2024-04-01\ncash = \"7 USD\"\n"
            "shares = \"with_tranche\"\n[matching]\nbilling_accounts = [\"lab\"]\n"
            "[[tranche]]\nid = \"T1\"\nface = \"60 USD\"\nissued = 2024-04-01\n"
            "expires = 2024-05-01\nservices = [\"gpu\"]\n"
            "[[tranche]]\nid = \"T2\"\nface = \"40 USD\"\nissued = 2024-07-01\n");
  book.import_usage({{"lab", "2024-04-30", "25"}, {"lab", "2024-05-02", "3", "storage"}});
  book.close("2024-04");
  // A second stake, with cash in another month: the trial balance then holds both payments.
  add_terms(book,
            "[investment]\nid = \"b\"\ninvestee = \"lab\"\nsigned = 2024-06-30\nstake = \"5%\"\n"
            "cash = \"11 USD\"\n[matching]\nbilling_accounts = [\"lab\"]\n"
            "[[tranche]]\nid = \"U1\"\nface = \"10 USD\"\nissued = 2024-06-30\n"
            "expires = 2025-01-01\n");
  const Report quarter = related(book, "2024-Q2");
  CHECK(rows_text(quarter, revenue) == Rows{"lab | 63.00 | 25.00 | 35.00 | 3.00"});
  CHECK(rows_text(quarter, stakes) == Rows{"18.00 | 70.00"});
  CHECK(rows_text(quarter, balances) == Rows{"0.00 | 10.00 | 3.00 | 40.00 | USD | 10.00 | 40.00"});
  CHECK(cell(quarter, 0, "relationship") ==
        "a, signed 2024-04-01; b, signed 2024-06-30: 5% of the shares");
  CHECK(cell(quarter, 0, "terms") ==
        "T1: from 2024-04-01, expires 2024-05-01; T2: from 2024-07-01, no expiry; U1: from "
        "2024-06-30, expires 2025-01-01");
  CHECK(sources_of(quarter, "related-party:2024-Q2:lab#price_not_received") ==
        Rows{"+ deal:2024-Q2:lab:a:T2#price_not_received"});
  const Report june = related(book, "2024-06");
  CHECK(rows_text(june, stakes) == Rows{"11.00 | 10.00"});
  CHECK(rows_text(june, revenue) == Rows{"lab | 0.00 | 0.00 | 0.00 | 0.00"});
  CHECK(total(june, "contract_liability_end") == "10.00");
  CHECK(rows_text(related(book, "2024-07"), balances) ==
        Rows{"10.00 | 50.00 | 3.00 | 0.00 | USD | 50.00 | 0.00"});
}

TEST_CASE("related-party: credits in two currencies are listed, never added") {
  SampleBook book{"2024-04"};
  for (const std::string code : {"EUR", "USD"}) {
    add_terms(book, "[investment]\nid = \"" + code + "\"\ninvestee = \"lab\"\n" +
                        "signed = 2024-04-01\nfixed_rate = \"1.5\"\n[matching]\n" +
                        "billing_accounts = [\"" + code + "\"]\n[[tranche]]\nid = \"T" + code +
                        "\"\nface = \"80 " + code + "\"\nissued = 2024-04-01\n");
  }
  const Report report = related(book, "2024-04");
  CHECK(row_text(report, 0, balances) == "0.00 | 200.00 | 0.00 | 0.00 | null | null | null");
  REQUIRE(report.notes.size() == 4);
  CHECK(report.notes[0] == "lab: face left 80.00 EUR, not issued 0.00 EUR");
  CHECK(report.notes[1] == "lab: face left 80.00 USD, not issued 0.00 USD");
}

TEST_CASE("related-party: a late charge counts where it is booked, or by origin where it belongs") {
  SampleBook book{"2024-04"};
  book.add_deal({.id = "T1", .investee = "lunar", .signed_on = "2024-04-01", .face = "100"});
  book.import_usage({{"lunar", "2024-04-30", "10"}});
  book.close("2024-04");
  book.import_usage({{"lunar", "2024-04-30", "5"}});
  CHECK(rows_text(related(book, "2024-04"), revenue) ==
        Rows{"lunar | 10.00 | 10.00 | 0.00 | 0.00"});
  const Report origin = related(book, "2024-04", OriginView::by_origin);
  CHECK(rows_text(origin, revenue) == Rows{"lunar | 15.00 | 15.00 | 0.00 | 0.00"});
  CHECK(cell(origin, 0, "contract_liability_end") == "85.00");
  CHECK(cell(origin, 0, "ref") == "related-party/by-origin:2024-04:lunar");
}

TEST_CASE("related-party: a liability that moved by nothing known breaks the check") {
  BookView view = year_of_lunar().view();
  for (auto& [key, amount] : view.balances) {
    if (key.account.role == AccountRole::contract_liability) amount += 1;
  }
  CHECK(broken_checks(
            related_party_report(view, range_of("2024"), OriginView::as_reported).value()) ==
        Rows{"liability at the begin + credits promised - revenue = liability at the end"});
}

TEST_CASE("related-party: cash of the range is no balance where some was paid before") {
  SampleBook book{"2024-03"};
  add_terms(book,
            "[investment]\nid = \"a\"\ninvestee = \"lab\"\nsigned = 2024-04-01\n"
            "cash = \"7 USD\"\n[matching]\nbilling_accounts = [\"lab\"]\n"
            "[[tranche]]\nid = \"T1\"\nface = \"60 USD\"\nissued = 2024-04-01\n");
  const std::string figure = "related-party:2024-Q2:lab#cash_paid";
  const auto sources = [&](const BookView& view) {
    return sources_of(
        related_party_report(view, range_of("2024-Q2"), OriginView::as_reported).value(), figure);
  };
  BookView view = book.view();
  CHECK(sources(view) == Rows{"- trial-balance:2024-Q2:Cash:lab:a#balance"});
  const Account cash{.role = AccountRole::cash, .investee = "lab", .investment = "a"};
  view.balances[{cash, Period::of(2024, 3), Period::of(2024, 3)}] = -100;
  CHECK(sources(view).empty());
}

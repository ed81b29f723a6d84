#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/report/reports.h"
#include "tests/report/sample_book.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

const std::vector<std::string> money{"grant",    "opening",      "granted",  "usage", "breakage",
                                     "modification", "refunded", "other", "closing"};
const std::vector<std::string> face{"grant",         "face_currency", "face_opening",
                                    "face_granted",  "face_drawn",    "face_expired",
                                    "face_voided",   "face_closing"};

Report rollforward(const SampleBook& book, std::string_view range,
                   OriginView by = OriginView::as_reported) {
  const Report report = rollforward_report(book.view(), range_of(range), by).value();
  CHECK(broken_checks(report).empty());
  return report;
}

std::string only(const Report& report, const std::vector<std::string>& columns) {
  REQUIRE(report.rows.size() == 1);
  return row_text(report, 0, columns);
}

}  // namespace

TEST_CASE("rollforward: opening plus the movements is closing, month by month and over the quarter") {
  SampleBook book{"2024-04"};
  book.add_deal({.id = "T1",
                 .investee = "lunar",
                 .signed_on = "2024-04-10",
                 .face = "100",
                 .expires_on = "2024-06-15"});
  book.import_usage({{"lunar", "2024-04-20", "30"}, {"lunar", "2024-05-20", "20.125"}});
  for (const char* period : {"2024-04", "2024-05", "2024-06"}) book.close(period);

  CHECK(rollforward(book, "2024-03").rows.empty());
  const Report april = rollforward(book, "2024-04");
  CHECK(only(april, money) == "T1 | 0.00 | 100.00 | -30.00 | 0.00 | 0.00 | 0.00 | 0.00 | 70.00");
  CHECK(only(april, face) == "T1 | USD | 0.00 | 100.00 | -30.00 | 0.00 | 0.00 | 70.00");
  // 50.125 of 100 to date: 50.12, half to even. Faces are exact.
  const Report may = rollforward(book, "2024-05");
  CHECK(only(may, money) == "T1 | 70.00 | 0.00 | -20.12 | 0.00 | 0.00 | 0.00 | 0.00 | 49.88");
  CHECK(only(may, face) == "T1 | USD | 70.00 | 0.00 | -20.125 | 0.00 | 0.00 | 49.875");
  const Report june = rollforward(book, "2024-06");
  CHECK(only(june, money) == "T1 | 49.88 | 0.00 | 0.00 | -49.88 | 0.00 | 0.00 | 0.00 | 0.00");
  CHECK(only(june, face) == "T1 | USD | 49.875 | 0.00 | 0.00 | -49.875 | 0.00 | 0.00");
  const Report quarter = rollforward(book, "2024-Q2");
  CHECK(only(quarter, money) ==
        "T1 | 0.00 | 100.00 | -50.12 | -49.88 | 0.00 | 0.00 | 0.00 | 0.00");
  CHECK(only(quarter, face) == "T1 | USD | 0.00 | 100.00 | -50.125 | -49.875 | 0.00 | 0.00");
  CHECK(cell(quarter, 0, "ref") == "rollforward:2024-Q2:T1");
  CHECK(total(quarter, "usage") == "-50.12");
  CHECK(total(quarter, "face_drawn") == "-50.125");
  // A row stays when all is over.
  CHECK(only(rollforward(book, "2024-07"), money) ==
        "T1 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00");
}

TEST_CASE("rollforward: expiry waits for its close, and late draws take from what expired") {
  SampleBook book{"2024-04"};
  book.add_deal({.id = "T1",
                 .investee = "lunar",
                 .signed_on = "2024-04-01",
                 .face = "100",
                 .expires_on = "2024-05-01"});
  book.import_usage({{"lunar", "2024-04-20", "30"}});
  CHECK(only(rollforward(book, "2024-05"), face) ==
        "T1 | USD | 70.00 | 0.00 | 0.00 | 0.00 | 0.00 | 70.00");
  book.close("2024-04");
  CHECK(only(rollforward(book, "2024-04"), face) ==
        "T1 | USD | 0.00 | 100.00 | -30.00 | -70.00 | 0.00 | 0.00");

  book.import_usage({{"lunar", "2024-04-25", "7"}});
  CHECK(only(rollforward(book, "2024-04"), money) ==
        "T1 | 0.00 | 100.00 | -30.00 | -70.00 | 0.00 | 0.00 | 0.00 | 0.00");
  CHECK(only(rollforward(book, "2024-05"), money) ==
        "T1 | 0.00 | 0.00 | -7.00 | 7.00 | 0.00 | 0.00 | 0.00 | 0.00");
  CHECK(only(rollforward(book, "2024-05"), face) ==
        "T1 | USD | 0.00 | 0.00 | -7.00 | 7.00 | 0.00 | 0.00");
  const Report origin = rollforward(book, "2024-04", OriginView::by_origin);
  CHECK(only(origin, money) == "T1 | 0.00 | 100.00 | -37.00 | -63.00 | 0.00 | 0.00 | 0.00 | 0.00");
  CHECK(only(origin, face) == "T1 | USD | 0.00 | 100.00 | -37.00 | -63.00 | 0.00 | 0.00");
}

TEST_CASE("rollforward: a deal recorded after its periods closed is granted where it is booked") {
  SampleBook book{"2024-03"};
  book.add_deal({.id = "T1", .investee = "lunar", .signed_on = "2024-03-01", .face = "10"});
  book.close("2024-03");
  book.close("2024-04");
  book.add_deal({.id = "T2",
                 .investee = "nova",
                 .signed_on = "2024-03-10",
                 .face = "50",
                 .expires_on = "2024-04-11"});
  // Its expiry belongs to closed April: it is booked with the deal, in May.
  CHECK(rollforward(book, "2024-04").rows.size() == 1);
  const Report may = rollforward(book, "2024-05");
  CHECK(row_text(may, 1, money) ==
        "T2 | 0.00 | 50.00 | 0.00 | -50.00 | 0.00 | 0.00 | 0.00 | 0.00");
  CHECK(row_text(may, 1, face) == "T2 | USD | 0.00 | 50.00 | 0.00 | -50.00 | 0.00 | 0.00");
  const std::string open = row_text(may, 1, face);
  book.close("2024-05");
  CHECK(row_text(rollforward(book, "2024-05"), 1, face) == open);
  CHECK(row_text(rollforward(book, "2024-06"), 1, face) ==
        "T2 | USD | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00");

  const Report april = rollforward(book, "2024-04", OriginView::by_origin);
  CHECK(row_text(april, 1, money) ==
        "T2 | 50.00 | 0.00 | 0.00 | -50.00 | 0.00 | 0.00 | 0.00 | 0.00");
  CHECK(row_text(april, 1, face) == "T2 | USD | 50.00 | 0.00 | 0.00 | -50.00 | 0.00 | 0.00");

  // Taken back to April, the deal moves home to where its periods are open.
  book.reopen("2024-05");
  book.reopen("2024-04");
  CHECK(row_text(rollforward(book, "2024-04"), 1, money) ==
        "T2 | 0.00 | 50.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00 | 50.00");
}

TEST_CASE("rollforward: proportional breakage is recognised beside usage, and falls again") {
  SampleBook book{"2024-04"};
  book.add_deal({.id = "T1",
                 .investee = "lunar",
                 .signed_on = "2024-04-01",
                 .face = "100",
                 .expected_unused_percent = "20"});
  book.import_usage({{"lunar", "2024-04-20", "40"}, {"lunar", "2024-05-20", "50"}});
  // 100 x 40/80 = 50; then all: usage 90, breakage back to 10 in total.
  CHECK(only(rollforward(book, "2024-04"), money) ==
        "T1 | 0.00 | 100.00 | -40.00 | -10.00 | 0.00 | 0.00 | 0.00 | 50.00");
  CHECK(only(rollforward(book, "2024-05"), money) ==
        "T1 | 50.00 | 0.00 | -50.00 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00");
}

TEST_CASE("rollforward: each check finds the difference it is there for") {
  SampleBook book{"2024-04"};
  book.add_deal({.id = "T1", .investee = "lunar", .signed_on = "2024-04-01", .face = "100"});
  book.import_usage({{"lunar", "2024-04-20", "40"}, {"lunar", "2024-05-20", "50"}});
  struct Row {
    const char* why;
    AccountRole role;
    const char* period;
    std::vector<std::string> broken;
  };
  const Row rows[] = {
      {"liability moved by nothing known", AccountRole::contract_liability, "2024-05",
       {"price received = recognised + contract liability", "opening + movements = closing"}},
      {"revenue without a fall of the liability", AccountRole::revenue, "2024-05",
       {"price received = recognised + contract liability", "opening + movements = closing"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    BookView view = book.view();
    for (auto& [key, amount] : view.balances) {
      if (key.account.role == row.role && key.posting_period.to_string() == row.period) amount += 1;
    }
    const Report report =
        rollforward_report(view, range_of("2024-05"), OriginView::as_reported).value();
    CHECK(broken_checks(report) == row.broken);
  }
  // A liability of a grant that the book does not hold is in no row.
  BookView stray = book.view();
  stray.balances[{Account{.role = AccountRole::contract_liability, .investee = "x", .grant = "X"},
                  Period::of(2024, 4), Period::of(2024, 4)}] = -7;
  CHECK(broken_checks(
            rollforward_report(stray, range_of("2024-05"), OriginView::as_reported).value()) ==
        std::vector<std::string>{"closing = contract liability in the trial balance",
                                 "opening = closing of the period before"});
  // More drawn than the face.
  BookView overdrawn = book.view();
  overdrawn.draws.back().totals.begin()->second += Decimal::from_integer(20);
  CHECK(broken_checks(
            rollforward_report(overdrawn, range_of("2024-05"), OriginView::as_reported).value()) ==
        std::vector<std::string>{"face = drawn + left + expired + voided, each zero or more"});
}

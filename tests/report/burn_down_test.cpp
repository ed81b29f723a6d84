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

Report burn_down(const SampleBook& book, std::string_view range,
                 OriginView by = OriginView::as_reported) {
  const Report report = burn_down_report(book.view(), range_of(range), by).value();
  CHECK(broken_checks(report).empty());
  CHECK(wrong_sums(book, report, by).empty());
  return report;
}

Rows faces(const Report& report) {
  return rows_text(report, {"period", "grant", "face_opening", "face_granted", "face_drawn",
                            "face_expired", "face_closing"});
}

/// 100 from the last day of April, gone on the fifteenth of June; 40 from the first day of May.
SampleBook two_grants() {
  SampleBook book{"2024-04"};
  book.add_deal({.id = "T1",
                 .investee = "lunar",
                 .signed_on = "2024-04-30",
                 .face = "100",
                 .expires_on = "2024-06-15"});
  book.add_deal({.id = "T2", .investee = "nova", .signed_on = "2024-05-01", .face = "40"});
  book.import_usage({{"lunar", "2024-04-30", "30"},
                     {"lunar", "2024-05-31", "20.125"},
                     {"nova", "2024-06-01", "5"}});
  return book;
}

}  // namespace

TEST_CASE("burn-down: a row for every month of a grant, from that of its issue on") {
  SampleBook book = two_grants();
  for (const char* period : {"2024-04", "2024-05", "2024-06"}) book.close(period);
  const Report quarter = burn_down(book, "2024-Q2");
  CHECK(faces(quarter) == Rows{"2024-04 | T1 | 0.00 | 100.00 | -30.00 | 0.00 | 70.00",
                               "2024-05 | T1 | 70.00 | 0.00 | -20.125 | 0.00 | 49.875",
                               "2024-05 | T2 | 0.00 | 40.00 | 0.00 | 0.00 | 40.00",
                               "2024-06 | T1 | 49.875 | 0.00 | 0.00 | -49.875 | 0.00",
                               "2024-06 | T2 | 40.00 | 0.00 | -5.00 | 0.00 | 35.00"});
  CHECK(cell(quarter, 3, "expires") == "2024-06-15");
  CHECK(cell(quarter, 4, "expires") == "null");
  CHECK(cell(quarter, 4, "investee") == "nova");
  CHECK(cell(quarter, 4, "ref") == "burn-down:2024-Q2:2024-06:T2");
  CHECK(row_text(quarter, 0, {"face_currency"}) == "USD");
  CHECK(total(quarter, "face_opening") == "0.00");
  CHECK(total(quarter, "face_granted") == "140.00");
  CHECK(total(quarter, "face_drawn") == "-55.125");
  CHECK(total(quarter, "face_expired") == "-49.875");
  CHECK(total(quarter, "face_closing") == "35.00");
  // A month inside has what was drawn before it in its opening; one before the issue has no row.
  CHECK(faces(burn_down(book, "2024-05")) ==
        Rows{"2024-05 | T1 | 70.00 | 0.00 | -20.125 | 0.00 | 49.875",
             "2024-05 | T2 | 0.00 | 40.00 | 0.00 | 0.00 | 40.00"});
  CHECK(burn_down(book, "2024-03").rows.empty());
  CHECK(total(burn_down(book, "2024-03"), "face_opening") == "no total face_opening");
}

TEST_CASE("burn-down: an expiry waits for its close, and a book without usage draws nothing") {
  SampleBook book{"2024-04"};
  book.add_deal({.id = "T1",
                 .investee = "lunar",
                 .signed_on = "2024-04-01",
                 .face = "100",
                 .expires_on = "2024-05-01"});
  CHECK(faces(burn_down(book, "2024-04..2024-05")) ==
        Rows{"2024-04 | T1 | 0.00 | 100.00 | 0.00 | 0.00 | 100.00",
             "2024-05 | T1 | 100.00 | 0.00 | 0.00 | 0.00 | 100.00"});
  book.close("2024-04");
  CHECK(faces(burn_down(book, "2024-04..2024-05")) ==
        Rows{"2024-04 | T1 | 0.00 | 100.00 | 0.00 | -100.00 | 0.00",
             "2024-05 | T1 | 0.00 | 0.00 | 0.00 | 0.00 | 0.00"});
}

TEST_CASE("burn-down: a late draw counts where it is booked, or by origin where it belongs") {
  SampleBook book = two_grants();
  book.close("2024-04");
  book.import_usage({{"lunar", "2024-04-30", "7"}});
  CHECK(faces(burn_down(book, "2024-04")) ==
        Rows{"2024-04 | T1 | 0.00 | 100.00 | -30.00 | 0.00 | 70.00"});
  CHECK(row_text(burn_down(book, "2024-05"), 0, {"face_drawn"}) == "-27.125");
  const Report origin = burn_down(book, "2024-04", OriginView::by_origin);
  CHECK(faces(origin) == Rows{"2024-04 | T1 | 0.00 | 100.00 | -37.00 | 0.00 | 63.00"});
  CHECK(cell(origin, 0, "ref") == "burn-down/by-origin:2024-04:2024-04:T1");
}

TEST_CASE("burn-down: more drawn than the face breaks the tie") {
  const SampleBook book = two_grants();
  BookView view = book.view();
  // T1 has drawn 50.125: 60 more leaves -10.125 at the end of its last two months.
  view.draws.front().totals.begin()->second += Decimal::from_integer(60);
  const Report report =
      burn_down_report(view, range_of("2024-Q2"), OriginView::as_reported).value();
  REQUIRE(broken_checks(report).size() == 1);
  CHECK(shown(Cell{report.checks.front().difference}) == "20.25");
}

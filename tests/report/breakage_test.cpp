#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/report/disclosures.h"
#include "tests/report/sample_book.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

using Rows = std::vector<std::string>;
const Rows columns{"expected_pct", "before",   "from_use",     "true_up",   "at_expiry",
                   "breakage",     "to_date", "face_expired", "unused_pct"};

Report breakage(const SampleBook& book, std::string_view range) {
  return breakage_report(book.view(), range_of(range), OriginView::as_reported).value();
}

void estimate(SampleBook& book, std::string_view percent, std::string_view from) {
  book.record(EstimateChanged{"A",
                              {ExpectedUnused::Measure::percent_of_face,
                               Decimal::parse(percent).value()},
                              Period::parse(from).value()});
}

/// Price and face 100. January: 8 drawn, a fifth expected unused: 100 x 8 / 80 = 10.00, 2.00 of it
/// breakage. From February half is expected unused: at 8 drawn that is 16.00, a true-up of 6.00; 5
/// more are 26.00. In March 7 more are 40.00, then the rest expires: 60.00 for 80 of face.
SampleBook three_months() {
  SampleBook book{"2024-01"};
  book.add_deal({.id = "A", .investee = "lunar", .signed_on = "2024-01-01", .face = "100",
                 .expires_on = "2024-03-20", .expected_unused_percent = "20"});
  book.import_usage({{"lunar", "2024-01-10", "8"}});
  book.close("2024-01");
  estimate(book, "50", "2024-02");
  book.import_usage({{"lunar", "2024-02-10", "5"}, {"lunar", "2024-03-10", "7"}});
  book.close("2024-02");
  return book;
}

}  // namespace

TEST_CASE("breakage: from use, from changed estimates, and at expiry") {
  SampleBook book = three_months();
  CHECK(rows_text(breakage(book, "2024-01"), columns) ==
        Rows{"20.00 | 0.00 | 2.00 | 0.00 | 0.00 | 2.00 | 2.00 | 0.00 | null"});
  CHECK(rows_text(breakage(book, "2024-02"), columns) ==
        Rows{"50.00 | 2.00 | 5.00 | 6.00 | 0.00 | 11.00 | 13.00 | 0.00 | null"});
  // The expiry is booked when March closes.
  CHECK(rows_text(breakage(book, "2024-03"), columns) ==
        Rows{"50.00 | 13.00 | 7.00 | 0.00 | 0.00 | 7.00 | 20.00 | 0.00 | null"});
  book.close("2024-03");
  CHECK(rows_text(breakage(book, "2024-03"), columns) ==
        Rows{"50.00 | 13.00 | 7.00 | 0.00 | 60.00 | 67.00 | 80.00 | 80.00 | 80.00"});
  const Report all = breakage(book, "2024-02..2024-03");
  CHECK(rows_text(all, columns) ==
        Rows{"50.00 | 2.00 | 12.00 | 6.00 | 60.00 | 78.00 | 80.00 | 80.00 | 80.00"});
  CHECK(total(all, "true_up") == "6.00");
  CHECK(total(all, "to_date") == "80.00");
  CHECK(broken_checks(all).empty());
}

// Of two estimates that start together the last recorded holds: the first never had an effect.
TEST_CASE("breakage: an estimate that another replaces leaves no true-up") {
  SampleBook book{"2024-01"};
  book.add_deal({.id = "A", .investee = "lunar", .signed_on = "2024-01-01", .face = "100",
                 .expected_unused_percent = "20"});
  book.import_usage({{"lunar", "2024-01-10", "8"}});
  book.close("2024-01");
  estimate(book, "90", "2024-02");
  estimate(book, "50", "2024-02");
  const Report report = breakage(book, "2024-02");
  CHECK(cell(report, 0, "true_up") == "6.00");
  CHECK(cell(report, 0, "estimate_record") == "6");
}

TEST_CASE("breakage: a grant with the remote method has some only when it expires") {
  SampleBook book{"2024-01"};
  book.add_deal({.id = "A", .investee = "lunar", .signed_on = "2024-01-01", .face = "10",
                 .expires_on = "2024-02-01"});
  book.import_usage({{"lunar", "2024-01-10", "4"}});
  CHECK(rows_text(breakage(book, "2024-01"), {"method", "expected_pct", "breakage"}) ==
        Rows{"remote | null | 0.00"});
  book.close("2024-01");
  CHECK(rows_text(breakage(book, "2024-01"), {"at_expiry", "breakage", "unused_pct"}) ==
        Rows{"6.00 | 6.00 | 60.00"});
  // Before its price is received there is no row.
  CHECK(breakage(book, "2023-12").rows.empty());
}

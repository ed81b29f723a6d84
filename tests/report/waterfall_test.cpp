#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/report/reports.h"
#include "tests/report/sample_book.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

using Rows = std::vector<std::string>;
const Rows columns{"investee", "grant", "vintage", "recognised_in", "usage", "breakage", "amount"};

}  // namespace

// T1: 10 of price for 10 of face, no breakage expected: 2 in January, 3 in March, and 1 of February
// that came after the close of February, booked in March; 4 remain. T2: half of the 12
// is never drawn: 3 in March are 12 x 3 / 6 = 6.00, of it 3.00 usage and 3.00 breakage.
TEST_CASE("waterfall: by the period of the price and the period of the revenue") {
  SampleBook book{"2024-01"};
  book.add_deal({.id = "T1", .investee = "lunar", .signed_on = "2024-01-05", .face = "10"});
  book.add_deal({.id = "T2",
                 .investee = "nova",
                 .signed_on = "2024-02-05",
                 .face = "12",
                 .expected_unused_percent = "50"});
  book.import_usage({{"lunar", "2024-01-10", "2"}});
  book.close("2024-01");
  book.close("2024-02");
  book.import_usage({{"lunar", "2024-02-20", "1"}, {"lunar", "2024-03-02", "3"}, {"nova", "2024-03-03", "3"}});
  const Report report =
      waterfall_report(book.view(), range_of("2024-02..2024-03"), OriginView::as_reported).value();
  CHECK(rows_text(report, columns) ==
        Rows{"lunar | T1 | 2024-01 | 2024-03 | 4.00 | 0.00 | 4.00",
             "lunar | T1 | 2024-01 | before 2024-02 | 2.00 | 0.00 | 2.00",
             "lunar | T1 | 2024-01 | remaining | null | null | 4.00",
             "nova | T2 | 2024-02 | 2024-03 | 3.00 | 3.00 | 6.00",
             "nova | T2 | 2024-02 | remaining | null | null | 6.00"});
  CHECK(total(report, "price") == "22.00");
  CHECK(total(report, "recognised_before") == "2.00");
  CHECK(total(report, "recognised") == "10.00");
  CHECK(total(report, "remaining") == "10.00");
  CHECK(broken_checks(report).empty());
  const Report by_origin =
      waterfall_report(book.view(), range_of("2024-02..2024-03"), OriginView::by_origin).value();
  CHECK(rows_text(by_origin, {"grant", "recognised_in", "amount"}) ==
        Rows{"T1 | 2024-02 | 1.00", "T1 | 2024-03 | 3.00", "T1 | before 2024-02 | 2.00",
             "T1 | remaining | 4.00", "T2 | 2024-03 | 6.00", "T2 | remaining | 6.00"});
  // All that lies before is one row.
  CHECK(rows_text(waterfall_report(book.view(), range_of("2024-03"), OriginView::by_origin).value(),
                  {"grant", "recognised_in", "amount"}) ==
        Rows{"T1 | 2024-03 | 3.00", "T1 | before 2024-03 | 3.00", "T1 | remaining | 4.00",
             "T2 | 2024-03 | 6.00", "T2 | remaining | 6.00"});
  // In January T2 was not yet there.
  CHECK(rows_text(waterfall_report(book.view(), range_of("2024-01"), OriginView::as_reported).value(),
                  {"grant", "recognised_in", "amount"}) ==
        Rows{"T1 | 2024-01 | 2.00", "T1 | remaining | 8.00"});
}

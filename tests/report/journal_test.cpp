#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/report/reports.h"
#include "tests/report/sample_book.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

SampleBook two_months() {
  SampleBook book{"2024-03"};
  book.add_deal({.id = "T1", .investee = "lunar", .signed_on = "2024-03-01", .face = "12"});
  book.import_usage({{"lunar", "2024-03-05", "10"}});
  book.close("2024-03");
  book.import_usage({{"lunar", "2024-03-20", "2"}});
  return book;
}

const std::vector<std::string> columns{"entry",         "record",  "date",  "posting_period",
                                       "origin_period", "account", "debit", "credit",
                                       "memo"};

}  // namespace

TEST_CASE("journal: every line of the entries booked in the range, in their order") {
  const SampleBook book = two_months();
  const Report march =
      journal_report(book.store(), book.view(), range_of("2024-03"), OriginView::as_reported)
          .value();
  REQUIRE(march.rows.size() == 4);
  CHECK(row_text(march, 0, columns) ==
        "1 | 2 | 2024-03-01 | 2024-03 | 2024-03 | Investment:lunar:lunar-deal-T1 | 12.00 | 0.00 | "
        "investment added: lunar");
  CHECK(row_text(march, 1, columns) ==
        "1 | 2 | 2024-03-01 | 2024-03 | 2024-03 | Contract liability:lunar:T1 | 0.00 | 12.00 | "
        "investment added: lunar");
  CHECK(cell(march, 0, "ref") == "entry:1:1");
  CHECK(cell(march, 3, "ref") == "entry:2:2");
  CHECK(total(march, "debit") == "22.00");
  CHECK(broken_checks(march).empty());

  const Report late =
      journal_report(book.store(), book.view(), range_of("2024-04"), OriginView::as_reported)
          .value();
  REQUIRE(late.rows.size() == 2);
  CHECK(row_text(late, 0, columns) ==
        "3 | 5 | 2024-04-30 | 2024-04 | 2024-03 | Contract liability:lunar:T1 | 2.00 | 0.00 | "
        "usage imported: lunar, catch-up of 2024-03");
  const Report origin =
      journal_report(book.store(), book.view(), range_of("2024-03"), OriginView::by_origin)
          .value();
  CHECK(origin.rows.size() == 6);
  CHECK(journal_report(book.store(), book.view(), range_of("2024-04"), OriginView::by_origin)
            .value()
            .rows.empty());
}

TEST_CASE("journal: an earlier view knows only the entries of its records") {
  const SampleBook book = two_months();
  const BookView before = load_view(book.store(), 4);
  CHECK(journal_report(book.store(), before, range_of("2024-04"), OriginView::as_reported)
            .value()
            .rows.empty());
  CHECK(entry_list(book.store(), before, std::nullopt).value().rows.size() == 2);
  CHECK(entry_list(book.store(), before, range_of("2024-04")).value().rows.empty());
}

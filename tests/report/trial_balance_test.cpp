#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/report/reports.h"
#include "tests/report/sample_book.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

const std::vector<std::string> columns{"account", "type", "debit", "credit", "balance"};

SampleBook two_months() {
  SampleBook book{"2024-03"};
  book.add_deal({.id = "T1", .investee = "lunar", .signed_on = "2024-03-01", .face = "12"});
  book.import_usage({{"lunar", "2024-03-05", "10"}});
  book.close("2024-03");
  book.import_usage({{"lunar", "2024-03-20", "5"}});
  return book;
}

}  // namespace

TEST_CASE("trial balance: cumulative to the end of the range, each balance on its side") {
  const SampleBook book = two_months();
  const Report march =
      trial_balance_report(book.view(), range_of("2024-03"), OriginView::as_reported).value();
  CHECK(rows_text(march, columns) ==
        std::vector<std::string>{
            "Contract liability:lunar:T1 | liability | 0.00 | 2.00 | -2.00",
            "Investment:lunar:lunar-deal-T1 | asset | 12.00 | 0.00 | 12.00",
            "Revenue:lunar:T1:usage:gpu:r1 | revenue | 0.00 | 10.00 | -10.00",
        });
  CHECK(total(march, "debit") == "12.00");
  CHECK(total(march, "credit") == "12.00");
  CHECK(total(march, "balance") == "0.00");
  CHECK(cell(march, 2, "ref") == "trial-balance:2024-03:Revenue:lunar:T1:usage:gpu:r1");
  CHECK(broken_checks(march).empty());

  // The liability is used up: an account without a balance is left out.
  const Report april =
      trial_balance_report(book.view(), range_of("2024-04"), OriginView::as_reported).value();
  CHECK(rows_text(april, columns) ==
        std::vector<std::string>{
            "Investment:lunar:lunar-deal-T1 | asset | 12.00 | 0.00 | 12.00",
            "Revenue:lunar:-:usage:gpu:r1 | revenue | 0.00 | 3.00 | -3.00",
            "Revenue:lunar:T1:usage:gpu:r1 | revenue | 0.00 | 12.00 | -12.00",
            "Unbilled receivable:lunar | asset | 3.00 | 0.00 | 3.00",
        });
  const Report origin =
      trial_balance_report(book.view(), range_of("2024-03"), OriginView::by_origin).value();
  CHECK(rows_text(origin, columns) == rows_text(april, columns));
}

TEST_CASE("trial balance: the check finds books that do not balance") {
  BookView view = two_months().view();
  view.balances.begin()->second += 1;
  const Report report =
      trial_balance_report(view, range_of("2024-04"), OriginView::as_reported).value();
  CHECK(broken_checks(report) == std::vector<std::string>{"debits = credits"});
  CHECK(shown(report.checks.front().difference) == "0.01");
}

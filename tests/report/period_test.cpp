#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/report/reports.h"
#include "tests/report/sample_book.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

/// March closes with usage of 10; 5 more of March arrive after that, with 3 of April.
SampleBook late_charge() {
  SampleBook book{"2024-03"};
  book.add_deal({.id = "T1", .investee = "lunar", .signed_on = "2024-03-01", .face = "12"});
  book.import_usage({{"lunar", "2024-03-05", "10"}});
  book.close("2024-03");
  book.import_usage({{"lunar", "2024-03-20", "5"}, {"lunar", "2024-04-02", "3"}});
  return book;
}

const std::vector<std::string> columns{"investee", "investment", "grant",  "funding",
                                       "kind",     "service",    "region", "revenue"};

std::vector<std::string> rows(const SampleBook& book, std::string_view range, OriginView by) {
  const Report report = period_report(book.view(), range_of(range), by).value();
  CHECK(broken_checks(report).empty());
  return rows_text(report, columns);
}

}  // namespace

TEST_CASE("period: a late charge stands where it was booked, by origin where it belongs") {
  const SampleBook book = late_charge();
  // Of the 8 that came late the grant pays the 2 left, all for March; 6 are cash: 3 of March.
  CHECK(rows(book, "2024-03", OriginView::as_reported) ==
        std::vector<std::string>{"lunar | lunar-deal-T1 | T1 | credits | usage | gpu | r1 | 10.00"});
  CHECK(rows(book, "2024-04", OriginView::as_reported) ==
        std::vector<std::string>{"lunar | null | null | cash | usage | gpu | r1 | 6.00",
                                 "lunar | lunar-deal-T1 | T1 | credits | usage | gpu | r1 | 2.00"});
  CHECK(rows(book, "2024-03", OriginView::by_origin) ==
        std::vector<std::string>{"lunar | null | null | cash | usage | gpu | r1 | 3.00",
                                 "lunar | lunar-deal-T1 | T1 | credits | usage | gpu | r1 | 12.00"});
  CHECK(rows(book, "2024-04", OriginView::by_origin) ==
        std::vector<std::string>{"lunar | null | null | cash | usage | gpu | r1 | 3.00"});
  CHECK(rows(book, "2024-05", OriginView::as_reported).empty());
}

TEST_CASE("period: totals by who paid; refs say which way was counted") {
  const SampleBook book = late_charge();
  const Report report =
      period_report(book.view(), range_of("2024-03..2024-04"), OriginView::as_reported).value();
  CHECK(total(report, "revenue") == "18.00");
  CHECK(total(report, "revenue_credits") == "12.00");
  CHECK(total(report, "revenue_cash") == "6.00");
  CHECK(cell(report, 0, "ref") == "period:2024-03..2024-04:lunar:-:usage:gpu:r1");
  CHECK(cell(report, 1, "ref") == "period:2024-03..2024-04:lunar:T1:usage:gpu:r1");
  CHECK(report.state == "partly closed");
  const Report origin =
      period_report(book.view(), range_of("2024-03"), OriginView::by_origin).value();
  CHECK(cell(origin, 0, "ref") == "period/by-origin:2024-03:lunar:-:usage:gpu:r1");
  CHECK(origin.state == "closed");
  CHECK(origin.notes.size() == 1);
}

TEST_CASE("period: what comes to zero is left out, and rows are sorted by their keys") {
  SampleBook book{"2024-03"};
  book.add_deal({.id = "T2", .investee = "b", .signed_on = "2024-03-01", .face = "100"});
  book.add_deal({.id = "T1", .investee = "a", .signed_on = "2024-03-01", .face = "100"});
  book.import_usage({{"b", "2024-03-05", "1", "net", "r2"},
                     {"b", "2024-03-05", "2", "net", "r1"},
                     {"a", "2024-03-05", "4", "zzz", "r1"},
                     {"a", "2024-03-06", "8", "gpu", "r1"}});
  book.import_usage({{"a", "2024-03-07", "-8", "gpu", "r1"}});
  CHECK(rows(book, "2024-03", OriginView::as_reported) ==
        std::vector<std::string>{"a | a-deal-T1 | T1 | credits | usage | zzz | r1 | 4.00",
                                 "b | b-deal-T2 | T2 | credits | usage | net | r1 | 2.00",
                                 "b | b-deal-T2 | T2 | credits | usage | net | r2 | 1.00"});
}

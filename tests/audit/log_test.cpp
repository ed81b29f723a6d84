#include "accounting/audit/log.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/report/sample_book.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

/// 1. opened  2. deal  3. April usage  4. estimate 10% -> 20%  5. April closed  6. late April usage
/// 7. an attempt on April  8. May closed with an exception accepted  9. May reopened
///
/// Credits of 1,000 at a price of 1,000, 10% of them never to be drawn: of 100 drawn, revenue to
/// date is 1000 x 100 / 900 = 111.11. With 20%: 125.00.
SampleBook troubled_book() {
  SampleBook book;
  book.add_deal({.id = "T1",
                 .investee = "lunar",
                 .signed_on = "2024-04-01",
                 .face = "1000",
                 .expected_unused_percent = "10"});
  book.import_usage({{"lunar", "2024-04-10", "100"}});
  book.record(EstimateChanged{"T1",
                              {ExpectedUnused::Measure::percent_of_face,
                               Decimal::parse("20").value()},
                              Period::of(2024, 4)});
  book.close("2024-04");
  book.import_usage({{"lunar", "2024-04-20", "40"}});
  book.record(AttemptRefused{
      {"close", "2024-04"}, "period_closed", "2024-04 is closed already", Period::of(2024, 4)});
  PeriodClosed may;
  may.period = Period::of(2024, 5);
  may.accepted = {{"unmatched_refund", "lunar gpu"}};
  book.record(may);
  book.reopen("2024-05");
  return book;
}

std::vector<std::string> records(const Report& report) { return rows_text(report, {"record"}); }

}  // namespace

TEST_CASE("log: every record has a line that says what it did") {
  const SampleBook book = troubled_book();
  const Report report = audit_log(book.store(), book.view(), {});
  const std::vector<std::string> expected{
            "1 | book_opened | null | opened the book 'sample' in USD, UTC | null",
            "2 | investment_added | 2024-04 | added investment lunar-deal-T1 in lunar with 1 "
            "tranche T1, from T1.toml | null",
            "3 | usage_imported | 2024-04 | imported 1 file of source usage: 1 row, 1 charge | null",
            "4 | estimate_changed | 2024-04 | estimated what of grant T1 will never be drawn, from "
            "2024-04 on: 200 of 1000 USD, was 100 | estimate",
            "5 | period_closed | 2024-04 | closed 2024-04 | null",
            "6 | usage_imported | 2024-04..2024-05 | imported 1 file of source usage: 1 row, 1 charge "
            "| late",
            "7 | attempt_refused | 2024-04 | was refused 'close 2024-04' (period_closed): 2024-04 "
            "is closed already | refused",
            "8 | period_closed | 2024-05 | closed 2024-05, accepting unmatched_refund (lunar gpu) | "
            "exception",
            "9 | period_reopened | 2024-05 | reopened 2024-05 | reopening"};
  const std::vector<std::string> lines =
      rows_text(report, {"record", "kind", "periods", "what", "marks"});
  REQUIRE(lines.size() == expected.size());
  for (std::size_t i = 0; i < lines.size(); ++i) CHECK(lines[i] == expected[i]);
  CHECK(total(report, "records") == "9");
  CHECK(row_text(report, 7, {"author", "reason", "ref"}) == "tester | because | record:8");
}

// 40 more dollars drawn are 40 x 1000 / 800 = 50.00 of revenue.
TEST_CASE("log: late revenue is what a record books for a period before the one it books in") {
  const SampleBook book = troubled_book();
  const Report report = audit_log(book.store(), book.view(), {.only = LogMark::late});
  CHECK(rows_text(report, {"record", "late_revenue", "detail"}) ==
        std::vector<std::string>{"6 | 50.00 | 50.00 of revenue of 2024-04 booked in 2024-05"});
}

// The book's records are of 2030-01-01: 2,101 days after 2024-04-01, 2,071 after 2024-05-01, 2,040
// after 2024-06-01.
TEST_CASE("log: the gap runs from the end of what a record is about to the day it was recorded") {
  const SampleBook book = troubled_book();
  const Report report = audit_log(book.store(), book.view(), {});
  CHECK(rows_text(report, {"gap_days"}) ==
        std::vector<std::string>{"null", "2101", "2071", "2101", "2071", "2071", "null", "2040",
                                 "2040"});
}

TEST_CASE("log: filters admit what they name, and no other record") {
  const SampleBook book = troubled_book();
  const BookView view = book.view();
  const auto of = [&](const LogFilter& filter) {
    return records(audit_log(book.store(), view, filter));
  };
  using List = std::vector<std::string>;
  CHECK(of({.range = range_of("2024-05")}) == List{"6", "8", "9"});
  CHECK(of({.range = range_of("2024-06")}) == List{});
  CHECK(of({.range = range_of("2024-03")}) == List{});
  CHECK(of({.kind = RecordKind::period_closed}) == List{"5", "8"});
  CHECK(of({.author = "tester"}).size() == 9);
  CHECK(of({.author = "nobody"}) == List{});
  CHECK(of({.only = LogMark::reopening}) == List{"9"});
  CHECK(of({.only = LogMark::exception}) == List{"8"});
  CHECK(of({.only = LogMark::estimate}) == List{"4"});
  CHECK(of({.only = LogMark::refused}) == List{"7"});
  CHECK(of({.range = range_of("2024-04"), .only = LogMark::exception}) == List{});
}

TEST_CASE("log: of an earlier book it shows the records of then") {
  const SampleBook book = troubled_book();
  const Report report = audit_log(book.store(), load_view(book.store(), 4), {});
  CHECK(report.rows.size() == 4);
  CHECK(report.rows[3].size() == report.columns.size());
}

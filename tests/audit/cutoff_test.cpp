#include "accounting/audit/cutoff.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/audit/timed_book.h"
#include "tests/report/sample_book.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

using Rows = std::vector<std::string>;
const Rows columns{"test", "record", "entry", "belongs_to", "booked_in", "charges", "amount",
                   "finding"};

}  // namespace

// SampleBook charges at noon UTC. March ends at 2024-04-01: with three days the window is 29 March
// to 3 April. Records: 2 the deal, 3 usage, 4 the close, 5 late usage.
TEST_CASE("cut-off: the days on both sides, and what came after the close") {
  SampleBook book{"2024-03"};
  book.add_deal({.id = "T1", .investee = "a", .signed_on = "2024-03-01", .face = "100"});
  book.import_usage({{"a", "2024-03-28", "1"},
                     {"a", "2024-03-29", "2"},
                     {"a", "2024-03-31", "4"},
                     {"a", "2024-04-01", "8"},
                     {"a", "2024-04-03", "16"},
                     {"a", "2024-04-04", "32"}});
  book.close("2024-03");
  book.import_usage({{"a", "2024-03-10", "5"}, {"a", "2024-03-30", "7"}});
  const Report report = cutoff_report(book.store(), book.view(), range_of("2024-03"), 3);
  CHECK(rows_text(report, columns) ==
        Rows{"usage before the end | 3 | null | 2024-03 | 2024-03 | 2 | 6.00 | null",
             "usage before the end | 5 | null | 2024-03 | 2024-04 | 1 | 7.00 | "
             "belongs to 2024-03, booked in 2024-04",
             "usage after the end | 3 | null | 2024-04 | 2024-04 | 2 | 24.00 | null",
             "usage after the close | 5 | null | 2024-03 | 2024-04 | 2 | 12.00 | "
             "belongs to 2024-03, booked in 2024-04",
             "entries | 5 | 4 | 2024-03 | 2024-04 | null | 12.00 | "
             "belongs to the period, booked in another"});
  CHECK(total(report, "end") == "2024-04-01T00:00:00Z");
  CHECK(total(report, "findings") == "3");
  // March's price and usage, and the late usage.
  CHECK(total(report, "entries_tested") == "3");

  // From April's side the same entry is booked in the period and belongs to another.
  const Report april = cutoff_report(book.store(), book.view(), range_of("2024-04"), 1);
  CHECK(rows_text(april, columns) ==
        Rows{"entries | 5 | 4 | 2024-03 | 2024-04 | null | 12.00 | "
             "booked in the period, belongs to another"});
  CHECK(april.notes.back().find("is open") != std::string::npos);
}

TEST_CASE("cut-off: the first and the last instant of each side") {
  SampleBook book{"2024-03"};
  book.add_deal({.id = "T1", .investee = "a", .signed_on = "2024-03-01", .face = "100"});
  book.import_usage({{"a", "2024-03-30", "1"},
                     {"a", "2024-03-31", "2"},
                     {"a", "2024-04-01", "4"},
                     {"a", "2024-04-02", "8"}});
  const Report report = cutoff_report(book.store(), book.view(), range_of("2024-03"), 1);
  CHECK(rows_text(report, {"test", "charges", "amount"}) ==
        Rows{"usage before the end | 1 | 2.00", "usage after the end | 1 | 4.00"});
}

TEST_CASE("cut-off: a day after the end ends before the next midnight") {
  TimedBook book{"UTC"};
  book.add_deal("100", "2024-04-05T00:00:00Z", "ana");
  book.use("1", "2024-04-01T23:59:59Z", "2024-04-05T00:00:00Z", "ana");
  book.use("2", "2024-04-02T00:00:00Z", "2024-04-05T00:00:00Z", "ana");
  const Report report = cutoff_report(book.store(), book.view(), range_of("2024-03"), 1);
  CHECK(rows_text(report, {"test", "charges", "amount"}) == Rows{"usage after the end | 1 | 1.00"});
}

// New York: March 2024 ends at 04:00Z (EDT); it began in EST, at 05:00Z.
TEST_CASE("cut-off: the end of a period and its days are those of the book's zone") {
  TimedBook book{"America/New_York"};
  book.add_deal("100", "2024-04-02T00:00:00Z", "ana");
  book.use("1", "2024-03-31T03:59:59Z", "2024-04-02T00:00:00Z", "ana");  // 30 March
  book.use("2", "2024-03-31T04:00:00Z", "2024-04-02T00:00:00Z", "ana");  // 31 March
  book.use("4", "2024-04-01T03:59:59Z", "2024-04-02T00:00:00Z", "ana");  // still
  book.use("8", "2024-04-01T04:00:00Z", "2024-04-02T00:00:00Z", "ana");  // 1 April
  const Report report = cutoff_report(book.store(), book.view(), range_of("2024-03"), 1);
  CHECK(total(report, "end") == "2024-04-01T04:00:00Z");
  CHECK(rows_text(report, {"test", "record", "amount", "belongs_to"}) ==
        Rows{"usage before the end | 4 | 2.00 | 2024-03", "usage before the end | 5 | 4.00 | 2024-03",
             "usage after the end | 6 | 8.00 | 2024-04"});
}

TEST_CASE("cut-off: usage recorded before its own month began") {
  TimedBook book{"UTC"};
  book.add_deal("100", "2024-03-20T00:00:00Z", "ana");
  book.use("1", "2024-04-01", "2024-03-31T23:59:59Z", "ana");
  book.use("2", "2024-04-01", "2024-04-01T00:00:00Z", "ana");
  CHECK(rows_text(cutoff_report(book.store(), book.view(), range_of("2024-03"), 3),
                  {"record", "finding"}) ==
        Rows{"3 | recorded before the period's end", "4 | null"});
}

#include "accounting/audit/je_tests.h"

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/audit/timed_book.h"
#include "tests/report/sample_book.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

using Rows = std::vector<std::string>;
constexpr std::int64_t hour = std::int64_t{3600} * 1'000'000;

Rows hits(const TimedBook& book, const char* range, const std::string& test,
          const JournalTestTerms& terms = {100'000, 8 * hour, 18 * hour}) {
  const Report report = journal_tests_report(book.store(), book.view(), range_of(range), terms);
  Rows rows;
  for (const std::string& row : rows_text(report, {"test", "record", "amount", "ref"})) {
    if (row.starts_with(test + " ")) rows.push_back(row.substr(test.size() + 3));
  }
  return rows;
}

}  // namespace

// New York, hours 8 to 18. Clocks go forward on Sunday 10 March 2024 at 7:00Z.
TEST_CASE("je-tests: working hours and weekends are those of the book's wall clock") {
  TimedBook book{"America/New_York"};
  book.add_deal("1000", "2024-03-08T13:00:00Z", "ana");      // Fri 08:00 EST
  book.use("1", "2024-03-02", "2024-03-08T22:59:59Z", "ana");  // Fri 17:59:59 EST
  book.use("2", "2024-03-03", "2024-03-08T23:00:00Z", "ana");  // Fri 18:00 EST: shut
  book.use("3", "2024-03-04", "2024-03-10T04:59:00Z", "ana");  // Sat 23:59 EST
  book.use("4", "2024-03-05", "2024-03-10T12:00:00Z", "ana");  // Sun 08:00 EDT: an hour earlier
  book.use("5", "2024-03-06", "2024-03-11T04:00:00Z", "ana");  // Mon 00:00 EDT
  CHECK(hits(book, "2024-03", "after_hours") ==
        Rows{"4 | 2.00 | entry:3", "5 | 3.00 | entry:4", "7 | 5.00 | entry:6"});
  CHECK(hits(book, "2024-03", "weekend") ==
        Rows{"5 | 3.00 | entry:4", "6 | 4.00 | entry:5"});
}

TEST_CASE("je-tests: round amounts, and amounts just under a threshold") {
  TimedBook book{"UTC"};
  book.add_deal("3000", "2024-03-04T10:00:00Z", "ana");
  book.use("949.99", "2024-03-02", "2024-03-04T10:00:00Z", "ana");
  book.use("950", "2024-03-03", "2024-03-04T10:00:00Z", "ana");
  book.use("999.99", "2024-03-04", "2024-03-04T10:00:00Z", "ana");
  // Both lines of the price of 3,000; the rest is not a multiple of 1,000.
  CHECK(hits(book, "2024-03", "round_amount") ==
        Rows{"2 | 3000.00 | entry:1:1", "2 | -3000.00 | entry:1:2"});
  // 950 is 95% of 1,000: in; 949.99 is not, nor is the threshold itself.
  const JournalTestTerms terms{100'000, 0, 24 * hour, 100'000};
  CHECK(hits(book, "2024-03", "under_threshold", terms) ==
        Rows{"4 | 950.00 | entry:3:1", "4 | -950.00 | entry:3:2", "5 | 999.99 | entry:4:1",
             "5 | -999.99 | entry:4:2"});
  const JournalTestTerms exact{100'000, 0, 24 * hour, 300'000};
  CHECK(hits(book, "2024-03", "under_threshold", exact).empty());
  const Report report = journal_tests_report(book.store(), book.view(), range_of("2024-03"), terms);
  CHECK(total(report, "round_amount_tested") == "8");
  CHECK(total(report, "weekend_tested") == "4");
  CHECK(total(report, "weekend_hits") == "0");
  CHECK(std::ranges::count(report.notes, "weekend: no hit among 4") == 1);
  CHECK(std::ranges::count(report.notes, "before_close: nothing to test") == 1);
}

// Closed on 5 April 10:00: what was recorded from 3 April 10:00 on is in the last two days.
TEST_CASE("je-tests: the last two days before the close, lone authors, and closes taken back") {
  TimedBook book{"UTC"};
  book.add_deal("1000", "2024-03-04T10:00:00Z", "ana");
  book.use("1", "2024-03-02", "2024-04-03T09:59:59Z", "ana");
  book.use("2", "2024-03-03", "2024-04-03T10:00:00Z", "bo");
  PeriodClosed close;
  close.period = Period::parse("2024-03").value();
  book.record(close, "2024-04-05T10:00:00Z", "ana");
  book.use("4", "2024-03-04", "2024-04-05T11:00:00Z", "ana");
  CHECK(hits(book, "2024-03", "before_close") == Rows{"4 | 2.00 | entry:3"});
  CHECK(hits(book, "2024-03", "one_off_author") == Rows{"4 | 2.00 | entry:3"});
  CHECK(hits(book, "2024-03", "catch_up").empty());
  CHECK(hits(book, "2024-04", "catch_up") == Rows{"6 | 4.00 | entry:4"});
  CHECK(hits(book, "2024-03", "reopened_close").empty());
  CHECK(hits(book, "2024-03..2024-04", "unusual_accounts").empty());
  book.record(PeriodReopened{Period::parse("2024-03").value()}, "2024-04-06T10:00:00Z", "ana");
  CHECK(hits(book, "2024-03", "reopened_close") == Rows{"7 | null | record:7"});
  const Report report = journal_tests_report(book.store(), book.view(), range_of("2024-03"),
                                             {100'000, 0, 24 * hour});
  CHECK(total(report, "reopened_close_tested") == "1");
}

TEST_CASE("je-tests: accounts are usual where a posting rule joins them, forward or reversed") {
  using Role = AccountRole;
  const auto entry = [](std::vector<Line> lines) {
    const Date day = Date::parse("2024-03-31").value();
    return Entry::make(day, Period::of(day), Period::of(day), "memo", std::move(lines));
  };
  const auto line = [](Role role, std::int64_t amount, RevenueKind kind = RevenueKind::none) {
    return Line{{.role = role, .kind = kind}, amount};
  };
  const RevenueKind usage = RevenueKind::usage;
  CHECK(has_usual_accounts(
      entry({line(Role::contract_liability, 5), line(Role::revenue, -5, usage)})));
  CHECK(has_usual_accounts(
      entry({line(Role::contract_liability, -5), line(Role::revenue, 5, usage)})));
  CHECK(has_usual_accounts(entry({line(Role::investment, 9), line(Role::contract_liability, -5),
                                  line(Role::cash, -4)})));
  // Cash straight to revenue; breakage from what is not billed; and a stray line among usual ones.
  CHECK_FALSE(has_usual_accounts(entry({line(Role::cash, 5), line(Role::revenue, -5, usage)})));
  CHECK_FALSE(has_usual_accounts(entry(
      {line(Role::unbilled_receivable, 5), line(Role::revenue, -5, RevenueKind::breakage)})));
  CHECK_FALSE(has_usual_accounts(entry({line(Role::contract_liability, 5),
                                        line(Role::revenue, -8, usage), line(Role::cash, 3)})));
}

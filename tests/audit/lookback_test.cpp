#include "accounting/audit/lookback.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/report/sample_book.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

using Rows = std::vector<std::string>;
const Rows columns{"grant",      "record",       "from",        "outcome",
                   "drawn",      "expected_unused", "unused",   "difference",
                   "estimate_was", "price_of_difference"};

void estimate(SampleBook& book, const char* grant, const char* percent, const char* from) {
  book.record(EstimateChanged{grant,
                              {ExpectedUnused::Measure::percent_of_face,
                               Decimal::parse(percent).value()},
                              Period::parse(from).value()});
}

}  // namespace

// T1 of 100 expires on 1 May with 90 drawn: 10 unused, of which the terms expected 5 and the
// estimate of record 4 expected 20. T2 of 200 has drawn 190 and is expected to leave 10%, 20: with
// 10 left that is refuted. T3 runs; T4 is remote and has no estimate.
SampleBook four_grants() {
  SampleBook book{"2024-03"};
  book.add_deal({.id = "T1", .investee = "a", .signed_on = "2024-03-01", .face = "100",
                 .expires_on = "2024-05-01", .expected_unused_percent = "5"});
  book.add_deal({.id = "T2", .investee = "b", .signed_on = "2024-03-01", .face = "200",
                 .expected_unused_percent = "10"});
  estimate(book, "T1", "20", "2024-04");
  book.add_deal({.id = "T3", .investee = "c", .signed_on = "2024-03-01", .face = "50",
                 .expected_unused_percent = "4"});
  book.add_deal({.id = "T4", .investee = "d", .signed_on = "2024-03-01", .face = "50"});
  book.import_usage({{"a", "2024-03-10", "90"}, {"b", "2024-04-10", "190"},
                     {"c", "2024-04-10", "48"}});
  book.close("2024-03");
  return book;
}

TEST_CASE("lookback: expired, refuted and running estimates, with the sign of the bias") {
  SampleBook book = four_grants();
  // At this close the 20 of T1 are refuted too; with it T1 has expired.
  book.record(PeriodClosed{.period = Period::parse("2024-04").value(),
                           .first_period = {}, .begin_at = {}, .end_at = {},
                           .accepted = {{"refuted_estimate", "T1"}, {"refuted_estimate", "T2"}},
                           .trial_balance_hash = {}});
  const Report report = lookback_report(book.view(), std::nullopt);
  CHECK(rows_text(report, columns) ==
        Rows{"T1 | 2 | null | expired | 90.00 | 5.00 | 10.00 | 5.00 | too low | 5.00",
             "T1 | 4 | 2024-04 | expired | 90.00 | 20.00 | 10.00 | -10.00 | too high | -10.00",
             "T2 | 3 | null | refuted | 190.00 | 20.00 | 10.00 | -10.00 | too high | -10.00",
             "T3 | 5 | null | running | 48.00 | 2.00 | 2.00 | null | null | null"});
  CHECK(total(report, "expired") == "2");
  CHECK(total(report, "refuted") == "1");
  CHECK(total(report, "running") == "1");
  CHECK(total(report, "too_high") == "2");
  CHECK(total(report, "too_low") == "1");
  CHECK(total(report, "bias") == "-15.00");
  CHECK(report.notes.front().find("too high on the whole") != std::string::npos);
  // By the end of the very month of the expiry.
  CHECK(rows_text(lookback_report(book.view(), range_of("2024-04")), {"grant", "outcome"}) ==
        Rows{"T1 | expired", "T1 | expired", "T2 | refuted", "T3 | running"});
}

// At the end of March T1 still runs with 90 drawn: 10 left, which the estimate of 5 allows. What
// starts in April is not there yet, and T2 has drawn nothing.
TEST_CASE("lookback: by the end of a period only what was so by then") {
  const Report report = lookback_report(four_grants().view(), range_of("2024-03"));
  CHECK(rows_text(report, {"grant", "outcome", "unused", "difference"}) ==
        Rows{"T1 | running | 10.00 | null", "T2 | running | 200.00 | null",
             "T3 | running | 50.00 | null"});
  CHECK(total(report, "bias") == "0.00");
}

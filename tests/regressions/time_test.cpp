// Moments that were cut to a minute or a day, and blocks that began or ended at one.

#include <string>

#include <doctest/doctest.h>

#include "tests/regressions/figures.h"

using namespace accrue_test;

// openmeter, credit/README: times are cut to the minute, and order within one is not kept.
TEST_CASE("regressions: charges and the end of a grant within a minute are told apart") {
  const Scratch scratch;
  open_book(scratch,
            {{"T1", "10 USD", "2024-04-01", "2024-05-01"}, {"T2", "10 USD", "2024-05-01"}});
  send(scratch, {{"1", "2024-04-30T23:59:59.999999Z", "1"},
                 {"2", "2024-05-01T00:00:00Z", "2"},
                 {"3", "2024-05-01T00:00:00.000001Z", "4"}});
  CHECK(has(grant_figures(scratch, "T1"), "drawn 1.00"));
  CHECK(has(grant_figures(scratch, "T2"), "drawn 6.00"));
  CHECK(funding(scratch) == "credits 7.00, cash 0.00");
}

TEST_CASE("regressions: a microsecond decides which of two charges finds the last credit") {
  for (const bool later_arrives_first : {false, true}) {
    CAPTURE(later_arrives_first);
    const Scratch scratch;
    open_book(scratch, {{"T1", "10 USD"}});
    const MeteredEvent earlier{"1", "2024-04-02T10:00:30.000001Z", "10", "z"};
    const MeteredEvent later{"2", "2024-04-02T10:00:30.000002Z", "10", "a"};
    send(scratch, {later_arrives_first ? later : earlier});
    send(scratch, {later_arrives_first ? earlier : later});
    CHECK(funding(scratch, "--sku z") == "credits 10.00, cash 0.00");
    CHECK(funding(scratch, "--sku a") == "credits 0.00, cash 10.00");
  }
}

// Orb, prepurchase documentation: usage counts from the start of the customer's day, so that a
// block made within the day cannot pay for it. Here usage keeps its instant.
TEST_CASE("regressions: a grant pays from the first instant of its day in the book's zone") {
  const Scratch scratch;
  // In Shanghai April 10th begins at 16:00 UTC of the 9th.
  open_book(scratch, {{"T1", "100 USD", "2024-04-10", "2024-04-11"}}, "",
            "--timezone Asia/Shanghai");
  send(scratch, {{"1", "2024-04-09T15:59:59.999999Z", "1"},
                 {"2", "2024-04-09T16:00:00Z", "2"},
                 {"3", "2024-04-10T04:00:00Z", "4"},
                 {"4", "2024-04-10T15:59:59.999999Z", "8"},
                 {"5", "2024-04-10T16:00:00Z", "16"}});
  CHECK(has(grant_figures(scratch, "T1"), "drawn 14.00, expired 0.00, left 86.00"));
  CHECK(funding(scratch) == "credits 14.00, cash 17.00");
}

TEST_CASE("regressions: a day without a midnight begins at the jump of its clocks") {
  const Scratch scratch;
  // In Beirut the clocks went from 00:00 to 01:00 on 2025-03-30, at 22:00 UTC of the 29th.
  open_book(scratch, {{"T1", "100 USD", "2024-04-01", "2025-03-30"}}, "",
            "--timezone Asia/Beirut");
  send(scratch, {{"1", "2025-03-29T21:59:59.999999Z", "1"}, {"2", "2025-03-29T22:00:00Z", "2"}});
  CHECK(funding(scratch) == "credits 1.00, cash 2.00");
}

// openmeter #1071: a grant issued at the very moment of a reset was lost.
TEST_CASE("regressions: a grant issued at the instant at which another ends is whole") {
  const Scratch scratch;
  open_book(scratch,
            {{"T1", "10 USD", "2024-04-01", "2024-05-01"}, {"T2", "10 USD", "2024-05-01"}});
  send(scratch, {{"1", "2024-05-01T00:00:00Z", "4"}});
  run_well(scratch, "close 2024-04");
  // T1 is gone undrawn, with its price; T2 paid, and has the rest of its own.
  CHECK(grant_figures(scratch, "T1") == "drawn 0.00, expired 10.00, left 0.00, recognised 10.00");
  CHECK(grant_figures(scratch, "T2") == "drawn 4.00, expired 0.00, left 6.00, recognised 4.00");
  CHECK(revenue(scratch, "2024-04") == "T1 breakage 10.00\n");
  CHECK(revenue(scratch, "2024-05") == "T2 usage gpu 4.00\n");
}

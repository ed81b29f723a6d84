// Credit that was spent after its end, or whose end took from another grant.

#include <string>

#include <doctest/doctest.h>

#include "tests/regressions/figures.h"

using namespace accrue_test;

// fountain #1126 (3); lago, clock.rb; flexprice #1153 and #2818: until a sweep came by, or for
// hours of grace after it, expired credit could be spent.
TEST_CASE("regressions: credit past its expiry pays nothing though no close has booked it") {
  const Scratch scratch;
  open_book(scratch, {{"T1", "100 USD", "2024-04-01", "2024-05-01"}});
  send(scratch, {{"1", "2024-04-10T00:00:00Z", "10"}, {"2", "2024-05-01T00:00:00Z", "20"}});
  CHECK(has(grant_figures(scratch, "T1"), "drawn 10.00, expired 0.00"));  // nothing is closed
  CHECK(funding(scratch) == "credits 10.00, cash 20.00");
  // Booking the expiry changes nothing of it.
  run_well(scratch, "close 2024-04");
  CHECK(grant_figures(scratch, "T1") == "drawn 10.00, expired 90.00, left 0.00, recognised 100.00");
  send(scratch, {{"3", "2024-05-02T00:00:00Z", "5"}});
  CHECK(funding(scratch) == "credits 10.00, cash 25.00");
}

// fountain #1126 (1): an expiry that found its lot empty took from the next, a paid one.
TEST_CASE("regressions: an expiry falls on its own grant and through to no other") {
  const Scratch scratch;
  open_book(scratch, {{"T1", "100 USD", "2024-04-01", "2024-05-01"}, {"T2", "100 USD"}});
  send(scratch, {{"1", "2024-04-10T00:00:00Z", "30"}});
  run_well(scratch, "close 2024-04");
  CHECK(grant_figures(scratch, "T1") == "drawn 30.00, expired 70.00, left 0.00, recognised 100.00");
  CHECK(grant_figures(scratch, "T2") == "drawn 0.00, expired 0.00, left 100.00, recognised 0.00");

  // 90 more for April, late: what expired, 70, was there at the time; the rest is T2's.
  send(scratch, {{"2", "2024-04-20T00:00:00Z", "90"}});
  CHECK(grant_figures(scratch, "T1") == "drawn 100.00, expired 0.00, left 0.00, recognised 100.00");
  CHECK(grant_figures(scratch, "T2") == "drawn 20.00, expired 0.00, left 80.00, recognised 20.00");
  // Of T1 it is usage for breakage, in the same record: its price was earned in April.
  CHECK(revenue(scratch, "2024-05") ==
        "T1 breakage -70.00\nT1 usage gpu 70.00\nT2 usage gpu 20.00\n");
}

TEST_CASE("regressions: an expiry is booked once, however often its period is closed") {
  const Scratch scratch;
  open_book(scratch, {{"T1", "100 USD", "2024-04-01", "2024-05-01"}});
  send(scratch, {{"1", "2024-04-10T00:00:00Z", "40"}});
  for (int i = 0; i < 3; ++i) {
    if (i > 0) run_well(scratch, "reopen 2024-04 --reason again --yes");
    run_well(scratch, "close 2024-04");
    CHECK(revenue(scratch, "2024-04") == "T1 breakage 60.00\nT1 usage gpu 40.00\n");
  }
  CHECK(grant_figures(scratch, "T1") == "drawn 40.00, expired 60.00, left 0.00, recognised 100.00");
  CHECK(scratch.run("audit verify -q").status == 0);
}

// polar #10513: what was left was carried over on one path only, and lost on the others.
TEST_CASE("regressions: credit left at a close is there after it, whichever way the close came") {
  for (const char* close : {"close 2024-06 --through", "close 2024-04"}) {
    CAPTURE(close);
    const Scratch scratch;
    open_book(scratch, {{"T1", "100 USD"}});
    send(scratch, {{"1", "2024-04-10T00:00:00Z", "40"}});
    run_well(scratch, close);
    if (std::string{close} == "close 2024-04") {
      run_well(scratch, "close 2024-05");
      run_well(scratch, "close 2024-06");
    }
    CHECK(has(grant_figures(scratch, "T1"), "drawn 40.00, expired 0.00, left 60.00"));
    send(scratch, {{"2", "2024-07-10T00:00:00Z", "61"}});
    CHECK(funding(scratch) == "credits 100.00, cash 1.00");
  }
}

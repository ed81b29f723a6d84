// Refunds, disputes and voids that gave back more than was taken, or less than they claimed.

#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/regressions/figures.h"

using namespace accrue_test;

// fountain #1126: a refund and then a dispute of one charge were both given back.
TEST_CASE("regressions: a refund and a dispute of one charge return what was charged, once") {
  const Scratch scratch;
  open_book(scratch, {{"T1", "100 USD"}});
  send(scratch, {{"charge", "2024-04-10T00:00:00Z", "40"},
                 {"refund", "2024-04-11T00:00:00Z", "-40"},
                 {"dispute", "2024-04-12T00:00:00Z", "-40"}});
  CHECK(grant_figures(scratch, "T1") == "drawn 0.00, expired 0.00, left 100.00, recognised 0.00");
  // What finds nothing is cash-funded usage below zero, and somebody has to look at it.
  CHECK(revenue(scratch, "2024-04") == "cash usage gpu -40.00\n");
  const Run close = scratch.run("close 2024-04");
  CHECK(close.status == 4);
  CHECK(has(close.err, "unmatched_refund"));
}

TEST_CASE("regressions: the same after a close, in which the charge was frozen") {
  const Scratch scratch;
  open_book(scratch, {{"T1", "100 USD"}});
  send(scratch, {{"charge", "2024-04-10T00:00:00Z", "40"}});
  run_well(scratch, "close 2024-04");
  send(scratch, {{"refund", "2024-05-11T00:00:00Z", "-40"}});
  run_well(scratch, "close 2024-05");
  send(scratch, {{"dispute", "2024-06-12T00:00:00Z", "-40"}});
  CHECK(grant_figures(scratch, "T1") == "drawn 0.00, expired 0.00, left 100.00, recognised 0.00");
  CHECK(revenue(scratch, "2024-05") == "T1 usage gpu -40.00\n");
  CHECK(revenue(scratch, "2024-06") == "cash usage gpu -40.00\n");
}

// eliza #10938: what a clawback could not collect was recorded nowhere.
TEST_CASE("regressions: of a refund above what stands the rest is recorded as unmatched") {
  const Scratch scratch;
  open_book(scratch, {{"T1", "100 USD"}});
  send(scratch, {{"1", "2024-04-10T00:00:00Z", "110"}, {"2", "2024-04-11T00:00:00Z", "-125.50"}});
  // First the 10 that cash paid, then the 100 of T1; 15.50 find nothing.
  CHECK(grant_figures(scratch, "T1") == "drawn 0.00, expired 0.00, left 100.00, recognised 0.00");
  CHECK(revenue(scratch, "2024-04") == "cash usage gpu -15.50\n");
  CHECK(has(scratch.run("exceptions -f csv").out, "finds 15.5 more"));
}

// lago #3703: a payment settled, failed and was voided as well: the balance had doubled.
TEST_CASE("regressions: a charge taken out of its delivery is not given back a second time") {
  const Scratch scratch;
  open_book(scratch, {{"T1", "100 USD"}});
  scratch.write("a.csv", focus_file(usage_row("ba-1", "2024-04-10T00:00:00Z", "40") +
                                    usage_row("ba-1", "2024-04-11T00:00:00Z", "5")));
  scratch.write("b.csv", focus_file(usage_row("ba-1", "2024-04-11T00:00:00Z", "5")));
  run_well(scratch, "import usage a.csv");
  run_well(scratch, "import usage b.csv --mode replace");
  CHECK(has(grant_figures(scratch, "T1"), "drawn 5.00, expired 0.00, left 95.00"));
  // The refund of the vanished 40 finds only the 5 of the same service.
  scratch.write("void.csv", focus_file(usage_row("ba-1", "2024-04-12T00:00:00Z", "-40")));
  run_well(scratch, "import usage void.csv --source notes");
  CHECK(grant_figures(scratch, "T1") == "drawn 0.00, expired 0.00, left 100.00, recognised 0.00");
  CHECK(revenue(scratch, "2024-04") == "cash usage GPU -35.00\n");
}

// killbill #1464 and #1502: voiding an invoice whose credit was used already left use of credit
// that did not exist.
TEST_CASE("regressions: credit returned and used again is cash when the refund is undone") {
  const Scratch scratch;
  open_book(scratch, {{"T1", "100 USD"}});
  send(scratch, {{"charge", "2024-04-10T00:00:00Z", "100"},
                 {"refund", "2024-04-11T00:00:00Z", "-50"},
                 {"later", "2024-04-12T00:00:00Z", "50"}});
  CHECK(funding(scratch) == "credits 100.00, cash 0.00");
  send(scratch, {{"undone", "2024-04-11T00:00:00Z", "50"}});
  CHECK(grant_figures(scratch, "T1") ==
        "drawn 100.00, expired 0.00, left 0.00, recognised 100.00");
  CHECK(funding(scratch) == "credits 100.00, cash 50.00");
}

// The same in a closed period: there the draws stand, and what comes late finds nothing left.
TEST_CASE("regressions: undone after a close, the refund's undoing is paid in cash") {
  const Scratch scratch;
  open_book(scratch, {{"T1", "100 USD"}});
  send(scratch, {{"charge", "2024-04-10T00:00:00Z", "100"},
                 {"refund", "2024-04-11T00:00:00Z", "-50"},
                 {"later", "2024-04-12T00:00:00Z", "50"}});
  run_well(scratch, "close 2024-04");
  send(scratch, {{"undone", "2024-04-11T00:00:00Z", "50"}});
  CHECK(grant_figures(scratch, "T1") ==
        "drawn 100.00, expired 0.00, left 0.00, recognised 100.00");
  CHECK(revenue(scratch, "2024-05") == "cash usage gpu 50.00\n");
}

TEST_CASE("regressions: credit returned after its expiry was booked is breakage at once") {
  const Scratch scratch;
  open_book(scratch, {{"T1", "100 USD", "2024-04-01", "2024-05-01"}});
  send(scratch, {{"1", "2024-04-10T00:00:00Z", "70"}});
  run_well(scratch, "close 2024-04");
  CHECK(revenue(scratch, "2024-04") == "T1 breakage 30.00\nT1 usage gpu 70.00\n");
  send(scratch, {{"2", "2024-05-10T00:00:00Z", "-20"}, {"3", "2024-05-11T00:00:00Z", "5"}});
  // 20 come back to a grant that is over: no one can use them, and the 5 after it are cash.
  CHECK(grant_figures(scratch, "T1") ==
        "drawn 50.00, expired 50.00, left 0.00, recognised 100.00");
  CHECK(revenue(scratch, "2024-05") ==
        "cash usage gpu 5.00\nT1 breakage 20.00\nT1 usage gpu -20.00\n");
  CHECK(has(scratch.run("report rollforward 2024-05 -f csv").out,
            "Lunar,T1,0.00,0.00,20.00,-20.00,0.00,0.00,0.00,0.00,"));
}

// flexprice #1190: an invoice claimed credit that its wallet was never debited for.
TEST_CASE("regressions: what an import says it drew is what the grants were drawn by") {
  const Scratch scratch;
  open_book(scratch, {{"T1", "50 USD", "2024-04-01", "2024-04-11"}, {"T2", "30 USD"}});
  scratch.write("a.csv", focus_file(usage_row("ba-1", "2024-04-10T00:00:00Z", "45.005") +
                                    usage_row("ba-1", "2024-04-12T00:00:00Z", "44.995")));
  const auto answer =
      nlohmann::json::parse(run_well(scratch, "import usage a.csv -f json").out);
  // 45.005 of T1; of the next 44.995, T1 being over, 30 of T2 and 14.995 in cash.
  CHECK(answer["by_category"]["Usage"]["USD"]["amount"] == "90.00");
  CHECK(answer["drawn"]["USD"] == "75.005");
  CHECK(answer["overage"]["USD"] == "14.995");
  CHECK(funding(scratch) == "credits 75.005, cash 14.995");
  CHECK(has(grant_figures(scratch, "T1"), "drawn 45.005"));
  CHECK(has(grant_figures(scratch, "T2"), "drawn 30.00"));
}

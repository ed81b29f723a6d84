// One use that was paid for twice, because it came by two ways.

#include <string>

#include <doctest/doctest.h>

#include "tests/regressions/figures.h"

using namespace accrue_test;

namespace {

std::string row(const std::string& category, const std::string& billed,
                const std::string& effective) {
  return "ba-1," + category + ",2024-04-01T00:00:00Z,2024-05-01T00:00:00Z,2024-04-10T00:00:00Z,"
         "2024-04-10T01:00:00Z," + billed + "," + effective + ",USD,GPU\n";
}

}  // namespace

// lago #2542: what was paid in advance was taken from the balance when it was used as well.
TEST_CASE("regressions: a purchase that covers usage and the usage it covers are drawn once") {
  struct Row {
    const char* basis;
    const char* figures;
  };
  // Billed 90 for the purchase; the usage it covers costs 90 effectively, and 10 more were used.
  const Row rows[] = {
      {"effective", "credits 100.00, cash 0.00"},  // 90 + 10, and zero for the purchase
      {"billed", "credits 10.00, cash 0.00"},      // 0 + 10; a purchase is no charge
  };
  for (const Row& wanted : rows) {
    CAPTURE(wanted.basis);
    const Scratch scratch;
    open_book(scratch, {{"T1", "1_000 USD"}});
    scratch.write("a.csv", focus_file(row("Purchase", "90", "0") + row("Usage", "0", "90") +
                                      row("Usage", "10", "10") + row("Tax", "7", "7")));
    run_well(scratch, std::string{"import usage a.csv --basis "} + wanted.basis);
    CHECK(funding(scratch) == wanted.figures);
  }
}

// lago #3338: usage of a bill in draft was counted beside that of the bill. Here the provider's
// own application of the credits would be a second count of the draws.
TEST_CASE("regressions: the provider's credit rows for our grants are compared and not drawn") {
  const Scratch scratch;
  open_book(scratch, {{"T1", "1_000 USD"}});
  scratch.write("a.csv", focus_file(row("Usage", "100", "100") + row("Credit", "-100", "-100")));
  // Neither is guessed: a file with such rows is refused until its source says what they are.
  const Run unsaid = scratch.run("import usage a.csv");
  CHECK(unsaid.status == 3);
  run_well(scratch, "import usage a.csv --credit-rows settles");
  CHECK(funding(scratch) == "credits 100.00, cash 0.00");
  CHECK(revenue(scratch, "2024-04") == "T1 usage GPU 100.00\n");
}

// lago #4677: a bill delivered in parts while it grew was counted by each part.
TEST_CASE("regressions: a bill delivered again as it grows is counted as delivered last") {
  const Scratch scratch;
  open_book(scratch, {{"T1", "1_000 USD"}});
  std::string rows;
  for (int day = 10; day <= 15; ++day) {
    rows += usage_row("ba-1", "2024-04-" + std::to_string(day) + "T00:00:00Z", "10");
    scratch.write("draft.csv", focus_file(rows));
    run_well(scratch, "import usage draft.csv --mode replace");
  }
  CHECK(funding(scratch) == "credits 60.00, cash 0.00");
}

// The rule here, written in known-bugs-of-others.md: nobody but the deliverer can know that a row
// of a file and an event, or rows of two sources, are one use.
TEST_CASE("regressions: files and events are separate sources, and a file never replaces events") {
  const Scratch scratch;
  open_book(scratch, {{"T1", "1_000 USD"}});
  send(scratch, {{"1", "2024-04-10T00:00:00Z", "40", "", "GPU"}});
  scratch.write("a.csv", focus_file(usage_row("ba-1", "2024-04-10T00:00:00Z", "40")));
  run_well(scratch, "import usage a.csv --mode replace");
  CHECK(funding(scratch) == "credits 80.00, cash 0.00");
  // The bill is emptied: what the event brought stands.
  scratch.write("none.csv", focus_file(""));
  run_well(scratch, "import usage none.csv --mode replace --billing-period 2024-04");
  CHECK(funding(scratch) == "credits 40.00, cash 0.00");
}

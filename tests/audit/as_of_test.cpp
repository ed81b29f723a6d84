// A report as of a record is that of a book replayed to that record, byte for byte.

#include <filesystem>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/cli/program.h"
#include "tests/golden/reports.h"

using accrue_test::focus_file;
using accrue_test::must_run;
using accrue_test::Run;
using accrue_test::Scratch;
using accrue_test::usage_row;

namespace {

/// Every command that answers from what the book knew, over PERIOD where it takes one.
std::vector<std::string> questions(const std::string& period) {
  std::vector<std::string> all{"status",          "investment list", "grant list",
                               "drawdown list",   "entry list",      "period list",
                               "import list",     "key list",        "audit log",
                               "audit approvals", "audit checkpoints",
                               "audit completeness", "audit lookback"};
  for (const std::string name : {"period", "rollforward", "waterfall", "trial-balance", "journal", "bridge",
                                 "growth", "answers", "rpo", "disaggregation", "concentration",
                                 "related-party", "deal", "breakage", "contract-balances",
                                 "cash-flow", "burn-down"}) {
    all.push_back("report " + name + " " + period);
    all.push_back("report " + name + " " + period + " --by-origin");
  }
  for (const std::string words : {"audit cutoff", "audit je-tests", "export hledger",
                                  "export usage"}) {
    all.push_back(words + " " + period);
  }
  all.push_back("audit sample --period " + period + " --random 5 --seed 1");
  all.push_back("explain rollforward:" + period + ":T1#usage");
  return all;
}

/// The number of answers that were compared; refusals must be equal too.
int compare(const Scratch& scratch, const std::string& book, const std::string& period, int record) {
  const std::string at = std::to_string(record);
  const std::string fresh = "replayed-" + at + ".accrue";
  must_run(scratch, "-b '" + book + "' --as-of " + at + " audit replay --into " + fresh);
  int answered = 0;
  for (const std::string& question : questions(period)) {
    const bool is_export = question.starts_with("export ");
    for (const std::string format : {"table", "csv", "json"}) {
      if (is_export && format != "csv") continue;
      const std::string words = question + (is_export ? "" : " -f " + format);
      CAPTURE(words);
      CAPTURE(record);
      const Run then = scratch.run("-b '" + book + "' --as-of " + at + " " + words);
      const Run replayed = scratch.run("-b " + fresh + " " + words);
      CHECK(then.status == replayed.status);
      CHECK(then.out == replayed.out);
      if (then.status == 0 && !then.out.empty()) ++answered;
    }
  }
  std::filesystem::remove(scratch.folder() / fresh);
  return answered;
}

}  // namespace

TEST_CASE("as of: of a book with late charges, refunds, estimates, keys and a reopening") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  int files = 0;
  const auto import = [&](const std::string& start, const std::string& cost) {
    const std::string name = "usage-" + std::to_string(++files) + ".csv";
    scratch.write(name, focus_file(usage_row("ba-1", start, cost)));
    must_run(scratch, "import usage " + name);
  };
  must_run(scratch, "keygen ana.key --name ana");
  must_run(scratch, "key register ana.key.pub --person Ana");
  import("2024-04-20T00:00:00Z", "33.335");
  must_run(scratch, "close 2024-04 --key ana.key");            // records 5 and 6
  import("2024-04-21T00:00:00Z", "7.77");                      // 7
  must_run(scratch, "estimate T1 breakage 12.5% --from 2024-05 --reason slow");
  import("2024-05-21T00:00:00Z", "401.01");
  must_run(scratch, "close 2024-05");                          // 10
  CHECK(scratch.run("close 2024-04").status != 0);             // 11, the attempt
  must_run(scratch, "reopen 2024-05 --reason again --yes");    // 12
  import("2024-05-22T00:00:00Z", "-3.1");
  must_run(scratch, "estimate T1 breakage 3% --from 2024-05 --reason fast");
  must_run(scratch, "close 2024-05 --key ana.key");            // 15 and 16
  import("2024-04-22T00:00:00Z", "20");
  int answered = 0;
  for (const int record : {2, 4, 5, 7, 8, 10, 11, 12, 14, 16, 17}) {
    answered += compare(scratch, "book.accrue", "2024-04..2024-05", record);
  }
  CHECK(answered > 600);
}

TEST_CASE("as of: of the books of a story, events and replaced deliveries among their records") {
  const Scratch scratch;
  accrue_test::tell_story(scratch, "unsettled-month");
  // Lines that were refused lie beside a book, not in it, and `status` counts them.
  std::filesystem::remove(scratch.folder() / "harbor.accrue.dead-letter.jsonl");
  int answered = 0;
  for (const int record : {3, 6, 9}) answered += compare(scratch, "harbor.accrue", "2024-06", record);
  CHECK(answered > 100);
}

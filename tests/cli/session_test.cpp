#include <string>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "tests/cli/program.h"

using accrue_test::focus_file;
using accrue_test::Run;
using accrue_test::Scratch;
using accrue_test::usage_row;

namespace {

std::string transcript(const Scratch& scratch, std::initializer_list<const char*> commands) {
  std::string text;
  for (const char* command : commands) text += scratch.transcript(command);
  return text;
}

}  // namespace

// 1,000 USD of credits for 900 USD, 10% expected unused: every dollar drawn up to 900 is one dollar
// of revenue, 0.90 as usage and 0.10 as breakage.
TEST_CASE("session: from terms through usage to a closed period") {
  const Scratch scratch;
  scratch.write("lunar.toml", accrue_test::deal_terms);
  scratch.write("april.csv", focus_file(usage_row("ba-1", "2024-04-10T00:00:00Z", "100") +
                                        usage_row("other", "2024-04-10T00:00:00Z", "7.5")));
  CHECK(accrue_test::equals_golden(
      "session.txt",
      transcript(scratch,
                 {"init --name Test --now 2024-04-01T00:00:00Z", "investment check lunar.toml",
                  "investment add lunar.toml --dry-run", "investment add lunar.toml",
                  "investment show lunar", "import usage april.csv --dry-run",
                  "import usage april.csv", "import usage april.csv", "drawdown list",
                  "period check 2024-04", "close 2024-04", "report period 2024-04",
                  "report rollforward 2024-04", "period list",
                  "reopen 2024-04 --reason 'late file'", "reopen 2024-04 --reason 'late file' --yes",
                  "audit verify", "audit replay", "status"})));
}

TEST_CASE("session: exceptions stop a close until they are accepted with a reason") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  scratch.write("refund.csv", focus_file(usage_row("ba-1", "2024-04-10T00:00:00Z", "-20")));
  CHECK(accrue_test::equals_golden(
      "exceptions.txt",
      transcript(scratch, {"import usage refund.csv -q", "exceptions", "period check 2024-04",
                           "close 2024-04", "close 2024-04 --accept unmatched_refund",
                           "close 2024-04 --accept refuted_estimate --reason 'not the one'",
                           "close 2024-04 --accept all --reason 'credited by hand'",
                           "close 2024-04", "close 2024-06", "close 2024-06 --through"})));
}

TEST_CASE("session: rows set aside lie beside the book, and the close asks for them") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  scratch.write("mixed.csv", focus_file(usage_row("ba-1", "2024-04-10T00:00:00Z", "5") +
                                        usage_row("ba-1", "2024-04-11T00:00:00Z", "five")));
  const Run refused = scratch.run("import usage mixed.csv");
  CHECK(refused.status == 3);
  CHECK_FALSE(scratch.has("book.accrue.quarantine"));
  CHECK(scratch.run("import usage mixed.csv --on-error quarantine --dry-run").status == 0);
  CHECK_FALSE(scratch.has("book.accrue.quarantine"));

  const Run kept = scratch.run("import usage mixed.csv --on-error quarantine");
  CHECK(kept.status == 0);
  const std::string rows = scratch.read("book.accrue.quarantine/record-3.csv");
  CHECK(rows.find("mixed.csv,3,bad_decimal,") != std::string::npos);
  CHECK(scratch.run("close 2024-04").err.find("quarantined_rows") != std::string::npos);

  // The file is refused as known: what was set aside for it goes again.
  const Run again = scratch.run("import usage mixed.csv --on-error quarantine");
  CHECK(again.status == 4);
  CHECK_FALSE(scratch.has("book.accrue.quarantine/record-4.csv"));
  CHECK(scratch.read("book.accrue.quarantine/record-3.csv") == rows);

  // To set rows aside is said anew for every delivery, whatever the source said last.
  scratch.write("more.csv", focus_file(usage_row("ba-1", "2024-04-12T00:00:00Z", "six")));
  CHECK(scratch.run("import usage more.csv").status == 3);
}

TEST_CASE("session: a dry run of every writing command leaves the book byte for byte") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  scratch.write("april.csv", focus_file(usage_row("ba-1", "2024-04-10T00:00:00Z", "100")));
  scratch.write("may.csv", focus_file(usage_row("ba-1", "2024-05-10T00:00:00Z", "100")));
  scratch.write("moon.toml", [] {
    std::string terms = accrue_test::deal_terms;
    for (const auto& [from, to] : {std::pair{"\"lunar\"", "\"moon\""}, {"ba-1", "ba-2"}}) {
      terms.replace(terms.find(from), std::string{from}.size(), to);
    }
    return terms;
  }());
  scratch.write("rates.csv", "date,from,to,rate,source\n2024-04-01,CNY,USD,0.14,x\n");
  scratch.write("segment.csv",
                "segment,basis,period,currency,revenue,source\ncloud,a,2024-Q2,USD,1000,x\n");
  scratch.write("base.csv",
                "investee,segment,period,currency,revenue,source\nLunar,cloud,2023-Q2,USD,1,x\n");
  REQUIRE(scratch.run("import usage april.csv").status == 0);
  REQUIRE(scratch.run("close 2024-04").status == 0);
  const std::string root = scratch.run("status -f csv").out;
  for (const char* command :
       {"-b new.accrue init", "investment add moon.toml", "import usage may.csv",
        "import rates rates.csv", "import segment segment.csv", "import base base.csv",
        "estimate T1 breakage 20% --reason x", "close 2024-05", "reopen 2024-04 --reason x"}) {
    CAPTURE(command);
    const Run dry = scratch.run(std::string{command} + " --dry-run");
    CHECK_MESSAGE(dry.status == 0, dry.err);
    CHECK(dry.err.find("nothing was written") != std::string::npos);
    CHECK(scratch.run("status -f csv").out == root);
  }
  CHECK_FALSE(scratch.has("new.accrue"));
}

TEST_CASE("session: equal inputs give equal bytes") {
  const Scratch one;
  const Scratch two;
  for (const Scratch* scratch : {&one, &two}) {
    accrue_test::make_book(*scratch);
    scratch->write("april.csv", focus_file(usage_row("ba-1", "2024-04-10T00:00:00Z", "100")));
    REQUIRE(scratch->run("import usage april.csv").status == 0);
  }
  CHECK(one.run("status -f json").out == two.run("status -f json").out);
  CHECK(one.run("report journal 2024 -f csv").out == two.run("report journal 2024 -f csv").out);
}

TEST_CASE("session: an answer that cannot be written stops the command before it records") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  const std::string before = scratch.run("status -f csv").out;
  const Run run = scratch.run("close 2024-04 -o none/close.json");
  CHECK(run.status == 1);
  CHECK(run.err.find("error[file_unwritable]: 'none/close.json'") == 0);
  CHECK(scratch.run("status -f csv").out == before);
}

TEST_CASE("session: an interrupt ends an import with 130 and leaves the book as it was") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  const std::string before = scratch.run("status -f csv").out;
  // Nobody writes to the pipe: the import waits until it is interrupted.
  REQUIRE(::mkfifo((scratch.folder() / "pipe.csv").c_str(), 0600) == 0);
  const Run run = scratch.run("import usage pipe.csv", "timeout --preserve-status -s INT 0.5");
  CHECK(run.status == 130);
  CHECK(run.err == "\naccrue: interrupted\n");
  CHECK(scratch.run("status -f csv").out == before);
  CHECK(scratch.run("audit verify -q").status == 0);
}

TEST_CASE("session: time, author and reason are kept, and time does not go back") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  const Run early = scratch.run("estimate T1 breakage 5% --reason r --now 2024-03-01");
  CHECK(early.status == 2);
  CHECK(early.err.find("error[now_before_last]") == 0);
  // Record 2 is of the year 2099: the clock is behind it and takes its time.
  CHECK(scratch.run("estimate T1 breakage 5% --reason r --now 2099-01-01T00:00:00Z").status == 0);
  CHECK(scratch.run("estimate T1 breakage 6% --reason r", "ACCRUE_NOW=").status == 0);
  CHECK(scratch.run("status -f csv").out.find("last_recorded_at,2099-01-01T00:00:00Z") !=
        std::string::npos);
}

TEST_CASE("session: as-of shows what was known, by record and by time") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  scratch.write("april.csv", focus_file(usage_row("ba-1", "2024-04-10T00:00:00Z", "100")));
  REQUIRE(scratch.run("import usage april.csv").status == 0);
  const std::string before = scratch.run("report rollforward 2024-04 -f csv --as-of 2").out;
  CHECK(before.find("900.00") != std::string::npos);
  CHECK(before != scratch.run("report rollforward 2024-04 -f csv").out);
  CHECK(before == scratch.run("report rollforward 2024-04 -f csv --as-of 2024-04-02").out);
  for (const char* wrong : {"0", "4", "x", "2024-03-01"}) {
    CAPTURE(wrong);
    const Run run = scratch.run("report rollforward 2024-04 --as-of " + std::string{wrong});
    CHECK(run.status == 2);
    CHECK(run.err.find("error[bad_as_of]") == 0);
  }
}

TEST_CASE("session: the terms are given back byte for byte") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  CHECK(scratch.run("investment show lunar --terms").out == accrue_test::deal_terms);
}

TEST_CASE("session: what a source said last holds until it says otherwise") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  // Billed 3, effective 5.
  const auto row = [](const std::string& hour) {
    return "ba-1,Usage,2024-04-01T00:00:00Z,2024-05-01T00:00:00Z,2024-04-02T" + hour +
           ":00:00Z,2024-04-02T" + hour + ":30:00Z,3,5,USD,GPU\n";
  };
  const char* const commands[] = {"import usage a.csv --source s --basis billed",
                                  "import usage b.csv --source s", "import usage c.csv"};
  const char* const drawn[] = {"drawn,,USD,,3.00", "drawn,,USD,,3.00", "drawn,,USD,,5.00"};
  for (int i = 0; i < 3; ++i) {
    CAPTURE(commands[i]);
    scratch.write(std::string(1, static_cast<char>('a' + i)) + ".csv",
                  focus_file(row("0" + std::to_string(i))));
    const Run run = scratch.run(std::string{commands[i]} + " -f csv");
    CHECK_MESSAGE(run.out.find(drawn[i]) != std::string::npos, run.out, run.err);
  }
}

TEST_CASE("session: several files are one delivery, and flags may stand among them") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  for (const std::string cost : {"1", "2", "3"}) {
    scratch.write(cost + ".csv", focus_file(usage_row("ba-1", "2024-04-10T00:00:00Z", "100") +
                                            usage_row("ba-1", "2024-04-11T00:00:00Z", cost)));
  }
  const Run run = scratch.run("import usage 1.csv --source s 2.csv --overage-currency EUR 3.csv "
                              "--overage-currency CNY -f csv");
  CHECK_MESSAGE(run.status == 0, run.err);
  CHECK(run.out.find("category,Usage,USD,6,306.00") != std::string::npos);
  CHECK(run.out.find("file,3.csv,,2,") != std::string::npos);
  CHECK(run.err.find("record 3, root ") == 0);
}

TEST_CASE("session: a bare accrue lists the commands, a bare group its own") {
  const Scratch scratch;
  const Run bare = scratch.run("");
  CHECK(bare.status == 0);
  CHECK(accrue_test::equals_golden("help.txt", bare.out));
  const Run group = scratch.run("import");
  CHECK(group.status == 2);
  CHECK(group.err.find("one of: usage, events, segment, base, rates, billing-periods, list, show") != std::string::npos);
  const Run missing = scratch.run("close");
  CHECK(missing.status == 2);
  CHECK(missing.err.find("needs PERIOD") != std::string::npos);
  CHECK(scratch.run("close --help").out.starts_with("  accrue close 2024-06\n"));
}

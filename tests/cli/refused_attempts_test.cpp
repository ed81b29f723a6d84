#include <string>

#include <doctest/doctest.h>

#include "ledger/intake/fact.h"
#include "ledger/store/store.h"
#include "tests/cli/program.h"

using accrue::AttemptRefused;
using accrue::Record;
using accrue::RecordKind;
using accrue::Store;
using accrue_test::focus_file;
using accrue_test::Run;
using accrue_test::Scratch;
using accrue_test::usage_row;

namespace {

/// make_book with 100 USD drawn in 2024-04, which is closed: records 1 to 4.
void make_closed_book(const Scratch& scratch) {
  accrue_test::make_book(scratch);
  scratch.write("april.csv", focus_file(usage_row("ba-1", "2024-04-10T00:00:00Z", "100")));
  for (const char* command : {"import usage april.csv", "close 2024-04"}) {
    const Run run = scratch.run(command);
    REQUIRE_MESSAGE(run.status == 0, run.err);
  }
}

Store open_book(const Scratch& scratch) {
  return Store::open((scratch.folder() / "book.accrue").string(), Store::Access::read).value();
}

std::int64_t record_count(const Scratch& scratch) { return open_book(scratch).record_count(); }

std::string balances(const Scratch& scratch) {
  return scratch.run("report trial-balance 2024 -f csv").out +
         scratch.run("report rollforward 2024 -f csv").out;
}

}  // namespace

TEST_CASE("refused attempts: one on a closed period leaves a record and moves no figure") {
  const Scratch scratch;
  make_closed_book(scratch);
  const std::string before = balances(scratch);
  struct Row {
    const char* command;
    const char* code;
  };
  const Row rows[] = {
      {"close 2024-04 --author bo --reason 'once more'", "period_closed"},
      {"estimate T1 breakage 4% --from 2024-04 --reason x", "period_closed"},
      // Before its first period everything counts as closed.
      {"reopen 2024-03 --reason x --yes", "period_not_closed"},
  };
  std::int64_t records = 4;
  REQUIRE(record_count(scratch) == records);
  for (const Row& row : rows) {
    CAPTURE(row.command);
    const Run run = scratch.run(row.command);
    CHECK(run.status == 4);
    ++records;
    CHECK(run.err.find("error[" + std::string{row.code} + "]") == 0);
    CHECK(run.err.find("note: recorded as record " + std::to_string(records) + "\n") !=
          std::string::npos);
    CHECK(record_count(scratch) == records);
  }
  CHECK(balances(scratch) == before);
  CHECK(scratch.run("audit verify").status == 0);
  CHECK(scratch.run("audit replay").status == 0);
  // What is closed last can still be taken back: an attempt is no close.
  CHECK(scratch.run("reopen 2024-04 --reason x --yes").status == 0);
}

TEST_CASE("refused attempts: the record says who, how and why not") {
  const Scratch scratch;
  make_closed_book(scratch);
  CHECK(scratch.run("close 2024-04 --author bo --reason 'once more'").status == 4);
  const Record record = open_book(scratch).read_record(5);
  CHECK(record.kind == RecordKind::attempt_refused);
  CHECK(record.author == "bo");
  CHECK(record.reason == "once more");
  CHECK(record.entries.empty());
  const accrue::Fact fact = decode(record.kind, record.fact);
  const AttemptRefused& attempt = std::get<AttemptRefused>(fact);
  CHECK(attempt.command == std::vector<std::string>{"close", "2024-04", "--author", "bo",
                                                    "--reason", "once more"});
  CHECK(attempt.code == "period_closed");
  CHECK(attempt.message == "2024-04 is closed already");
  REQUIRE(attempt.period.has_value());
  CHECK(attempt.period->to_string() == "2024-04");
}

TEST_CASE("refused attempts: what changes nothing closed leaves no record") {
  const Scratch scratch;
  make_closed_book(scratch);
  struct Row {
    const char* why;
    const char* command;
  };
  const Row rows[] = {
      {"a dry run announces no change", "close 2024-04 --dry-run"},
      {"a dry run of an estimate", "estimate T1 breakage 4% --from 2024-04 --reason x --dry-run"},
      {"an open period is reopened by mistake", "reopen 2024-05 --reason x --yes"},
      {"an earlier period is open", "close 2024-06"},
      {"a file that is known", "import usage april.csv"},
      {"a command that reads", "exceptions 2024-04"},
      {"another command that reads", "period check 2024-04"},
      {"wrong input", "estimate T1 breakage 400% --from 2024-04 --reason x"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const Run run = scratch.run(row.command);
    CHECK(run.status != 0);
    CHECK(run.err.find("recorded") == std::string::npos);
    CHECK(record_count(scratch) == 4);
  }
}

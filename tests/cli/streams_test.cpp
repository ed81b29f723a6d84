#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

using accrue_test::Run;
using accrue_test::Scratch;
using nlohmann::json;

namespace {

/// A book with one imported file of 100 USD in 2024-05.
void import_may(const Scratch& scratch) {
  accrue_test::make_book(scratch);
  scratch.write("may.csv", accrue_test::focus_file(
                               accrue_test::usage_row("ba-1", "2024-05-10T00:00:00Z", "100")));
  REQUIRE(scratch.run("import usage may.csv").status == 0);
}

}  // namespace

TEST_CASE("streams: standard output holds the answer and nothing else") {
  const Scratch scratch;
  import_may(scratch);
  for (const char* command : {"status", "investment list", "investment show lunar", "grant list",
                              "import list", "import show 3", "drawdown list", "entry list",
                              "entry show 1", "exceptions", "period list", "period check 2024-04",
                              "report period 2024-05", "report rollforward 2024-Q2",
                              "report trial-balance 2024-05", "report journal 2024-Q2",
                              "report answers 2024-05", "audit verify", "audit replay", "doctor",
                              "version"}) {
    CAPTURE(command);
    const Run run = scratch.run(std::string{command} + " -f json");
    CHECK(run.status == 0);
    const json answer = json::parse(run.out, nullptr, false);
    REQUIRE(answer.is_object());
    CHECK(answer.contains("schema"));
    CHECK(scratch.run(std::string{command} + " -q -f csv").err.empty());
  }
}

TEST_CASE("streams: a pipe gets no colour, no pager and no progress") {
  const Scratch scratch;
  import_may(scratch);
  const Run plain = scratch.run("report rollforward 2024-05", "ACCRUE_PAGER=false");
  CHECK(plain.status == 0);
  CHECK(plain.out.find("Lunar") != std::string::npos);
  CHECK(plain.out.find('\x1b') == std::string::npos);
  CHECK(plain.err.find('\r') == std::string::npos);
  CHECK(scratch.run("nonsense").err.find('\x1b') == std::string::npos);
}

TEST_CASE("streams: colour is forced by flag and environment, and NO_COLOR wins over the latter") {
  const Scratch scratch;
  struct Row {
    const char* flags;
    const char* settings;
    bool is_colored;
  };
  const Row rows[] = {
      {"", "", false},
      {"--color always", "", true},
      {"--color always", "NO_COLOR=1", true},
      {"", "CLICOLOR_FORCE=1", true},
      {"", "CLICOLOR_FORCE=0", false},
      {"", "CLICOLOR_FORCE=1 NO_COLOR=1", false},
      {"--color never", "CLICOLOR_FORCE=1", false},
      {"", "TERM=xterm", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.flags);
    CAPTURE(row.settings);
    const Run run = scratch.run(std::string{"nonsense "} + row.flags, row.settings);
    CHECK((run.err.find('\x1b') != std::string::npos) == row.is_colored);
  }
}

TEST_CASE("streams: -o takes the format from the ending, and refuses what contradicts it") {
  const Scratch scratch;
  import_may(scratch);
  CHECK(scratch.run("report period 2024-05 -o r.csv").out.empty());
  CHECK(scratch.read("r.csv").starts_with("investee,"));
  CHECK(scratch.run("report period 2024-05 -o r.json").status == 0);
  CHECK(json::parse(scratch.read("r.json"))["schema"] == "accrue.report.period/1");
  CHECK(scratch.run("report period 2024-05 -o r.txt").status == 0);
  CHECK(scratch.read("r.txt").find("Lunar") != std::string::npos);
  CHECK(scratch.run("report period 2024-05 -f csv -o plain").status == 0);
  CHECK(scratch.read("plain") == scratch.read("r.csv"));
  CHECK(scratch.run("report period 2024-05 -o r.html").status == 0);
  CHECK(scratch.read("r.html").starts_with("<!DOCTYPE html>"));
  CHECK(scratch.run("report period 2024-05 -o r.xlsx").status == 0);
  CHECK(scratch.run("report period 2024-05 -f xlsx").out == scratch.read("r.xlsx"));
  CHECK(scratch.read("r.xlsx").starts_with("PK"));
  for (const char* conflict : {"-f json -o x.csv", "-f csv -o x.json", "-f html -o x.xlsx",
                               "-f csv -o x.html", "-f xlsx -o x.txt"}) {
    CAPTURE(conflict);
    const Run run = scratch.run("report period 2024-05 " + std::string{conflict});
    CHECK(run.status == 2);
    CHECK(run.err.find("format_conflict") != std::string::npos);
  }
  CHECK_FALSE(scratch.has("x.csv"));
}

TEST_CASE("streams: global flags stand before or after the command") {
  const Scratch scratch;
  import_may(scratch);
  const Run after = scratch.run("report period 2024-05 -f csv");
  CHECK(scratch.run("-f csv report period 2024-05").out == after.out);
  CHECK(scratch.run("report -f csv period 2024-05").out == after.out);
  CHECK(scratch.run("report period -fcsv 2024-05").out == after.out);
  CHECK(scratch.run("report period --format=csv 2024-05").out == after.out);
  CHECK(scratch.run("report period 2024-05 -f csv", "ACCRUE_BOOK=none").status == 4);
  CHECK(scratch.run("-b book.accrue report period 2024-05 -f csv", "ACCRUE_BOOK=none").out ==
        after.out);
}

TEST_CASE("streams: with -f json an error is one object on standard error") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  const Run run = scratch.run("close 2024-06 -f json");
  CHECK(run.status == 4);
  CHECK(run.out.empty());
  const json error = json::parse(run.err);
  CHECK(error["schema"] == "accrue.error/1");
  CHECK(error["code"] == "earlier_period_open");
  CHECK(error["file"].is_null());
  CHECK(error["line"].is_null());
  CHECK(error["values"].is_array());
  CHECK(error["hint"] == "accrue close 2024-06 --through closes them one by one");

  scratch.write("bad.csv", accrue_test::focus_file(
                               accrue_test::usage_row("ba-1", "2024-05-10T00:00:00Z", "x") +
                               accrue_test::usage_row("ba-1", "2024-05-10T00:00:00Z", "y")));
  const json rows = json::parse(scratch.run("import usage bad.csv --format=json").err);
  CHECK(rows["code"] == "bad_decimal");
  CHECK(rows["file"] == "bad.csv");
  CHECK(rows["line"] == 2);
  CHECK(rows["column"].is_number());
  CHECK(rows["more"].size() >= 1);
  CHECK(rows["more"][0]["code"] == "bad_decimal");
}

TEST_CASE("streams: a reader that goes away is no failure") {
  const Scratch scratch;
  import_may(scratch);
  const Run run = scratch.run("help terms | head -c 1 >/dev/null; echo done");
  CHECK(run.out == "done\n");
  CHECK(run.err.empty());
}

TEST_CASE("streams: a full device ends the program with 1") {
  const Scratch scratch;
  const Run run = scratch.run("help terms >/dev/full");
  CHECK(run.status == 1);
  CHECK(run.err.find("error[machine_failed]: the output cannot be written") == 0);
}

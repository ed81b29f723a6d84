#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

using accrue_test::focus_file;
using accrue_test::Run;
using accrue_test::Scratch;
using accrue_test::usage_row;

namespace {

/// One line a record: "N author kind marks".
std::string lines_of(const Scratch& scratch, const std::string& words) {
  const Run run = scratch.run("audit log " + words + " -f json");
  REQUIRE_MESSAGE(run.status == 0, run.err);
  std::string text;
  const nlohmann::json json = nlohmann::json::parse(run.out);
  for (const auto& row : json["rows"]) {
    text += std::to_string(row["record"].get<int>()) + " " + row["author"].get<std::string>() +
            " " + row["kind"].get<std::string>() + " " +
            (row["marks"].is_null() ? "-" : row["marks"].get<std::string>()) + "\n";
  }
  return text;
}

}  // namespace

// 100 and 50 USD drawn of 1,000 for 900, 10% never to be drawn: each dollar drawn is one of revenue.
TEST_CASE("audit log: who did what, with the words that pick records") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  scratch.write("april.csv", focus_file(usage_row("ba-1", "2024-04-10T00:00:00Z", "100")));
  scratch.write("late.csv", focus_file(usage_row("ba-1", "2024-04-20T00:00:00Z", "50")));
  for (const char* command :
       {"import usage april.csv --author bo --now 2024-05-02T00:00:00Z",
        "close 2024-04 --author cy --now 2024-05-03T00:00:00Z",
        "import usage late.csv --author bo --reason 'sent twice' --now 2024-05-13T00:00:00Z"}) {
    const Run run = scratch.run(command);
    REQUIRE_MESSAGE(run.status == 0, run.err);
  }
  CHECK(scratch.run("close 2024-04 --author bo").status == 4);
  CHECK(lines_of(scratch, "") ==
        "1 ana book_opened -\n2 ana investment_added -\n3 bo usage_imported -\n"
        "4 cy period_closed -\n5 bo usage_imported late\n6 bo attempt_refused refused\n");
  CHECK(lines_of(scratch, "--recorded-by cy") == "4 cy period_closed -\n");
  CHECK(lines_of(scratch, "--kind usage_imported") ==
        "3 bo usage_imported -\n5 bo usage_imported late\n");
  CHECK(lines_of(scratch, "2024-05") == "5 bo usage_imported late\n");
  CHECK(lines_of(scratch, "--only refused") == "6 bo attempt_refused refused\n");
  CHECK(lines_of(scratch, "--only reopenings").empty());
  CHECK(lines_of(scratch, "--as-of 3 --recorded-by bo") == "3 bo usage_imported -\n");

  const nlohmann::json late =
      nlohmann::json::parse(scratch.run("audit log --only late -f json").out)["rows"][0];
  CHECK(late["late_revenue"] == "50.00");
  CHECK(late["gap_days"] == 12);  // from 2024-05-01, the end of April, to 2024-05-13
  CHECK(late["reason"] == "sent twice");
  CHECK(late["detail"] == "50.00 of revenue of 2024-04 booked in 2024-05");
  CHECK(late["ref"] == "record:5");
}

TEST_CASE("audit log: words it does not know are refused with what was meant") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  Run run = scratch.run("audit log --kind period_close");
  CHECK(run.status == 2);
  CHECK(run.err.find("did you mean 'period_closed'?") != std::string::npos);
  run = scratch.run("audit log --only overides");
  CHECK(run.status == 2);
  CHECK(run.err.find("reopenings, exceptions, estimates, late, refused") != std::string::npos);
  CHECK(scratch.run("audit log 2024-13").status == 2);
}

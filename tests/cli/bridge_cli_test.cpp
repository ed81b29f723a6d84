#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

using accrue_test::focus_file;
using accrue_test::Run;
using accrue_test::Scratch;
using accrue_test::usage_row;
using Json = nlohmann::json;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// A book with a threshold for catch-ups, 100 of April closed, and 10 of April with 90 of May after
/// that. Breakage is proportional at 10%: what is drawn is recognised at its own amount.
void make_late_book(const Scratch& scratch, const std::string& threshold) {
  scratch.write("lunar.toml", accrue_test::deal_terms);
  scratch.write("april.csv", focus_file(usage_row("ba-1", "2024-04-10T00:00:00Z", "100")));
  scratch.write("late.csv", focus_file(usage_row("ba-1", "2024-04-20T00:00:00Z", "10") +
                                       usage_row("ba-1", "2024-05-10T00:00:00Z", "90")));
  REQUIRE(scratch.run("init --name Test --now 2024-04-01T00:00:00Z " + threshold).status == 0);
  for (const char* command :
       {"investment add lunar.toml --now 2024-04-01T00:00:00Z", "import usage april.csv",
        "close 2024-04", "import usage late.csv --catch-up error --reason 'region north'"}) {
    CAPTURE(command);
    const Run run = scratch.run(command);
    REQUIRE_MESSAGE(run.status == 0, run.err);
  }
}

}  // namespace

TEST_CASE("bridge command: rows, totals and checks as JSON, with the class and reason that were given") {
  const Scratch scratch;
  make_late_book(scratch, "");
  const Run run = scratch.run("report bridge 2024-04 -f json");
  REQUIRE(run.status == 0);
  const Json json = Json::parse(run.out);
  CHECK(json["schema"] == "accrue.report.bridge/1");
  REQUIRE(json["rows"].size() == 2);  // 9 as usage, 1 as breakage
  CHECK(json["rows"][0]["change"] == "booked later");
  CHECK(json["rows"][0]["kind"] == "breakage");
  CHECK(json["rows"][0]["revenue"] == "1.00");
  CHECK(json["rows"][1]["kind"] == "usage");
  CHECK(json["rows"][1]["revenue"] == "9.00");
  CHECK(json["rows"][0]["class"] == "error");
  CHECK(json["rows"][0]["reason"] == "region north");
  CHECK(json["rows"][0]["author"] == "ana");
  CHECK(json["rows"][0]["record"] == 5);
  CHECK(json["totals"]["revenue_as_reported"] == "100.00");
  CHECK(json["totals"]["revenue_by_origin"] == "110.00");
  CHECK(json["totals"]["materiality_pct"].is_null());
  for (const Json& check : json["checks"]) CHECK(check["difference"] == "0.00");

  const Json may = Json::parse(scratch.run("report bridge 2024-05 -f json").out);
  CHECK(may["totals"]["catch_ups"] == "10.00");
  CHECK(may["totals"]["catch_ups_pct"] == "10.00");
  CHECK(Json::parse(scratch.run("report bridge 2024-04 -f json --as-of 4").out)["rows"].empty());
  CHECK(scratch.run("report bridge 2024-Q2 --by-origin").status == 0);
  CHECK(scratch.run("import show 5").out.find("catch-up class") != std::string::npos);
  CHECK(scratch.run("import usage april.csv --catch-up mistake").status == 2);
}

TEST_CASE("bridge command: every report counts by origin") {
  const Scratch scratch;
  make_late_book(scratch, "");
  scratch.write("segment.csv",
                "segment,basis,period,currency,revenue,source\ncloud,a,2024-04,USD,1000,x\n"
                "cloud,a,2023-04,USD,900,x\n");
  REQUIRE(scratch.run("import segment segment.csv").status == 0);
  for (const char* report : {"answers", "period", "rollforward", "growth", "bridge",
                             "trial-balance", "journal"}) {
    CAPTURE(report);
    const std::string command = "report " + std::string{report} + " 2024-04 -f csv";
    const Run origin = scratch.run(command + " --by-origin");
    CHECK(origin.status == 0);
    CHECK(origin.out != scratch.run(command).out);
  }
}

TEST_CASE("materiality: init keeps the threshold, status shows it") {
  const Scratch scratch;
  CHECK(scratch.run("init --materiality 5").status == 3);
  CHECK(scratch.run("init --materiality 0%").status == 2);
  CHECK_FALSE(scratch.has("book.accrue"));
  REQUIRE(scratch.run("init --materiality 2.5%").status == 0);
  CHECK(has(scratch.run("status -f csv").out, "materiality,2.5%"));
  CHECK(scratch.run("audit replay").status == 0);
}

TEST_CASE("materiality: a close with catch-ups above the threshold asks for a reason") {
  const Scratch scratch;
  make_late_book(scratch, "--materiality 9.99%");
  const Run check = scratch.run("period check 2024-05");
  CHECK(check.status == 4);
  CHECK(has(check.out, "catch-ups of 10.00 USD are 10.00% of the revenue of 2024-05, 100.00 USD; "
                       "threshold 9.99%"));
  CHECK(has(check.out, "material_catch_ups"));
  CHECK(has(scratch.run("exceptions 2024-05").out, "material_catch_ups"));
  CHECK(scratch.run("close 2024-05").status == 4);
  CHECK(scratch.run("close 2024-05 --accept material_catch_ups").status == 2);  // no reason

  // A reason is what it asks for; it accepts nothing else.
  const Run closed = scratch.run("close 2024-05 --reason 'a late file' -f json");
  CHECK_MESSAGE(closed.status == 0, closed.err);
  CHECK(has(closed.out, "2024-05 accepted material_catch_ups: 2024-05"));
  CHECK(has(closed.out, "10.00% of the revenue"));
  CHECK(scratch.run("audit verify").status == 0);
}

TEST_CASE("materiality: a reason does not accept other exceptions") {
  const Scratch scratch;
  make_late_book(scratch, "--materiality 9.99%");
  scratch.write("refund.csv", focus_file(usage_row("ba-1", "2024-04-05T00:00:00Z", "-500")));
  REQUIRE(scratch.run("import usage refund.csv").status == 0);
  const Run refused = scratch.run("close 2024-05 --reason why");
  CHECK(refused.status == 4);
  CHECK(has(refused.err, "unmatched_refund"));
  CHECK_FALSE(has(refused.err, "material_catch_ups"));
  CHECK(scratch.run("close 2024-05 --accept all --reason why").status == 0);
}

TEST_CASE("materiality: a threshold that is met is not above it, and without one nothing is asked") {
  const Scratch met;
  make_late_book(met, "--materiality 10%");
  CHECK(met.run("period check 2024-05").status == 0);
  CHECK(met.run("close 2024-05").status == 0);
  const Scratch none;
  make_late_book(none, "");
  const Run check = none.run("period check 2024-05");
  CHECK(check.status == 0);
  CHECK(has(check.out, "catch-ups of 10.00 USD are 10.00% of the revenue of 2024-05, 100.00 USD\n"));
}

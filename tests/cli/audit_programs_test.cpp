// The audit programs as an auditor runs them.

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

/// 1,000 USD of face for 900 USD. April: 100 + 40 + 60 drawn, closed.
void make_april(const Scratch& scratch) {
  accrue_test::make_book(scratch);
  scratch.write("april.csv", focus_file(usage_row("ba-1", "2024-04-10T00:00:00Z", "100") +
                                        usage_row("ba-1", "2024-04-11T00:00:00Z", "40") +
                                        usage_row("ba-1", "2024-04-12T00:00:00Z", "60")));
  REQUIRE(scratch.run("import usage april.csv").status == 0);
  REQUIRE(scratch.run("close 2024-04").status == 0);
}

Json json_of(const Scratch& scratch, const std::string& arguments) {
  const Run run = scratch.run(arguments + " -f json");
  REQUIRE_MESSAGE(run.status == 0, run.err);
  return Json::parse(run.out);
}

const std::string draw = "audit sample --period 2024-04 --mus --interval 100 --seed 3";

}  // namespace

// Seed 3 starts at 47.26 of 100: of the 40 and the 60 below the interval the 60 holds it.
TEST_CASE("audit sample: the same seed gives the same bytes, and the population ties") {
  const Scratch scratch;
  make_april(scratch);
  const Json sample = json_of(scratch, draw);
  CHECK(sample["schema"] == "accrue.report.sample/1");
  REQUIRE(sample["rows"].size() == 2);
  CHECK(sample["rows"][0]["selection"] == "top stratum");
  CHECK(sample["rows"][0]["book_value"] == "100.00");
  CHECK(sample["rows"][1]["point"] == "47.26");
  CHECK(sample["rows"][1]["book_value"] == "60.00");
  for (const Json& check : sample["checks"]) CHECK(check["difference"] == "0.00");
  CHECK(sample["checks"].size() == 2);
  CHECK(sample["totals"]["book_total"] == "200.00");
  CHECK(scratch.run(draw + " -f json").out == scratch.run(draw + " -f json").out);
  CHECK(scratch.run(draw + " -f csv").out.find("top stratum") != std::string::npos);
  // The records after the one asked for change nothing.
  CHECK(json_of(scratch, draw + " --as-of 3")["rows"] == sample["rows"]);
}

// By hand: the 60 should be 54, tainting 10%: projected 10; basic 300; (1.75 - 1) x 10.
TEST_CASE("audit sample evaluate: a file drawn earlier, with what was found") {
  const Scratch scratch;
  make_april(scratch);
  REQUIRE(scratch.run(draw + " -o sample.json").status == 0);
  const Json sample = Json::parse(scratch.read("sample.json"));
  const std::string top = sample["rows"][0]["ref"];
  const std::string hit = sample["rows"][1]["ref"];
  scratch.write("found.csv", "ref,book_value,audited\n" + top + ",100,100\n" + hit + ",60,54\n");
  // What is recorded later is no part of the sample.
  scratch.write("may.csv", focus_file(usage_row("ba-1", "2024-05-10T00:00:00Z", "5")));
  REQUIRE(scratch.run("import usage may.csv").status == 0);
  const Json found = json_of(scratch, "audit sample evaluate sample.json found.csv");
  CHECK(found["totals"]["overstatement_projected"] == "10.00");
  CHECK(found["totals"]["overstatement_upper_limit"] == "317.50");
  CHECK(found["totals"]["confidence_pct"] == 95);
  CHECK(found["as_of"] == sample["as_of"]);
  REQUIRE(found["rows"].size() == 1);
  CHECK(found["rows"][0]["ref"] == hit);
  // 2.31 x 100 + 10 + (3.89 - 2.31 - 1) x 10.
  const Json at_90 =
      json_of(scratch, "audit sample evaluate sample.json found.csv --confidence 90");
  CHECK(at_90["totals"]["overstatement_upper_limit"] == "246.80");

  SUBCASE("a finding for each item") {
    scratch.write("found.csv", "ref,audited\n" + hit + ",54\n");
    const Run run = scratch.run("audit sample evaluate sample.json found.csv");
    CHECK(run.status == 3);
    CHECK(run.err.find("error[finding_missing]") != std::string::npos);
    CHECK(run.err.find(top) != std::string::npos);
  }
  SUBCASE("an audited amount in each row") {
    scratch.write("found.csv", "ref,audited\n" + top + ",\n" + hit + ",54\n");
    const Run run = scratch.run("audit sample evaluate sample.json found.csv");
    CHECK(run.status == 3);
    CHECK(run.err.find("found.csv:2") != std::string::npos);
  }
  SUBCASE("a sample that was changed") {
    std::string text = scratch.read("sample.json");
    const std::size_t at = text.find("\"60.00\"");
    REQUIRE(at != std::string::npos);
    scratch.write("sample.json", text.replace(at, 7, "\"66.00\""));
    const Run run = scratch.run("audit sample evaluate sample.json found.csv");
    CHECK(run.status == 5);
    CHECK(run.err.find("error[sample_differs]") != std::string::npos);
  }
  SUBCASE("a sample of another book") {
    scratch.write("lunar.toml", accrue_test::deal_terms);
    REQUIRE(scratch.run("-b other.accrue init --name Other").status == 0);
    CHECK(scratch.run("-b other.accrue audit sample evaluate sample.json found.csv").status == 5);
  }
  SUBCASE("files that are no sample") {
    for (const char* text :
         {"", "{}", "[]", R"({"schema":1})", R"({"schema":"accrue.report.sample/1"})",
          R"({"schema":"accrue.report.sample/1","currency":"USD","as_of":{"records":1,"root":""},)"
          R"("period":{"from":"2024-04","to":"2024-04"},"totals":{"of":"draws","role":null,)"
          R"("method":"mus","interval":"0","count":null,"by":null,"seed":1}})"}) {
      CAPTURE(text);
      scratch.write("wrong.json", text);
      const Run run = scratch.run("audit sample evaluate wrong.json found.csv");
      CHECK(run.status == 3);
      CHECK(run.err.find("error[not_a_sample]") != std::string::npos);
    }
  }
}

TEST_CASE("audit sample: words that do not make a sample are refused") {
  const Scratch scratch;
  make_april(scratch);
  const std::string start = "audit sample --period 2024-04 --seed 3 ";
  for (const std::string& words :
       {std::string{"audit sample --seed 3 --random 2"},
        std::string{"audit sample --period 2024-04 --random 2"}, start, start + "--mus",
        start + "--mus --interval 0", start + "--mus --interval x",
        start + "--mus --interval 5 --random 2", start + "--random 0",
        start + "--random 2 --interval 5", start + "--random 2 --account revenue",
        start + "--random 2 --of entries --currency USD", start + "--random 2 --by month",
        start + "--random 2 --of nothing",
        std::string{"audit sample evaluate a b --seed 3"},
        std::string{"audit sample evaluate a b --confidence 49"},
        std::string{"audit sample evaluate a b --confidence 100"}}) {
    CAPTURE(words);
    CHECK(scratch.run(words).status == 2);
  }
  CHECK(scratch.run("audit sample --period 2024-06 --seed 3 --random 2").status == 4);
}

TEST_CASE("audit programs: the commands of a small book") {
  const Scratch scratch;
  make_april(scratch);
  scratch.write("late.csv", focus_file(usage_row("ba-1", "2024-04-29T00:00:00Z", "5")));
  REQUIRE(scratch.run("import usage late.csv").status == 0);
  const Json cutoff = json_of(scratch, "audit cutoff 2024-04 --days 3");
  CHECK(cutoff["totals"]["findings"] == 3);
  const Json lookback = json_of(scratch, "audit lookback");
  REQUIRE(lookback["rows"].size() == 1);
  CHECK(lookback["rows"][0]["outcome"] == "running");
  // Everything of April was recorded on 1 April 2024 00:00Z or 1 July 08:00Z, Mondays.
  const Json tests = json_of(scratch, "audit je-tests 2024-04 --threshold 950");
  CHECK(tests["totals"]["weekend_hits"] == 0);
  CHECK(tests["totals"]["after_hours_hits"] == 1);
  const Json complete = json_of(scratch, "audit completeness 2024-04");
  CHECK(complete["totals"]["findings"] == 0);
  scratch.write("invoices.csv",
                "billing_account,billing_period,currency,amount\nba-1,2024-04,USD,205.5\n");
  const Json invoices = json_of(scratch, "audit completeness --invoice invoices.csv");
  REQUIRE(invoices["rows"].size() == 1);
  CHECK(invoices["rows"][0]["imported"] == "205.00");
  CHECK(invoices["rows"][0]["difference"] == "-0.50");
  CHECK(invoices["rows"][0]["finding"].is_null());

  for (const char* words :
       {"audit cutoff 2024-04 --days 0", "audit cutoff 2024-04 --days 367",
        "audit je-tests 2024-04 --hours 18:00-08:00", "audit je-tests 2024-04 --hours 8-18",
        "audit je-tests 2024-04 --hours 08:00-24:01", "audit je-tests 2024-04 --round 0",
        "audit je-tests 2024-04 --threshold 1.001", "audit completeness 2024-04 --invoice x.csv"}) {
    CAPTURE(words);
    CHECK(scratch.run(words).status == 2);
  }
  CHECK(scratch.run("audit je-tests 2024-04 --hours 00:00-24:00").status == 0);
}

// `audit vouch`: an imported file, read again.

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

constexpr const char* noon = "2024-04-20T12:00:00Z";

/// A book whose record 3 is the delivery of the files a.csv and b.csv: one charge of 10 + 2 + 3.
void make_delivery(const Scratch& scratch) {
  accrue_test::make_book(scratch);
  scratch.write("a.csv", focus_file(usage_row("ba-1", noon, "10") + usage_row("other", noon, "7") +
                                    usage_row("ba-1", noon, "2") +
                                    usage_row("ba-1", "2024-04-21T12:00:00Z", "5")));
  scratch.write("b.csv", focus_file(usage_row("ba-1", noon, "3")));
  REQUIRE(scratch.run("import usage a.csv b.csv").status == 0);
}

}  // namespace

TEST_CASE("vouch: the files of a delivery give its charges and totals again") {
  const Scratch scratch;
  make_delivery(scratch);
  const Run run = scratch.run("audit vouch b.csv a.csv -f json");
  CHECK(run.status == 0);
  CHECK(run.err.find("the files give what the record says") != std::string::npos);
  const Json json = Json::parse(run.out);
  REQUIRE(json["rows"].size() == 2);
  CHECK(json["rows"][0]["file"] == "a.csv");
  CHECK(json["rows"][0]["rows"] == 4);
  CHECK(json["rows"][1]["ref"] == "file:3:2");
}

TEST_CASE("vouch: the lines behind a charge, over both files, add up to it") {
  const Scratch scratch;
  make_delivery(scratch);
  const Json json = Json::parse(
      scratch.run("audit vouch a.csv b.csv --charge charge:3:1 -f json").out);
  REQUIRE(json["rows"].size() == 3);
  CHECK(json["rows"][0]["line"] == 2);
  CHECK(json["rows"][0]["amount"] == "10.00");
  CHECK(json["rows"][1]["line"] == 4);
  CHECK(json["rows"][2]["file"] == "b.csv");
  CHECK(json["totals"]["amount"] == "15.00");
  for (const Json& check : json["checks"]) CHECK(check["difference"] == (check == json["checks"][0] ? "0" : "0.00"));
}

TEST_CASE("vouch: of a delivery in part, what lies in the file given is compared") {
  const Scratch scratch;
  make_delivery(scratch);
  const Run run = scratch.run("audit vouch a.csv -f json");
  CHECK(run.status == 0);
  // The charge of noon has a row in b.csv; that of the next day stands whole in a.csv.
  CHECK(Json::parse(run.out)["notes"][0] ==
        "the delivery has 2 files: charges with rows in the others were not compared");
  CHECK(scratch.run("audit vouch a.csv").out.find("1 charges read again") != std::string::npos);
}

TEST_CASE("vouch: a file that was changed by one digit is not the one imported") {
  const Scratch scratch;
  make_delivery(scratch);
  std::string text = scratch.read("b.csv");
  const std::size_t at = text.find(",3,");
  REQUIRE(at != std::string::npos);
  text[at + 1] = '4';
  scratch.write("b.csv", text);
  const Run run = scratch.run("audit vouch b.csv");
  CHECK(run.status == 5);
  CHECK(run.err.find("error[audit_difference]") != std::string::npos);
  CHECK(run.err.find("record 3 holds a b.csv with SHA-256 ") != std::string::npos);
}

TEST_CASE("vouch: a charge of another record, and an address that is none, are refused") {
  const Scratch scratch;
  make_delivery(scratch);
  CHECK(scratch.run("audit vouch a.csv b.csv --charge charge:3:9").status == 2);
  const Run run = scratch.run("audit vouch a.csv b.csv --charge grant:T1");
  CHECK(run.status == 2);
  CHECK(run.err.find("error[unknown_ref]") != std::string::npos);
  CHECK(scratch.run("audit vouch none.csv").err.find("none.csv cannot be read") != std::string::npos);
}

TEST_CASE("vouch: matched as the deals stood when the file came, and replaced charges told apart") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  scratch.write("a.csv", focus_file(usage_row("ba-1", noon, "10") + usage_row("ba-2", noon, "7")));
  REQUIRE(scratch.run("import usage a.csv --mode replace").status == 0);
  std::string deal = accrue_test::deal_terms;
  for (const auto& [from, to] : {std::pair{"ba-1", "ba-2"}, {"\"T1\"", "\"T2\""}}) {
    const std::size_t at = deal.find(from);
    REQUIRE(at != std::string::npos);
    deal.replace(at, std::string{from}.size(), to);
  }
  deal.replace(deal.find("\"lunar\""), 7, "\"second\"");
  scratch.write("second.toml", deal);
  const Run added = scratch.run("investment add second.toml");
  REQUIRE_MESSAGE(added.status == 0, added.err);
  // ba-2 was nobody's when the file came.
  CHECK(scratch.run("audit vouch a.csv").status == 0);
  scratch.write("b.csv", focus_file(usage_row("ba-1", noon, "12")));
  REQUIRE(scratch.run("import usage b.csv --mode replace").status == 0);
  const Json json =
      Json::parse(scratch.run("audit vouch b.csv --charge charge:5:1 -f json").out);
  CHECK(json["totals"]["amount"] == "12.00");
  CHECK(json["notes"][0] ==
        "the delivery replaced what stood: the charge is the difference of 2 to what stood before");
}

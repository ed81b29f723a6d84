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

std::string records_of(const Scratch& scratch, const std::string& flags) {
  const Run run = scratch.run("import list -f json " + flags);
  REQUIRE_MESSAGE(run.status == 0, run.err);
  const Json json = Json::parse(run.out);
  std::string records;
  for (const Json& row : json["rows"]) {
    records += (records.empty() ? "" : " ") + std::to_string(row["record"].get<int>());
  }
  return records;
}

}  // namespace

// T1 has a face of 1,000 USD: 900 are drawn by the second delivery, and the first, which lies
// later in the month, keeps 100.
TEST_CASE("import show: what a delivery drew when it came, whatever came after it") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  scratch.write("a.csv", focus_file(usage_row("ba-1", "2024-04-20T00:00:00Z", "300") +
                                    usage_row("other", "2024-04-20T00:00:00Z", "7")));
  scratch.write("b.csv", focus_file(usage_row("ba-1", "2024-04-10T00:00:00Z", "900")));
  const Json live = Json::parse(scratch.run("import usage a.csv -f json").out);
  REQUIRE(scratch.run("import usage b.csv").status == 0);
  REQUIRE(scratch.run("close 2024-04 --accept all --reason x").status == 0);
  const Json first = Json::parse(scratch.run("import show 3 -f json").out);
  CHECK(first["drawn"]["USD"] == "300.00");
  CHECK(first["overage"]["USD"] == "0.00");
  CHECK(first["drawn"] == live["drawn"]);
  CHECK(first["other_customers"]["USD"]["amount"] == "7.00");
  const Json second = Json::parse(scratch.run("import show 4 -f json").out);
  // Net: the 900 that it drew, less the 200 that it took from the first.
  CHECK(second["drawn"]["USD"] == "700.00");
  CHECK(second["overage"]["USD"] == "200.00");
  CHECK(second["by_category"]["Usage"]["USD"]["amount"] == "900.00");
}

TEST_CASE("import show: rows set aside with their file, and the records that were replaced") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  scratch.write("a.csv", focus_file(usage_row("ba-1", "2024-04-20T00:00:00Z", "300") +
                                    usage_row("ba-1", "2024-04-21T00:00:00Z", "x")));
  REQUIRE(scratch.run("import usage a.csv --on-error quarantine").status == 0);
  const Json shown = Json::parse(scratch.run("import show 3 -f json").out);
  CHECK(shown["quarantined"] == 1);
  const std::string path = shown["quarantine_file"];
  CHECK(path == "book.accrue.quarantine/record-3.csv");
  CHECK(scratch.has(path));
  CHECK(shown["replaced_records"].empty());
  CHECK(scratch.run("import show 3").out.find(path) != std::string::npos);

  scratch.write("b.csv", focus_file(usage_row("ba-1", "2024-04-20T00:00:00Z", "250")));
  REQUIRE(scratch.run("import usage b.csv --mode replace").status == 0);
  const Json replacing = Json::parse(scratch.run("import show 4 -f json").out);
  CHECK(replacing["replaced_records"] == Json::array({3}));
  CHECK(replacing["quarantine_file"].is_null());
  REQUIRE(replacing["replaced"].size() == 1);
  CHECK(replacing["replaced"][0]["before"] == "300.00");
  CHECK(replacing["replaced"][0]["after"] == "250.00");
  CHECK(replacing["drawn"]["USD"] == "-50.00");
  CHECK(replacing["overage"]["USD"] == "0.00");
}

TEST_CASE("import list: by kind, source and billing period") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  scratch.write("a.csv", focus_file(usage_row("ba-1", "2024-04-20T00:00:00Z", "1")));
  scratch.write("b.csv", focus_file(usage_row("ba-1", "2024-05-20T00:00:00Z", "2")));
  scratch.write("rates.csv", "date,from,to,rate,source\n2024-04-01,CNY,USD,0.14,x\n");
  REQUIRE(scratch.run("import usage a.csv").status == 0);
  REQUIRE(scratch.run("import usage b.csv --source north").status == 0);
  REQUIRE(scratch.run("import rates rates.csv").status == 0);
  CHECK(records_of(scratch, "") == "3 4 5");
  CHECK(records_of(scratch, "--kind usage") == "3 4");
  CHECK(records_of(scratch, "--kind rates") == "5");
  CHECK(records_of(scratch, "--kind base").empty());
  CHECK(records_of(scratch, "--source north") == "4");
  CHECK(records_of(scratch, "--period 2024-04") == "3");
  CHECK(records_of(scratch, "--period 2024-Q2") == "3 4");
  CHECK(records_of(scratch, "--period 2024-Q2 --source usage") == "3");
  CHECK(records_of(scratch, "--period 2024-06").empty());
  const Run wrong = scratch.run("import list --kind usages");
  CHECK(wrong.status == 2);
  CHECK(wrong.err.find("did you mean 'usage'?") != std::string::npos);
}

TEST_CASE("drawdown list: the filters of the command line") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  scratch.write("a.csv", focus_file(usage_row("ba-1", "2024-04-20T00:00:00Z", "900")));
  scratch.write("b.csv", focus_file(usage_row("ba-1", "2024-04-21T00:00:00Z", "150")));
  REQUIRE(scratch.run("import usage a.csv").status == 0);
  REQUIRE(scratch.run("close 2024-04").status == 0);
  REQUIRE(scratch.run("import usage b.csv").status == 0);
  const auto amounts = [&](const std::string& flags) {
    const Json json = Json::parse(scratch.run("drawdown list -f json " + flags).out);
    std::string list;
    for (const Json& row : json["rows"]) {
      list += (list.empty() ? "" : " ") + row["amount"].get<std::string>();
    }
    return list;
  };
  CHECK(amounts("") == "900.00 50.00 100.00");
  CHECK(amounts("--grant T1") == "900.00 100.00");
  CHECK(amounts("--funding cash") == "50.00");
  CHECK(amounts("--period 2024-05") == "50.00 100.00");
  CHECK(amounts("--origin 2024-04 --grant lunar/T1 --service GPU") == "900.00 100.00");
  CHECK(amounts("--service gpu").empty());
  CHECK(amounts("--region x").empty());
  CHECK(amounts("--sku ''") == "900.00 50.00 100.00");
  CHECK(scratch.run("drawdown list --grant T9").status == 3);
  CHECK(scratch.run("drawdown list --funding barter").status == 2);
}

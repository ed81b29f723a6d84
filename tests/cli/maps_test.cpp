// Usage of other formats through the program: the map is kept with its source.

#include <filesystem>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

using accrue_test::Run;
using accrue_test::Scratch;
using Json = nlohmann::json;

namespace {

const std::string map = R"(schema = "accrue.map/1"
[columns]
billing_account = "customer"
charge_start = "day"
[defaults]
currency = "USD"
category = "Usage"
[cost]
effective = ["gpu", "disk"]
[dates]
format = "D.M.Y"
charge_length = "day"
)";

std::string bill(const std::string& day, const std::string& gpu, const std::string& disk) {
  return "customer,day,gpu,disk\nba-1," + day + ',' + gpu + ',' + disk + '\n';
}

}  // namespace

TEST_CASE("import usage --map: a source keeps its map") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  scratch.write("own.toml", map);
  scratch.write("a.csv", bill("20.04.2024", "300", "0.25"));
  scratch.write("b.csv", bill("21.04.2024", "7", "0.75"));
  const Run first = scratch.run("import usage a.csv --source own --map own.toml -f json");
  REQUIRE_MESSAGE(first.status == 0, first.err);
  CHECK(Json::parse(first.out)["drawn"]["USD"] == "300.25");
  std::filesystem::remove(scratch.folder() / "own.toml");
  const Run second = scratch.run("import usage b.csv --source own -f json");
  REQUIRE_MESSAGE(second.status == 0, second.err);
  CHECK(Json::parse(second.out)["drawn"]["USD"] == "7.75");

  // Another source has none: the file is no FOCUS.
  const Run other = scratch.run("import usage b.csv --source other");
  CHECK(other.status == 3);
  CHECK(other.err.find("error[missing_column]") != std::string::npos);

  const Run replayed = scratch.run("audit replay");
  CHECK_MESSAGE(replayed.status == 0, replayed.err);
}

TEST_CASE(
    "import usage --map: a map that cannot be read is refused with its path, and nothing is "
    "written") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  scratch.write("a.csv", bill("20.04.2024", "300", "0.25"));
  scratch.write("wrong.toml", map + "week = 1\n");
  const Run wrong = scratch.run("import usage a.csv --source own --map ./wrong.toml");
  CHECK(wrong.status == 3);
  CHECK(wrong.err.find("error[unknown_key]") != std::string::npos);
  CHECK(wrong.err.find("./wrong.toml:13:1") != std::string::npos);
  const Run absent = scratch.run("import usage a.csv --source own --map absent.toml");
  CHECK(absent.status == 1);
  CHECK(absent.err.find("error[file_unreadable]") != std::string::npos);

  // A column the file lacks is said with the map's name.
  scratch.write("own.toml", map);
  scratch.write("c.csv", "customer,date,gpu,disk\nba-1,20.04.2024,1,1\n");
  const Run lacking = scratch.run("import usage c.csv --source own --map own.toml");
  CHECK(lacking.status == 3);
  CHECK(lacking.err.find("the column day is missing, which the map own.toml names") !=
        std::string::npos);
  CHECK(Json::parse(scratch.run("import list -f json").out)["rows"].empty());
}

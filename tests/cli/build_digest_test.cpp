#include <array>
#include <cstdio>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

using accrue_test::Scratch;

namespace {

std::string output_of(const std::string& command) {
  std::string text;
  FILE* const pipe = ::popen(command.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::array<char, 4096> buffer;
  for (std::size_t count; (count = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
    text.append(buffer.data(), count);
  }
  REQUIRE(::pclose(pipe) == 0);
  return text;
}

}  // namespace

TEST_CASE("build: the program names the SHA-256 over its sources, as docs/formats.md makes it") {
  const std::string digest = output_of(
      "cd '" ACCRUE_SOURCE_DIR "' && { echo CMakeLists.txt; find accounting cli ledger -name '*.cpp' "
      "-o -name '*.h' -o -name '*.cmake' -o -name '*.py'; } | LC_ALL=C sort | "
      "xargs sha256sum | sha256sum").substr(0, 64);
  const Scratch scratch;
  CHECK(scratch.run("version").out == "accrue 0.1.0 (build " + digest.substr(0, 12) + ")\n");
  const nlohmann::json json = nlohmann::json::parse(scratch.run("version -f json").out);
  CHECK(json["program"]["build"] == digest);
  CHECK(json["program"]["name"] == "accrue");
  CHECK(json["program"]["version"] == "0.1.0");
}

TEST_CASE("filters: a report names the words that shape it, and none of the others") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  const auto filters = [&](const std::string& words) {
    const accrue_test::Run run = scratch.run(words + " -f json");
    REQUIRE_MESSAGE(run.status == 0, run.err);
    return nlohmann::json::parse(run.out)["filters"];
  };
  const nlohmann::json plain{
      {"command", "report period"}, {"period", "2024-Q2"}, {"by_origin", false}};
  CHECK(filters("report period 2024-Q2") == plain);
  CHECK(filters("report period 2024-Q2 --as-of 2 --color never --no-pager -b book.accrue") == plain);
  nlohmann::json by_origin = plain;
  by_origin["by_origin"] = true;
  CHECK(filters("report period 2024-Q2 --by-origin") == by_origin);
  CHECK(filters("drawdown list --grant T1 --origin 2024-04") ==
        nlohmann::json{{"command", "drawdown list"}, {"grant", "T1"}, {"origin", "2024-04"}});
  // What writes gives no report of the book.
  CHECK(filters("estimate T1 breakage 4% --reason x").is_null());
}

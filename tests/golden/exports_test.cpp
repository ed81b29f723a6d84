// hledger, ledger and beancount load what is exported of every story and of the demo, and come to
// the balances that the program reports.

#include <filesystem>
#include <string>

#include <doctest/doctest.h>

#include "tests/golden/reports.h"
#include "tests/outside/tools.h"

using namespace accrue_test;

namespace {

namespace fs = std::filesystem;

std::size_t compare_books_in(const fs::path& folder) {
  std::size_t compared = 0;
  for (const fs::directory_entry& file : fs::directory_iterator{folder}) {
    if (file.path().extension() != ".accrue") continue;
    CAPTURE(file.path().filename().string());
    compared += compare_with_tools(folder, file.path().string());
  }
  return compared;
}

bool has_any_tool() {
  bool any = false;
  for (const Tool tool : all_tools) any = is_installed(tool) || any;
  return any;
}

}  // namespace

TEST_CASE("exports: three other programs agree with the books of every story") {
  if (!has_any_tool()) return;
  for (const fs::directory_entry& example :
       fs::directory_iterator{fs::path{ACCRUE_SOURCE_DIR} / "examples"}) {
    if (!fs::exists(example.path() / "story.sh")) continue;
    CAPTURE(example.path().filename().string());
    const Scratch scratch;
    tell_story(scratch, example.path().filename().string());
    CHECK(compare_books_in(scratch.folder()) > 0);
  }
}

TEST_CASE("exports: three other programs agree with the book of the demo") {
  if (!has_any_tool()) return;
  const Scratch scratch;
  must_run(scratch, "demo sample");
  CHECK(compare_books_in(scratch.folder() / "sample") > 0);
}

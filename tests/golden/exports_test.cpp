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

/// The number of books. Of one without entries the journals have none, and there is nothing to compare.
std::size_t compare_books_in(const Scratch& scratch, const fs::path& folder) {
  std::size_t books = 0;
  for (const fs::directory_entry& file : fs::directory_iterator{folder}) {
    if (file.path().extension() != ".accrue") continue;
    CAPTURE(file.path().filename().string());
    const bool has_entries =
        !report(scratch, "-b '" + file.path().string() + "' entry list").at("rows").empty();
    CHECK((compare_with_tools(folder, file.path().string()) > 0) == has_entries);
    ++books;
  }
  return books;
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
    CHECK(compare_books_in(scratch, scratch.folder()) > 0);
  }
}

TEST_CASE("exports: three other programs agree with the book of the demo") {
  if (!has_any_tool()) return;
  const Scratch scratch;
  must_run(scratch, "demo sample");
  CHECK(compare_books_in(scratch, scratch.folder() / "sample") > 0);
}

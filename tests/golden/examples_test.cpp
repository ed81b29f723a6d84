// Every story of examples/ tells what its expected.txt holds, to the last byte.

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include <doctest/doctest.h>

#include "tests/golden/reports.h"

using accrue_test::Scratch;
using accrue_test::tell_story;

namespace {

namespace fs = std::filesystem;

const fs::path examples = fs::path{ACCRUE_SOURCE_DIR} / "examples";

/// The first line in which two texts differ, of both.
std::string first_difference(const std::string& told, const std::string& expected) {
  const auto [at, other] =
      std::mismatch(told.begin(), told.end(), expected.begin(), expected.end());
  const auto line_at = [](const std::string& text, std::size_t place) {
    const std::size_t from = place == 0 ? 0 : text.rfind('\n', place - 1) + 1;
    return text.substr(from, text.find('\n', place) - from);
  };
  return "told:     " + line_at(told, static_cast<std::size_t>(at - told.begin())) +
         "\nexpected: " + line_at(expected, static_cast<std::size_t>(other - expected.begin()));
}

}  // namespace

TEST_CASE("examples: every story tells what is expected of it") {
  for (const fs::directory_entry& example : fs::directory_iterator{examples}) {
    if (!fs::exists(example.path() / "story.sh")) continue;
    const std::string name = example.path().filename().string();
    CAPTURE(name);
    const Scratch scratch;
    const std::string told = tell_story(scratch, name);
    const fs::path path = example.path() / "expected.txt";
    if (std::getenv("ACCRUE_WRITE_GOLDEN") != nullptr) {
      std::ofstream{path, std::ios::binary} << told;
    }
    std::ifstream file{path, std::ios::binary};
    const std::string expected{std::istreambuf_iterator<char>{file}, {}};
    CHECK_FALSE(told.empty());
    // In brackets: doctest would print both texts whole.
    CHECK_MESSAGE((told == expected), first_difference(told, expected));
  }
}

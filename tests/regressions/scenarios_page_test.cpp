// The page for modelers and the reader of scenarios say the same.

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <variant>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "accounting/scenario/file/scenario_keys.h"
#include "tests/scenario/scenario_text.h"

using namespace accrue;

namespace {

std::string page() {
  std::ifstream in{std::string{ACCRUE_SOURCE_DIR} + "/docs/scenarios.md"};
  return {std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
}

/// What stands under a heading, up to the next.
std::string section(const std::string& text, const std::string& heading) {
  const std::string line = fmt::format("\n## `{}`\n", heading);
  const std::size_t begin = text.find(line);
  REQUIRE_MESSAGE(begin != std::string::npos, "no heading for ", heading);
  return text.substr(begin, text.find("\n## ", begin + 1) - begin);
}

/// The parts of a section that are tables.
std::string rows(const std::string& section) {
  std::string rows;
  for (std::size_t at = 0; at < section.size();) {
    const std::size_t end = std::min(section.find('\n', at), section.size());
    if (section[at] == '|') rows += section.substr(at, end - at + 1);
    at = end + 1;
  }
  return rows;
}

/// The blocks of TOML that begin with the schema.
std::vector<std::string> scenarios(const std::string& text) {
  const std::string fence = "```toml\n";
  std::vector<std::string> blocks;
  for (std::size_t at = text.find(fence); at != std::string::npos; at = text.find(fence, at)) {
    at += fence.size();
    const std::string block = text.substr(at, text.find("```", at) - at);
    if (block.starts_with("schema = \"accrue.scenario/1\"")) blocks.push_back(block);
  }
  return blocks;
}

}  // namespace

TEST_CASE("docs: every key and closed word of scenarios stands in the table of its part") {
  const std::string text = page();
  for (const scenario_keys::Listed& listed : scenario_keys::listed) {
    const std::string known = rows(section(text, std::string{listed.heading}));
    for (const std::string_view key : listed.keys) {
      const bool stands = known.find(fmt::format("`{}`", key)) != std::string::npos;
      CHECK_MESSAGE(stands, "docs/scenarios.md, ", std::string{listed.heading}, ": no ",
                    std::string{key});
    }
  }
  for (const std::string_view key : scenario_keys::document) {
    const bool stands = text.find(fmt::format("[{}]", key)) != std::string::npos;
    CHECK_MESSAGE((stands || key == "schema"), "docs/scenarios.md: no table ", std::string{key});
  }
}

TEST_CASE("docs: every scenario of the page is read") {
  const std::vector<std::string> blocks = scenarios(page());
  CHECK(blocks.size() >= 5);
  const accrue_test::NamedTexts files{{"nova.toml", accrue_test::small_terms()}};
  for (const std::string& block : blocks) {
    CAPTURE(block);
    CHECK(accrue_test::refused(block, files) == "accepted");
  }
}

TEST_CASE("docs: the plan of the page is read, and its drawdown takes both months") {
  const std::string text = page();
  const std::size_t begin = text.find("    month,investee,amount");
  REQUIRE(begin != std::string::npos);
  std::string csv;
  for (std::size_t at = begin; text.compare(at, 4, "    ") == 0;) {
    const std::size_t end = text.find('\n', at);
    csv += text.substr(at + 4, end - at - 3);
    at = end + 1;
  }
  const auto scenario = accrue_test::read_text(
      accrue_test::with_head("[[drawdown]]\ninvestee = \"Moonshot AI\"\n"
                             "curve = { shape = \"plan\", file = \"plan.csv\" }\n"
                             "after_exhaustion = \"stop\"\n"),
      {{"plan.csv", csv}});
  REQUIRE(scenario.ok());
  CHECK(std::get<PlanCurve>(scenario->drawdowns[0].curve).rows.size() == 2);
}

TEST_CASE("docs: the guide for modelers quotes what the example prints") {
  const auto lines_of = [](const std::string& path) {
    std::ifstream in{std::string{ACCRUE_SOURCE_DIR} + path};
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
  };
  const std::vector<std::string> printed = lines_of("/examples/what-if/expected.txt");
  int quoted = 0;
  bool is_answer = false;
  for (const std::string& line : lines_of("/docs/guide-modelers.md")) {
    const bool is_code = line.starts_with("    ");
    if (!is_code) is_answer = false;
    if (is_code && line.substr(4).starts_with("$ ")) is_answer = true;
    if (!is_answer) continue;
    ++quoted;
    // Lines are quoted from their beginning on.
    const bool is_printed =
        std::any_of(printed.begin(), printed.end(), [&](const std::string& of_example) {
          return of_example.starts_with(line.substr(4));
        });
    CHECK_MESSAGE(is_printed, line);
  }
  CHECK(quoted == 9);
}

#include "tests/scenario/scenario_text.h"

#include <doctest/doctest.h>

#include "ledger/intake/excerpt.h"

using namespace accrue;

namespace accrue_test {

namespace {

constexpr std::string_view scenario_file = "what-if.toml";

std::string underlined(const Place& place) {
  const std::size_t column = place.column - place.excerpt_column + 1;
  const std::size_t begin = byte_of_column(place.excerpt, column);
  const std::size_t end = byte_of_column(place.excerpt, column + place.length);
  return place.excerpt.substr(begin, end - begin);
}

}  // namespace

Result<Scenario> read_text(std::string_view text, const NamedTexts& files) {
  return parse_scenario(text, scenario_file, [&](const std::string& path) -> Result<std::string> {
    const auto found = files.find(path);
    if (found != files.end()) return found->second;
    return Error{.code = ErrorCode::file_unreadable, .message = "cannot read " + path};
  });
}

std::string refused(std::string_view text, const NamedTexts& files) {
  const auto scenario = read_text(text, files);
  if (scenario.ok()) return "accepted";
  std::string all;
  for (const Error& error : scenario.refusal().errors) {
    CAPTURE(error.message);
    CHECK(!error.message.empty());
    CHECK(!error.hint.empty());
    const Place& place = error.place;
    if (!all.empty()) all += "; ";
    all += std::string{name_of(error.code)} + " " +
           (place.file == scenario_file ? "" : place.file + ":") + std::to_string(place.line) +
           ":" + std::to_string(place.column) + " |" + underlined(place) + "|";
  }
  return all;
}

std::string hint_of(std::string_view text, const NamedTexts& files) {
  const auto scenario = read_text(text, files);
  return scenario.ok() ? "accepted" : scenario.error().hint;
}

std::string with_head(const std::string& rest) {
  return "schema = \"accrue.scenario/1\"\n[scenario]\nname = \"x\"\nmonths = 12\n" + rest;
}

std::string small_terms() {
  return R"(schema = "accrue.terms/1"
[investment]
id = "nova"
investee = "Nova"
signed = 2026-01-15
[matching]
billing_accounts = ["ba-9"]
from = 2026-01-31
[[tranche]]
id = "N1"
face = "100 USD"
issued = 2026-01-31
begins = 2026-02-01
expires = 2027-01-31
)";
}

}  // namespace accrue_test

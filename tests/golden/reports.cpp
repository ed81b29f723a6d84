#include "tests/golden/reports.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <regex>
#include <stdexcept>

#include <doctest/doctest.h>
#include <sys/wait.h>

#include "ledger/number/currency.h"
#include "ledger/number/decimal.h"

namespace accrue_test {

namespace fs = std::filesystem;
using accrue::Decimal;
using Json = nlohmann::json;

namespace {

Decimal decimal(const std::string& text) { return Decimal::parse(text).value(); }

bool has_all(const Json& row, const Fields& where) {
  return std::all_of(where.begin(), where.end(),
                     [&](const auto& field) { return row.at(field.first) == field.second; });
}

/// The published examples by id; nothing where the file is not there.
std::optional<std::map<std::string, Json>> read_published() {
  const char* const shared = std::getenv("ACCRUE_SHARED");
  const fs::path folder =
      shared != nullptr ? fs::path{shared} : fs::path{ACCRUE_SOURCE_DIR}.parent_path() / "shared";
  std::ifstream file{folder / "golden" / "golden.json"};
  if (!file) {
    MESSAGE("no ", (folder / "golden" / "golden.json").string(), ": not compared with it");
    return std::nullopt;
  }
  std::map<std::string, Json> by_id;
  const Json whole = Json::parse(file);
  for (const Json& example : whole.at("examples")) by_id[example.at("id")] = example;
  return by_id;
}

/// A published figure: the text of an amount, or a count of cents.
Decimal figure(const Json& value, bool is_in_cents) {
  if (is_in_cents) return Decimal::from_scaled(value.get<std::int64_t>(), 2);
  return decimal(value.get<std::string>());
}

}  // namespace

Run must_run(const Scratch& scratch, const std::string& arguments) {
  Run run = scratch.run(arguments);
  REQUIRE_MESSAGE(run.status == 0, arguments, "\n", run.err);
  return run;
}

Json report(const Scratch& scratch, const std::string& arguments) {
  const Json json = Json::parse(must_run(scratch, arguments + " -f json").out);
  for (const Json& check : json.at("checks")) {
    CHECK_MESSAGE(decimal(check.at("difference").get<std::string>()).is_zero(), check.dump());
  }
  return json;
}

std::string total(const Json& report, const std::string& column, const Fields& where) {
  Decimal sum;
  for (const Json& row : report.at("rows")) {
    if (has_all(row, where)) sum += decimal(row.at(column).get<std::string>());
  }
  const auto currency = accrue::Currency::from_code(report.at("currency").get<std::string>());
  return sum.to_string(currency.value().minor_digits());
}

void compare_with_published(const std::string& id, const std::string& field,
                            const std::vector<std::string>& figures) {
  static const auto published = read_published();
  if (!published) return;
  CAPTURE(id);
  CAPTURE(field);
  const Json& value = published->at(id).at(Json::json_pointer{field});
  const bool is_in_cents = field.find("cents") != std::string::npos;
  if (!value.is_array()) {
    CHECK(figure(value, is_in_cents) == decimal(figures.back()));
    return;
  }
  REQUIRE(value.size() == figures.size());
  for (std::size_t i = 0; i < figures.size(); ++i) {
    CAPTURE(i);
    CHECK(figure(value[i], is_in_cents) == decimal(figures[i]));
  }
}

std::string tell_story(const Scratch& scratch, const std::string& name) {
  const std::string folder = scratch.folder().string();
  const std::string command = "env -i PATH=\"$PATH\" ACCRUE='" ACCRUE_PROGRAM "' bash '" +
                              std::string{ACCRUE_SOURCE_DIR} + "/examples/" + name +
                              "/story.sh' '" + folder + "' 2>&1 </dev/null";
  FILE* const pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error{"the story cannot be run"};
  std::string told;
  std::array<char, 4096> buffer;
  for (std::size_t count; (count = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
    told.append(buffer.data(), count);
  }
  const int status = ::pclose(pipe);
  CHECK_MESSAGE((WIFEXITED(status) && WEXITSTATUS(status) == 0), told);
  for (std::size_t at; (at = told.find(folder)) != std::string::npos;) {
    told.replace(at, folder.size(), "DIR");
  }
  // The first record holds the version of the time-zone data, which is the machine's; the name of
  // the book and every root follow from it.
  told = std::regex_replace(told, std::regex{"root([ =])[0-9a-f]{12,64}"}, "root$1ROOT");
  return std::regex_replace(told, std::regex{"\\b[0-9a-f]{32}\\b"}, "BOOK");
}

}  // namespace accrue_test

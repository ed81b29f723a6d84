#include "tests/cli/program.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <regex>
#include <stdexcept>

#include <sys/wait.h>
#include <unistd.h>

namespace accrue_test {

namespace fs = std::filesystem;

namespace {

std::string read_whole(const fs::path& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
}

}  // namespace

Scratch::Scratch() {
  std::string pattern = (fs::temp_directory_path() / "accrue-cli-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error{"no scratch folder"};
  folder_ = pattern;
}

Scratch::~Scratch() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void Scratch::write(const std::string& name, const std::string& text) const {
  fs::create_directories((folder_ / name).parent_path());
  std::ofstream{folder_ / name, std::ios::binary} << text;
}

std::string Scratch::read(const std::string& name) const { return read_whole(folder_ / name); }

bool Scratch::has(const std::string& name) const { return fs::exists(folder_ / name); }

Run Scratch::run(const std::string& arguments, const std::string& settings) const {
  const fs::path errors = folder_ / ".stderr";
  const std::string command =
      "cd '" + folder_.string() + "' && env -i PATH=\"$PATH\" ACCRUE_AUTHOR=ana "
      "ACCRUE_NOW=2024-07-01T08:00:00Z " + settings + " '" ACCRUE_PROGRAM "' " + arguments +
      " 2>'" + errors.string() + "' </dev/null";
  Run run;
  FILE* const pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error{"the program cannot be run"};
  std::array<char, 4096> buffer;
  for (std::size_t count; (count = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
    run.out.append(buffer.data(), count);
  }
  const int status = ::pclose(pipe);
  run.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  run.err = read_whole(errors);
  fs::remove(errors);
  return run;
}

namespace {

/// The version of the time-zone data is part of a book, and so of every root: a golden file must
/// not depend on it. Each letter becomes an x.
std::string masked(const std::string& text) {
  static const std::regex of_this_machine{"(root +)([0-9a-f]{12,64})|(data )([0-9]{4}[a-z]+)"};
  std::string result;
  auto from = text.cbegin();
  for (std::sregex_iterator found{text.begin(), text.end(), of_this_machine}, end; found != end;
       ++found) {
    const std::smatch& match = *found;
    result.append(from, match[0].first);
    result += match[1].str() + match[3].str();
    result.append(static_cast<std::size_t>(match[2].length() + match[4].length()), 'x');
    from = match[0].second;
  }
  return result.append(from, text.cend());
}

}  // namespace

std::string Scratch::transcript(const std::string& arguments) const {
  const Run run = this->run(arguments);
  std::string text = "$ accrue " + arguments + "\n" + run.out + run.err;
  if (run.status != 0) text += "exit " + std::to_string(run.status) + "\n";
  return masked(text) + "\n";
}

const std::string deal_terms = R"(schema = "accrue.terms/1"

[investment]
id       = "lunar"
investee = "Lunar"
signed   = 2024-04-01
stake    = "10%"
cash     = "1_000 USD"
fair_value_of_stake = "1_900 USD"

[matching]
billing_accounts = ["ba-1"]

[[tranche]]
id       = "T1"
face     = "1_000 USD"
issued   = 2024-04-01
expires  = 2025-04-01
breakage = { method = "proportional", expected = "10%" }
)";

void make_book(const Scratch& scratch) {
  scratch.write("lunar.toml", deal_terms);
  const Run init = scratch.run("init --name Test --now 2024-04-01T00:00:00Z");
  const Run add = scratch.run("investment add lunar.toml --now 2024-04-01T00:00:00Z");
  if (init.status != 0 || add.status != 0) {
    throw std::runtime_error{"no book: " + init.err + add.err};
  }
}

std::string focus_file(const std::string& rows) {
  return "BillingAccountId,ChargeCategory,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,"
         "ChargePeriodEnd,BilledCost,EffectiveCost,BillingCurrency,ServiceName\n" +
         rows;
}

std::string usage_row(const std::string& account, const std::string& start,
                      const std::string& cost) {
  const std::string month = start.substr(0, 7);
  const std::string hour = start.substr(0, 13);
  return account + ",Usage," + month + "-01T00:00:00Z," + month + "-28T00:00:00Z," + hour +
         ":00:00Z," + hour + ":30:00Z," + cost + "," + cost + ",USD,GPU\n";
}

bool equals_golden(const std::string& name, const std::string& text) {
  const fs::path path = fs::path{ACCRUE_SOURCE_DIR} / "tests/golden/cli" / name;
  if (std::getenv("ACCRUE_WRITE_GOLDEN") != nullptr) {
    fs::create_directories(path.parent_path());
    std::ofstream{path, std::ios::binary} << text;
  }
  if (read_whole(path) == text) return true;
  std::cerr << "--- " << path << " differs from:\n" << text << "---\n";
  return false;
}

}  // namespace accrue_test

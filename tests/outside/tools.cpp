#include "tests/outside/tools.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <stdexcept>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <sys/wait.h>

#include "ledger/time/period.h"

namespace accrue_test {

namespace fs = std::filesystem;
using accrue::Decimal;
using accrue::Period;
using Json = nlohmann::json;

namespace {

struct Output {
  int status = -1;
  std::string text;
};

/// Both streams of a shell command.
Output shell(const std::string& command) {
  FILE* const pipe = ::popen(("exec 2>&1; export LC_ALL=C.UTF-8; " + command).c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error{"no shell"};
  Output output;
  std::array<char, 4096> buffer;
  for (std::size_t count; (count = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
    output.text.append(buffer.data(), count);
  }
  const int status = ::pclose(pipe);
  output.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
  return output;
}

std::string quoted(const std::string& word) { return "'" + word + "'"; }

std::string must_shell(const std::string& command) {
  const Output output = shell(command);
  REQUIRE_MESSAGE(output.status == 0, command, "\n", output.text);
  return output.text;
}

std::string day_after(const std::string& month) {
  return Period::parse(month).value().next().first_day().to_string();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in{text};
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    if (line.ends_with('\r')) line.pop_back();
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(' ');
  return begin == std::string::npos ? ""
                                    : text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

/// "12.30 USD", or "0", and what stands behind.
Decimal amount(const std::string& text) {
  const std::string number = text.substr(0, text.find_first_of(" \""));
  const accrue::Result<Decimal> read = Decimal::parse(number);
  REQUIRE_MESSAGE(read.ok(), "no amount: ", text);
  return *read;
}

/// Takes back the escapes that the export added to a name; %25, %3A and %2D are part of it.
std::string unescaped(const std::string& name) {
  std::string text;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const std::string code = name.substr(i, 3);
    if (name[i] != '%' || code == "%25" || code == "%3A" || code == "%2D") {
      text += name[i];
      continue;
    }
    text += static_cast<char>(std::stoi(code.substr(1), nullptr, 16));
    i += 2;
  }
  return text;
}

/// The text of a beancount string.
std::string unquoted(const std::string& text) {
  std::string result;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] != '\\') {
      result += text[i];
      continue;
    }
    const char c = text[++i];
    result += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
  }
  return result;
}

/// The name of each account, by the name that the export gave it: from the metadata in the file.
std::map<std::string, std::string> names_in(Tool tool, const fs::path& file) {
  std::ifstream in{file};
  std::map<std::string, std::string> names;
  std::string account;
  std::string name;
  const auto value_of = [](const std::string& line, const std::string& key) {
    return line.substr(line.find(key) + key.size());
  };
  for (std::string line; std::getline(in, line);) {
    if (tool == Tool::beancount) {
      if (line.size() > 16 && line.substr(10, 6) == " open ") {
        account = line.substr(16, line.find(' ', 16) - 16);
      }
      if (line.starts_with("  name: ")) names[account] = unquoted(line.substr(8));
      continue;
    }
    // In hledger's file the name stands behind its account, in ledger's before it.
    const bool is_name = line.find("; name: ") != std::string::npos;
    const bool is_more = line.find("; name-more: ") != std::string::npos;
    if (is_name) name = value_of(line, "; name: ");
    if (is_more) name += value_of(line, "; name-more: ");
    if (line.starts_with("account ")) account = line.substr(8);
    const bool is_due = tool == Tool::hledger ? is_name || is_more : line.starts_with("account ");
    if (is_due) names[account] = unescaped(name);
  }
  return names;
}

std::map<std::string, Decimal> sums_of(Tool tool, const fs::path& file, const std::string& before) {
  std::map<std::string, Decimal> sums;
  const std::string path = quoted(file.string());
  switch (tool) {
    case Tool::hledger: {
      const std::string csv =
          must_shell("hledger -f " + path + " bal --flat -N -O csv -e " + before);
      for (const std::string& line : lines_of(csv)) {
        // "account","12.30 USD": a name holds neither quote nor comma.
        const std::size_t middle = line.find("\",\"");
        const std::string account = line.substr(1, middle - 1);
        if (account != "account") sums[account] = amount(line.substr(middle + 3));
      }
      break;
    }
    case Tool::ledger: {
      const std::string text =
          must_shell("ledger --init-file /dev/null -f " + path + " bal --flat --no-total -e " +
                     before + " --balance-format '%(account)\\t%(display_total)\\n'");
      for (const std::string& line : lines_of(text)) {
        const std::size_t tab = line.find('\t');
        sums[line.substr(0, tab)] = amount(trimmed(line.substr(tab + 1)));
      }
      break;
    }
    case Tool::beancount: {
      const std::string csv = must_shell(
          "bean-query -f csv " + path + " 'select account, sum(number) from date < " + before +
          " group by account'");
      for (const std::string& line : lines_of(csv)) {
        const std::size_t comma = line.find(',');
        const std::string account = trimmed(line.substr(0, comma));
        if (account == "account" || account == "(empty)") continue;
        sums[account] = amount(trimmed(line.substr(comma + 1)));
      }
      break;
    }
  }
  return sums;
}

std::string in_book(const std::string& book, const std::string& arguments) {
  return must_shell("env -i PATH=\"$PATH\" '" ACCRUE_PROGRAM "' -q -b " + quoted(book) + " " +
                    arguments);
}

std::map<std::string, Decimal> trial_balance(const std::string& book, const std::string& month) {
  const Json json = Json::parse(in_book(book, "report trial-balance " + month + " -f json"));
  std::map<std::string, Decimal> balances;
  for (const Json& row : json.at("rows")) {
    balances[row.at("account")] = amount(row.at("balance").get<std::string>());
  }
  return balances;
}

/// The months with an entry, and the one before them.
std::set<std::string> months_of(const std::string& book) {
  std::set<std::string> months;
  const Json json = Json::parse(in_book(book, "entry list -f json"));
  for (const Json& row : json.at("rows")) months.insert(row.at("posting_period"));
  if (!months.empty()) {
    months.insert(Period::parse(*months.begin()).value().previous().to_string());
  }
  return months;
}

std::string difference(const std::map<std::string, Decimal>& theirs,
                       const std::map<std::string, Decimal>& ours) {
  std::string text;
  for (const auto& [name, sum] : theirs) {
    const auto found = ours.find(name);
    if (found == ours.end() || found->second != sum) {
      text += "\n" + name + ": " + sum.to_string() + ", and not " +
              (found == ours.end() ? "0" : found->second.to_string());
    }
  }
  for (const auto& [name, sum] : ours) {
    if (!theirs.contains(name)) text += "\n" + name + ": none, and not " + sum.to_string();
  }
  return text;
}

}  // namespace

std::string to_string(Tool tool) {
  switch (tool) {
    case Tool::hledger: return "hledger";
    case Tool::ledger: return "ledger";
    case Tool::beancount: return "beancount";
  }
  return {};
}

bool is_installed(Tool tool) {
  const std::string program = tool == Tool::beancount ? "bean-check" : to_string(tool);
  if (shell("command -v " + program).status == 0) return true;
  MESSAGE("no ", program, ": not compared with it");
  return false;
}

std::string complaint(Tool tool, const fs::path& file) {
  const std::string path = quoted(file.string());
  Output output;
  switch (tool) {
    case Tool::hledger:
      output = shell("hledger -f " + path +
                     " check -s accounts assertions commodities ordereddates");
      break;
    case Tool::ledger:
      output = shell("ledger --init-file /dev/null -f " + path +
                     " --strict --pedantic --explicit bal >/dev/null");
      break;
    case Tool::beancount:
      output = shell("bean-check --no-cache " + path);
      break;
  }
  if (output.status == 0 && output.text.empty()) return {};
  return to_string(tool) + " ends with " + std::to_string(output.status) + ": " + output.text;
}

std::map<std::string, Decimal> balances_at(Tool tool, const fs::path& file,
                                           const std::string& month) {
  const std::map<std::string, std::string> names = names_in(tool, file);
  std::map<std::string, Decimal> balances;
  for (const auto& [account, sum] : sums_of(tool, file, day_after(month))) {
    if (sum.is_zero()) continue;
    const auto name = names.find(account);
    REQUIRE(name != names.end());
    // Two accounts of one name would hide one of them.
    CHECK(balances.emplace(name->second, sum).second);
  }
  return balances;
}

std::size_t compare_with_tools(const fs::path& folder, const std::string& book) {
  std::size_t compared = 0;
  const std::set<std::string> months = months_of(book);
  std::map<std::string, std::map<std::string, Decimal>> ours;
  for (const std::string& month : months) ours[month] = trial_balance(book, month);
  for (const Tool tool : all_tools) {
    if (!is_installed(tool)) continue;
    CAPTURE(to_string(tool));
    const fs::path file = folder / ("export." + to_string(tool));
    in_book(book, "export " + to_string(tool) + " -o " + quoted(file.string()));
    CHECK(complaint(tool, file) == "");
    if (months.empty()) CHECK(balances_at(tool, file, "2199-12").empty());
    for (const std::string& month : months) {
      CAPTURE(month);
      const auto theirs = balances_at(tool, file, month);
      CHECK(difference(theirs, ours.at(month)) == "");
      compared += theirs.size();
    }
  }
  return compared;
}

}  // namespace accrue_test

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <string>

#include <doctest/doctest.h>

// The program is no library: what is tested is compiled here.
#include "cli/export/account_names.cpp"

using namespace accrue;

namespace {

Account revenue(const std::string& service, const std::string& region = {},
                const std::string& grant = "T1") {
  return {.role = AccountRole::revenue,
          .kind = RevenueKind::usage,
          .investee = "Lunar",
          .investment = "moonshot",
          .grant = grant,
          .service = service,
          .region = region};
}

/// Texts that mean something to one of the programs, and pairs that a careless escape makes equal.
std::vector<std::string> nasty_texts() {
  std::vector<std::string> texts{
      "",        "-",       "X-",      "X",      "GPU",         "gpu",       "X-gpu",   "x",
      "=SUM(A1)", "a:b",    "a%3Ab",   "a%253Ab", "x  y",       "x y",       "x%20y",   " x",
      "x ",      "x -20y",  ";c",      "a ;c",   "\"q\"",       "(v)",       "[v]",     "<v>",
      "{v}",     "a,b",     "a|b",     "a\tb",   "a\nb",        "a\\nb",     "a\rb",    "*",
      "!",       "a@b",     "a@@b",    "a#b",    "~",           "a~b",       "%",       "%2D",
      "%3A",     "'",       "''",      "\\",     "/",           "😀",        "算力",    "cr\u00A0n",
      "crn",     "\u202Ea", "a",       "\u200Fa", "\uFEFFa",    "é",         "e\u0301", "2-20",
      "2 ",      "2-2D",    "0",       "Z",      std::string(1, '\x01'),     "\x7F",    "[2024-01-01]",
      "usage",   "date:2024-01-01",    "; x: y", "$", "1 USD",  "account",   "~ monthly", "= x"};
  for (const std::size_t length : {199u, 200u, 201u, 5000u}) {
    texts.push_back(std::string(length, 'a'));
    texts.push_back(std::string(length, 'a') + "b");
    texts.push_back(std::string(length, ';'));
    std::string wide;
    for (std::size_t i = 0; i < length; ++i) wide += "算";
    texts.push_back(wide);
  }
  return texts;
}

bool has_one_name_each(std::string (*name_of)(const Account&)) {
  std::map<std::string, Account> taken;
  std::vector<Account> accounts;
  for (const std::string& text : nasty_texts()) {
    accounts.push_back(revenue(text));
    accounts.push_back(revenue("GPU", text));
    accounts.push_back(revenue("GPU", "", text));
    accounts.push_back({.role = AccountRole::unbilled_receivable, .investee = text});
    accounts.push_back({.role = AccountRole::cash, .investee = text, .investment = "m"});
    accounts.push_back({.role = AccountRole::investment, .investee = text, .investment = "m"});
  }
  bool all = true;
  for (const Account& account : accounts) {
    const auto [at, is_new] = taken.emplace(name_of(account), account);
    // T1 and an empty region stand in the lists more than once.
    const bool is_other = at->second.name() != account.name();
    if (!is_new && is_other) {
      MESSAGE(account.name(), " and ", at->second.name(), " are both ", at->first);
      all = false;
    }
  }
  return all;
}

}  // namespace

TEST_CASE("account names: two accounts never get one name in another program") {
  CHECK(has_one_name_each(&plain_account_name));
  CHECK(has_one_name_each(&whole_account_name));
  CHECK(has_one_name_each(&beancount_account_name));
}

TEST_CASE("account names: as people wrote them where a program can read that") {
  struct Row {
    const char *why, *service, *plain, *beancount;
  };
  const Row rows[] = {
      {"plain", "GPU", "GPU", "GPU"},
      {"one space", "GPU Compute", "GPU Compute", "GPU-20Compute"},
      {"small letters", "gpu", "gpu", "X-gpu"},
      {"nothing", "", "-", "X-"},
      {"a lone hyphen", "-", "%2D", "X--2D"},
      {"colon", "a:b", "a%3Ab", "X-a-3Ab"},
      {"percent", "50%", "50%25", "50-25"},
      {"two spaces", "X  Y", "X %20Y", "X-20-20Y"},
      {"spaces around", " X ", "%20X%20", "X--20X-20"},
      {"a formula", "=SUM(A1)", "%3DSUM%28A1%29", "X--3DSUM-28A1-29"},
      {"a comment", ";c", "%3Bc", "X--3Bc"},
      {"Chinese", "算力", "算力", "X--E7-AE-97-E5-8A-9B"},
      {"right-to-left override", "\u202EX", "%E2%80%AEX", "X--E2-80-AEX"},
      {"no-break space", "X\u00A0Y", "X%C2%A0Y", "X-C2-A0Y"},
      {"bytes that are no text", "X\xFF", "X%FF", "X-FF"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const Account account = revenue(row.service);
    CHECK(plain_account_name(account) ==
          "Revenue:Lunar:T1:usage:" + std::string{row.plain} + ":-");
    CHECK(beancount_account_name(account) ==
          "Income:Revenue:Lunar:T1:Usage:" + std::string{row.beancount} + ":X-");
  }
}

TEST_CASE("account names: a long part is cut and told by its hash") {
  const std::string name = plain_account_name(revenue(std::string(5000, 'a')));
  CHECK(name == "Revenue:Lunar:T1:usage:" + std::string(100, 'a') + "~" +
                    to_hex(sha256(std::string(5000, 'a'))) + ":-");
  CHECK(whole_account_name(revenue(std::string(5000, 'a'))).size() > 5000);
  // 200 bytes stand, 201 do not.
  CHECK(plain_account_name(revenue(std::string(200, 'a'))).find('~') == std::string::npos);
  CHECK(plain_account_name(revenue(std::string(201, 'a'))).find('~') != std::string::npos);
}

TEST_CASE("account names: beancount's parts keep its alphabet") {
  const std::regex grammar{"(Assets|Liabilities|Income)(:[A-Z0-9][A-Za-z0-9-]*)+"};
  for (const std::string& text : nasty_texts()) {
    const std::string name = beancount_account_name(revenue(text, text, text));
    CHECK_MESSAGE(std::regex_match(name, grammar), name);
  }
}

TEST_CASE("one line: a text of several lines, or with signs that end a tag, is one value") {
  struct Row {
    const char *text, *line;
  };
  const Row rows[] = {
      {"late file of region north", "late file of region north"},
      {"a, b", "a%2C b"},
      {"100% sure", "100%25 sure"},
      {"two\nlines", "two%0Alines"},
      {"[2024-01-01]", "%5B2024-01-01%5D"},
      {"x; y", "x%3B y"},
      {"", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(one_line(row.text) == row.line);
  }
}

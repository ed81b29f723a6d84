// What a program can check of the rules of this house: the direction of includes, who may use which
// library, and words that must not be there. Reads the sources, not the build.

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

namespace {

namespace fs = std::filesystem;

/// A source with what is code and what is comment held apart, each with the line breaks of the
/// file, so that a line has the same number in all three. Text in quotes is in neither.
struct Source {
  std::string path;  ///< from the root of the repository
  std::string text;
  std::string code;
  std::string comments;
};

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// The end of the quoted text that begins at `begin`: one past its closing quote.
std::size_t end_of_quote(std::string_view text, std::size_t begin) {
  const bool raw = text[begin] == '"' && begin > 0 && text[begin - 1] == 'R';
  if (raw) {
    const std::size_t open = text.find('(', begin);
    std::string closing{")"};
    closing += text.substr(begin + 1, open - begin - 1);
    closing += '"';
    const std::size_t at = text.find(closing, open);
    return at == std::string_view::npos ? text.size() : at + closing.size();
  }
  std::size_t at = begin + 1;
  while (at < text.size() && text[at] != text[begin] && text[at] != '\n') {
    at += text[at] == '\\' ? 2u : 1u;
  }
  return std::min(at + 1, text.size());
}

Source read_source(std::string path, std::string text) {
  std::string code(text.size(), ' ');
  std::string comments(text.size(), ' ');
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') code[i] = comments[i] = '\n';
  }
  std::size_t at = 0;
  while (at < text.size()) {
    const std::string_view rest = std::string_view{text}.substr(at);
    // 1'000'000 and u8'a' differ in what stands before the mark.
    const bool digit_separator = text[at] == '\'' && at > 0 && is_word(text[at - 1]);
    std::size_t end = at + 1;
    if (rest.starts_with("//") || rest.starts_with("/*")) {
      const bool line = rest[1] == '/';
      end = line ? text.find('\n', at) : text.find("*/", at + 2);
      end = end == std::string::npos ? text.size() : end + (line ? 0 : 2);
      std::copy(text.begin() + static_cast<std::ptrdiff_t>(at),
                text.begin() + static_cast<std::ptrdiff_t>(end),
                comments.begin() + static_cast<std::ptrdiff_t>(at));
    } else if ((text[at] == '"' || text[at] == '\'') && !digit_separator) {
      end = end_of_quote(text, at);
    } else {
      code[at] = text[at];
    }
    at = end;
  }
  return {std::move(path), std::move(text), std::move(code), std::move(comments)};
}

std::vector<Source> sources_below(const std::vector<std::string>& folders) {
  const fs::path root{ACCRUE_SOURCE_DIR};
  std::vector<Source> sources;
  for (const std::string& folder : folders) {
    if (!fs::exists(root / folder)) continue;
    for (const fs::directory_entry& file : fs::recursive_directory_iterator{root / folder}) {
      const std::string ending = file.path().extension().string();
      if (ending != ".h" && ending != ".cpp") continue;
      std::ifstream in{file.path(), std::ios::binary};
      std::string text{std::istreambuf_iterator<char>{in}, std::istreambuf_iterator<char>{}};
      sources.push_back(read_source(fs::relative(file.path(), root).generic_string(), text));
    }
  }
  std::sort(sources.begin(), sources.end(),
            [](const Source& a, const Source& b) { return a.path < b.path; });
  return sources;
}

const std::vector<Source>& product() {
  static const std::vector<Source> sources = sources_below({"ledger", "accounting", "cli"});
  return sources;
}

struct Include {
  int line;
  std::string name;
};

std::vector<Include> includes_of(const Source& source) {
  static constexpr std::string_view form = "#include ";
  std::vector<Include> found;
  std::size_t begin = 0;
  for (int line = 1; begin < source.text.size(); ++line) {
    const std::size_t end = std::min(source.text.find('\n', begin), source.text.size());
    const std::string text = source.text.substr(begin, end - begin);
    const std::size_t close = text.find_last_of("\">");
    if (text.starts_with(form) && close != std::string::npos && close > form.size()) {
      found.push_back({line, text.substr(form.size() + 1, close - form.size() - 1)});
    }
    begin = end + 1;
  }
  return found;
}

/// The place of a file: its top folder and the folder below, "ledger" and "book".
struct Room {
  std::string floor;
  std::string name;
  bool operator==(const Room&) const = default;
};

Room room_of(const std::string& path) {
  const std::size_t first = path.find('/');
  if (first == std::string::npos) return {"", ""};
  const std::size_t second = path.find('/', first + 1);
  return {path.substr(0, first),
          second == std::string::npos ? "" : path.substr(first + 1, second - first - 1)};
}

bool is_ours(const Room& room) {
  return room.floor == "ledger" || room.floor == "accounting" || room.floor == "cli";
}

/// How high a room lies on its floor; a room may use those below it, and none beside it.
/// -1: not in the plan.
int height_of(const Room& room) {
  static const std::map<std::string, int> heights{
      {"ledger/error", 0},        {"ledger/number", 1},     {"ledger/time", 1},
      {"ledger/proof", 1},        {"ledger/book", 2},       {"ledger/credit", 3},
      {"ledger/intake", 4},       {"ledger/store", 4},      {"accounting/recognition", 0},
      {"accounting/posting", 1},  {"accounting/report", 2}, {"accounting/audit", 3},
      {"accounting/scenario", 4},
  };
  const auto found = heights.find(room.floor + "/" + room.name);
  return found == heights.end() ? -1 : found->second;
}

bool may_include(const Room& from, const Room& to) {
  static const std::map<std::string, int> floors{{"ledger", 0}, {"accounting", 1}, {"cli", 2}};
  if (from.floor != to.floor) return floors.at(to.floor) < floors.at(from.floor);
  if (from.floor == "cli" || from == to) return true;
  return height_of(to) < height_of(from);
}

/// Every whole word of `text` that is `word`, as "path:line".
std::vector<std::string> places_of(const Source& source, const std::string& text,
                                   std::string_view word) {
  std::vector<std::string> places;
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if (at > 0 && is_word(text[at - 1]) && is_word(word.front())) continue;
    if (end < text.size() && is_word(text[end])) continue;
    const auto line =
        1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    places.push_back(source.path + ":" + std::to_string(line));
  }
  return places;
}

std::string line_at(const Source& source, const std::string& place) {
  const int wanted = std::stoi(place.substr(place.rfind(':') + 1));
  std::size_t begin = 0;
  for (int line = 1; line < wanted; ++line) begin = source.text.find('\n', begin) + 1;
  return source.text.substr(begin, source.text.find('\n', begin) - begin);
}

bool lies_in(const std::string& path, std::string_view folder) {
  return path.starts_with(std::string{folder} + "/");
}

}  // namespace

TEST_CASE("tidy: the reader tells code from comments and quotes") {
  const Source source = read_source("x.cpp", R"x(int a = 1'000; // float one
const char* s = "double \" // two"; char c = '"'; /* float
three */ double d;
auto r = R"(float " four)"; int b;
)x");
  CHECK(places_of(source, source.code, "double") == std::vector<std::string>{"x.cpp:3"});
  CHECK(places_of(source, source.code, "float").empty());
  CHECK(places_of(source, source.comments, "float") ==
        std::vector<std::string>{"x.cpp:1", "x.cpp:2"});
  CHECK(places_of(source, source.code, "b") == std::vector<std::string>{"x.cpp:4"});
  CHECK(places_of(source, source.comments, "two").empty());
}

TEST_CASE("tidy: the reader finds the includes of both kinds") {
  const Source source = read_source("x.cpp", R"(#include <date/date.h>
// #include "ledger/a.h"
#include "ledger/book/book.h"  // why
)");
  const std::vector<Include> found = includes_of(source);
  REQUIRE(found.size() == 2);
  CHECK(found[0].name == "date/date.h");
  CHECK(found[1].line == 3);
  CHECK(found[1].name == "ledger/book/book.h");
}

TEST_CASE("tidy: the plan of the house allows includes down and left only") {
  struct Row {
    const char* from;
    const char* to;
    bool allowed;
  };
  const Row rows[] = {
      {"cli/main.cpp", "accounting/report/period.h", true},
      {"cli/main.cpp", "ledger/book/book.h", true},
      {"accounting/posting/post.cpp", "ledger/credit/charge.h", true},
      {"ledger/book/book.cpp", "accounting/posting/post.h", false},
      {"accounting/report/period.cpp", "cli/table.h", false},
      {"ledger/intake/usage.cpp", "ledger/credit/charge.h", true},
      {"ledger/intake/usage.cpp", "ledger/number/decimal.h", true},
      {"ledger/credit/charge.cpp", "ledger/intake/usage.h", false},
      {"ledger/store/store.cpp", "ledger/credit/charge.h", true},
      {"ledger/credit/charge.cpp", "ledger/store/store.h", false},
      {"ledger/intake/usage.cpp", "ledger/store/store.h", false},
      {"ledger/book/book.cpp", "ledger/credit/charge.h", false},
      {"ledger/number/money.cpp", "ledger/number/decimal.h", true},
      {"ledger/number/money.cpp", "ledger/time/date.h", false},
      {"ledger/number/money.cpp", "ledger/error/error.h", true},
      {"ledger/error/error.cpp", "ledger/number/money.h", false},
      {"accounting/report/period.cpp", "accounting/posting/post.h", true},
      {"accounting/posting/post.cpp", "accounting/report/period.h", false},
      {"accounting/audit/sample.cpp", "accounting/report/period.h", true},
      {"accounting/report/period.cpp", "accounting/audit/verify.h", false},
      {"accounting/recognition/measure.cpp", "accounting/posting/post.h", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.from);
    CAPTURE(row.to);
    CHECK(may_include(room_of(row.from), room_of(row.to)) == row.allowed);
  }
}

TEST_CASE("tidy: every include follows the plan") {
  REQUIRE_FALSE(product().empty());
  for (const Source& source : product()) {
    const Room from = room_of(source.path);
    if (from.floor != "cli") CHECK_MESSAGE(height_of(from) >= 0, source.path, " has no room");
    for (const Include& include : includes_of(source)) {
      const Room to = room_of(include.name);
      if (!is_ours(to)) continue;
      CHECK_MESSAGE(may_include(from, to), source.path, ":", include.line, " includes ",
                    include.name);
      CHECK_MESSAGE(fs::exists(fs::path{ACCRUE_SOURCE_DIR} / include.name), source.path, ":",
                    include.line, " includes ", include.name, ", which is not there");
    }
  }
}

TEST_CASE("tidy: a library is known to one room only") {
  struct Row {
    const char* header;  // how the name of the header begins
    const char* room;
    const char* source = "";  // one that knows it too
  };
  const Row rows[] = {
      {"date/", "ledger/time"},
      {"SQLiteCpp/", "ledger/store"},
      {"sqlite3.h", "ledger/store"},
      {"openssl/", "ledger/proof"},
      {"CLI/", "cli"},
      {"nlohmann/", "cli", "ledger/intake/event_reader.cpp"},
      {"zip.h", "cli/export"},
      {"xlsxwriter.h", "cli/workbook"},
  };
  for (const Source& source : product()) {
    for (const Include& include : includes_of(source)) {
      for (const Row& row : rows) {
        if (!include.name.starts_with(row.header)) continue;
        const bool is_allowed = lies_in(source.path, row.room) || source.path == row.source;
        CHECK_MESSAGE(is_allowed, source.path, ":", include.line, " includes ",
                      include.name, ", which belongs to ", row.room);
      }
    }
  }
}

TEST_CASE("tidy: only the program reads the clock, the environment and the terminal") {
  for (const Source& source : product()) {
    if (lies_in(source.path, "cli")) continue;
    for (const char* word : {"system_clock::now", "getenv", "secure_getenv", "gettimeofday",
                             "isatty", "current_zone", "random_device", "cout", "cin"}) {
      for (const std::string& place : places_of(source, source.code, word)) {
        FAIL_CHECK(place << " uses " << word);
      }
    }
  }
}

TEST_CASE("tidy: no floating point where amounts are") {
  for (const Source& source : product()) {
    const bool holds_amounts = std::ranges::any_of(
        std::array{"ledger/number", "ledger/credit", "ledger/book", "ledger/store",
                   "accounting/recognition", "accounting/posting"},
        [&](const char* room) { return lies_in(source.path, room); });
    if (!holds_amounts) continue;
    for (const char* word : {"double", "float"}) {
      for (const std::string& place : places_of(source, source.code, word)) {
        // A deleted overload names the type to keep it out.
        if (line_at(source, place).find("= delete") != std::string::npos) continue;
        FAIL_CHECK(place << " says " << word);
      }
    }
  }
}

TEST_CASE("tidy: a file is named after its idea, and nothing is left for later") {
  const std::vector<Source> sources = sources_below({"ledger", "accounting", "cli", "tests"});
  // Written apart, or this file would find itself.
  const std::array later{std::string{"TO"} + "DO", std::string{"FIX"} + "ME",
                         std::string{"XX"} + "X"};
  for (const Source& source : sources) {
    const std::string stem = fs::path{source.path}.stem().string();
    for (const char* drawer : {"util", "utils", "common", "helper", "helpers", "types", "misc"}) {
      CHECK_MESSAGE(stem != drawer, source.path, " names a drawer, not an idea");
    }
    for (const std::string& word : later) {
      for (const std::string& place : places_of(source, source.comments, word)) {
        FAIL_CHECK(place << " says " << word);
      }
    }
  }
}

#include <string>
#include <vector>

#include <doctest/doctest.h>

// The program is no library: this part of it is compiled here, for all tests of renderers.
#include "cli/render_text.cpp"

using namespace accrue;

TEST_CASE("text: East Asian wide characters take two columns, combining marks none") {
  struct Row {
    const char* text;
    int width;
  };
  const Row rows[] = {
      {"", 0},           {"abc", 3},     {"算力", 4},       {"ｶﾅ", 2},      {"Ａ", 2},
      {"e\u0301", 1},    {"한국", 4},    {"😀", 2},          {"é", 1},       {"\xFF", 1},
      {"a\u200Db", 2},   {"—", 1},      {"𠀀", 2},         {"กำ", 2},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(text_width(row.text) == row.width);
  }
}

TEST_CASE("text: what could steer a terminal is shown, not sent") {
  struct Row {
    std::string text;
    const char* shown;
  };
  const Row rows[] = {
      {"plain 算力 é", "plain 算力 é"},
      {"\x1b[31mred", "\\x1B[31mred"},
      {"a\nb\tc\rd", "a\\nb\\tc\\rd"},
      {std::string{"nul\0!", 5}, "nul\\x00!"},
      {"\x7F", "\\x7F"},
      {"\u009B2J", "\\u009B2J"},
      {"abc\u202Efdp.exe", "abc\\u202Efdp.exe"},
      {"\u2066x\u2069", "\\u2066x\\u2069"},
      {"a\u200Bb", "a\\u200Bb"},
      {"\uFEFFbom", "\\uFEFFbom"},
      {"\U000E0041tag", "\\uE0041tag"},
      {"bad \xFF\xC3", "bad \\xFF\\xC3"},
      {"overlong \xC0\xAF", "overlong \\xC0\\xAF"},
      {"surrogate \xED\xA0\x80", "surrogate \\xED\\xA0\\x80"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.shown);
    CHECK(harmless(row.text) == row.shown);
  }
}

TEST_CASE("text: lines break at spaces, and inside a word only when it is too long") {
  using Lines = std::vector<std::string>;
  CHECK(wrapped("", 5) == Lines{""});
  CHECK(wrapped("one two", 7) == Lines{"one two"});
  CHECK(wrapped("one two three", 7) == Lines{"one two", "three"});
  CHECK(wrapped("one two three", 8) == Lines{"one two", "three"});
  CHECK(wrapped("abcdefgh ij", 4) == Lines{"abcd", "efgh", "ij"});
  CHECK(wrapped("算力算力", 5) == Lines{"算力", "算力"});
  CHECK(wrapped("算", 1) == Lines{"算"});
}

TEST_CASE("text: figures have thousands separators for people, and all their digits") {
  struct Row {
    const char* value;
    int digits;
    const char *grouped, *plain;
  };
  const Row rows[] = {
      {"0", 2, "0.00", "0.00"},
      {"999", 0, "999", "999"},
      {"1000", 0, "1,000", "1000"},
      {"-1234567.5", 2, "-1,234,567.50", "-1234567.50"},
      {"-123.4567", 2, "-123.4567", "-123.4567"},
      {"123456789012345678901234567890", 2, "123,456,789,012,345,678,901,234,567,890.00",
       "123456789012345678901234567890.00"},
  };
  for (const Row& row : rows) {
    const Figure figure{Decimal::parse(row.value).value(), row.digits};
    CHECK(figure_text(figure, true) == row.grouped);
    CHECK(figure_text(figure, false) == row.plain);
  }
}

// What a cell of a workbook can hold: numbers, sums of them, texts; and how it is addressed.

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "cli/workbook/cell_at.h"
#include "cli/workbook/cell_text.h"
#include "cli/workbook/spreadsheet_number.h"

using namespace accrue;

namespace {

Decimal decimal(const char* text) { return Decimal::parse(text).value(); }

}  // namespace

TEST_CASE("workbook: a number has at most 15 significant digits, zeros around them aside") {
  struct Row {
    const char* text;
    bool is_number;
  };
  const Row rows[] = {
      {"0", true},
      {"-0.01", true},
      {"999999999999999", true},
      {"9999999999999.99", true},
      {"99999999999999.99", false},
      {"1234567890123456", false},
      {"-1234567890123.456", false},
      {"0.000000000000001", true},
      {"0.000000000000000123456789012345", true},
      {"0.000000000000001234567890123456", false},
      {"100000000000000000000", true},
      {"100000000000000000001", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(spreadsheet_number(decimal(row.text)).has_value() == row.is_number);
  }
  CHECK(spreadsheet_number(decimal("1234.56")) == 1234.56);
  CHECK(nearest_spreadsheet_number(decimal("-12345678901234567.89")) == -12345678901234500.0);
  CHECK(nearest_spreadsheet_number(decimal("0.00")) == 0);
}

TEST_CASE("workbook: a sum is live only while the noise of doubles stays below its last digit") {
  const auto repeated = [](const char* text, std::size_t count) {
    return std::vector<Decimal>(count, decimal(text));
  };
  CHECK(adds_up_in_doubles(repeated("123456789.12", 100), 2));
  // 2^53 = 9.007e15: 8 x 3 terms x 2 x 10^12 x 10^2 is 4.8e15, ten times that is not below it.
  CHECK(adds_up_in_doubles(repeated("1000000000000", 2), 2));
  CHECK_FALSE(adds_up_in_doubles(repeated("10000000000000", 2), 2));
  CHECK(adds_up_in_doubles(repeated("10000000000000", 2), 0));
  // What cancels out leaves its noise.
  CHECK_FALSE(adds_up_in_doubles(
      std::vector{decimal("10000000000000"), decimal("-10000000000000")}, 2));
  CHECK(adds_up_in_doubles({}, 2));
}

TEST_CASE("workbook: a text stays what it says, and harmless") {
  struct Row {
    std::string text, cell;
  };
  const Row rows[] = {
      {"=1+1", "=1+1"},
      {"算力 \"x\" <script>", "算力 \"x\" <script>"},
      {"a\x01" "b\n", "a\\x01b\\n"},
      {"\xE2\x80\xAE" "gnp.exe", "\\u202Egnp.exe"},
      {"lone \xFF byte", "lone \\xFF byte"},
      {"\xEF\xBF\xBE\xEF\xBF\xBF", "\\uFFFE\\uFFFF"},
      {"_x0041_", "_x005F_x0041_"},
      {"_x004_ _x00GG_", "_x004_ _x00GG_"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(cell_text(row.text) == row.cell);
  }
  CHECK(cell_text(std::string(32'767, 'a')) == std::string(32'767, 'a'));
  const std::string cut = cell_text(std::string(32'768, 'a'));
  CHECK(cut.size() == 32'767);
  CHECK(cut.ends_with("aaa [cut: 32768 bytes]"));
  // An emoji takes two of the characters that a spreadsheet counts.
  std::string emojis;
  for (int i = 0; i < 20'000; ++i) emojis += "\xF0\x9F\x98\x80";
  CHECK(cell_text(emojis).ends_with("\xF0\x9F\x98\x80 [cut: 80000 bytes]"));
}

TEST_CASE("workbook: cells are addressed as spreadsheets do") {
  CHECK(address(CellAt{0, 0}) == "A1");
  CHECK(address(CellAt{9, 25}) == "Z10");
  CHECK(address(CellAt{0, 26}) == "AA1");
  CHECK(address(CellAt{0, 51}) == "AZ1");
  CHECK(address(CellAt{0, 702}) == "AAA1");
  CHECK(address("trial-balance", CellAt{4, 1}) == "'trial-balance'!B5");
  CHECK(span_address({4, 1}, {6, 1}) == "B5:B7");
  CHECK(span_address({4, 1}, {4, 1}) == "B5");
}

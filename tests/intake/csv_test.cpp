#include "ledger/intake/csv.h"

#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "ledger/intake/csv_scan.h"
#include "tests/intake/scratch_file.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

using Rows = std::vector<std::vector<std::string>>;

Result<Rows> rows_of(std::string_view text) {
  const ScratchFile file{text};
  ACCRUE_TRY(source, ByteSource::open(file.path()));
  CsvReader csv{std::move(source), "usage.csv"};
  Rows rows;
  std::vector<std::string_view> fields;
  while (true) {
    ACCRUE_TRY(more, csv.next(fields));
    if (!more) return rows;
    rows.emplace_back(fields.begin(), fields.end());
  }
}

CsvReader reader_of(const ScratchFile& file) {
  return CsvReader{ByteSource::open(file.path()).value(), "usage.csv"};
}

}  // namespace

TEST_CASE("csv: rows and fields are as RFC 4180 and files in the wild have them") {
  struct Row {
    std::string why;
    std::string text;
    Rows rows;
  };
  const Row rows[] = {
      {"an empty file", "", {}},
      {"a line end only", "\n", {}},
      {"LF", "a,b\n1,2\n", {{"a", "b"}, {"1", "2"}}},
      {"CRLF", "a,b\r\n1,2\r\n", {{"a", "b"}, {"1", "2"}}},
      {"CR alone", "a,b\r1,2\r", {{"a", "b"}, {"1", "2"}}},
      {"CRLF written twice over", "a\r\r\nb\r\r\n", {{"a"}, {"b"}}},
      {"no final newline", "a,b\n1,2", {{"a", "b"}, {"1", "2"}}},
      {"a final empty field", "a,b\n1,", {{"a", "b"}, {"1", ""}}},
      {"a byte order mark",
       "\xEF\xBB\xBF"
       "a,b\n",
       {{"a", "b"}}},
      {"a mark before a quote", "\xEF\xBB\xBF\"a\",b\n", {{"a", "b"}}},
      {"a mark only", "\xEF\xBB\xBF", {}},
      {"blank lines", "\n\na\n\n\r\nb\n\n", {{"a"}, {"b"}}},
      {"an empty quoted field is a row", "\"\"\n", {{""}}},
      {"empty fields", ",\n,,\n", {{"", ""}, {"", "", ""}}},
      {"a quoted comma", "\"a,b\",c\n", {{"a,b", "c"}}},
      {"a quoted line break", "\"a\nb\r\nc\",d\n", {{"a\nb\r\nc", "d"}}},
      {"doubled quotes", "\"a\"\"b\",\"\"\"\",\"\"\"x\"\"\"\n", {{"a\"b", "\"", "\"x\""}}},
      {"quotes, at the end of the file", "a,\"b\"", {{"a", "b"}}},
      {"a doubled quote at the end", "\"a\"\"\"", {{"a\""}}},
      {"a quote inside plain text is text", "5\" pipe,a\"b\"\n", {{"5\" pipe", "a\"b\""}}},
      {"spaces are text", " a , \"b\" \n", {{" a ", " \"b\" "}}},
      {"not ASCII", "Енергія,阿里云\n", {{"Енергія", "阿里云"}}},
      {"a zero byte is text", std::string{"a\0b,c\n", 6}, {{std::string{"a\0b", 3}, "c"}}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(rows_of(row.text).value() == row.rows);
  }
}

TEST_CASE("csv: what is no CSV or no UTF-8 is refused where it stands") {
  struct Row {
    std::string why;
    std::string text;
    ErrorCode code;
    std::size_t line;
    std::size_t column;
  };
  const Row rows[] = {
      {"a quote never closed", "a,b\n1,\"2\n3,4\n", ErrorCode::bad_quoting, 2, 3},
      {"text behind a quote", "a,b\n\"1\"x,2\n", ErrorCode::bad_quoting, 2, 4},
      {"a space behind a quote", "\"1\" ,2\n", ErrorCode::bad_quoting, 1, 4},
      {"text behind a quote at the end", "\"1\"x", ErrorCode::bad_quoting, 1, 4},
      {"a byte that begins nothing", "a\nb\xFF,c\n", ErrorCode::bad_encoding, 2, 2},
      {"Latin-1", "Z\xFCrich\n", ErrorCode::bad_encoding, 1, 2},
      {"UTF-16",
       std::string{"\xFF\xFE"
                   "a\0,\0b\0\n\0",
                   10},
       ErrorCode::bad_encoding, 1, 1},
      {"a sequence cut by the end", "a,\xE9\x98", ErrorCode::bad_encoding, 1, 3},
      {"a sequence cut by a comma", "\xE9\x98,a\n", ErrorCode::bad_encoding, 1, 1},
      {"an overlong slash", "\xC0\xAF\n", ErrorCode::bad_encoding, 1, 1},
      {"a surrogate", "\xED\xA0\x80\n", ErrorCode::bad_encoding, 1, 1},
      {"beyond U+10FFFF", "\xF4\x90\x80\x80\n", ErrorCode::bad_encoding, 1, 1},
      {"columns count code points", "阿里,\"云\"x\n", ErrorCode::bad_quoting, 1, 7},
      {"a line inside quotes counts", "\"a\nb\",\"c\"d\n", ErrorCode::bad_quoting, 2, 7},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const auto read = rows_of(row.text);
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().code == row.code);
    CHECK(read.error().place.file == "usage.csv");
    CHECK(read.error().place.line == row.line);
    CHECK(read.error().place.column == row.column);
  }
}

TEST_CASE("csv: rows before a bad one are handed out, and the refusal stays") {
  const ScratchFile file{"a\nb\n\"c\"d\ne\n"};
  CsvReader csv = reader_of(file);
  CHECK(csv.advance().value());
  CHECK(csv.advance().value());
  CHECK(csv.field(0) == "b");
  CHECK_FALSE(csv.advance().ok());
  CHECK_FALSE(csv.advance().ok());
}

TEST_CASE("csv: the end stays the end") {
  const ScratchFile file{"a\n\n\n"};
  CsvReader csv = reader_of(file);
  CHECK(csv.advance().value());
  CHECK_FALSE(csv.advance().value());
  CHECK_FALSE(csv.advance().value());
}

TEST_CASE("csv: lines, columns and excerpts are those of the file") {
  struct Row {
    std::string why;
    std::string text;
    std::size_t row;  ///< from 0
    std::int64_t row_line;
    std::size_t field;
    std::size_t line;
    std::size_t column;
    std::string excerpt;
    std::size_t length;
  };
  const Row rows[] = {
      {"the first field", "abc,d\n", 0, 1, 0, 1, 1, "abc,d", 3},
      {"a later field", "abc,de\n", 0, 1, 1, 1, 5, "abc,de", 2},
      {"an empty field has one column", "a,,b\n", 0, 1, 1, 1, 3, "a,,b", 1},
      {"quotes count", "\"a\",\"b\"\n", 0, 1, 1, 1, 5, "\"a\",\"b\"", 3},
      {"code points, not bytes", "阿里云,é\n", 0, 1, 1, 1, 5, "阿里云,é", 1},
      {"the mark is not counted",
       "\xEF\xBB\xBF"
       "a,b\n",
       0, 1, 1, 1, 3, "a,b", 1},
      {"blank lines count", "a\n\n\nb,c\n", 1, 4, 1, 4, 3, "b,c", 1},
      {"CRLF is one line", "a\r\n\r\nb,c\r\n", 1, 3, 1, 3, 3, "b,c", 1},
      {"CR is one line", "a\rb,c\r", 1, 2, 1, 2, 3, "b,c", 1},
      {"behind a quoted line break", "\"a\nb\",c\n", 0, 1, 1, 2, 4, "b\",c", 1},
      {"behind quoted CRLF", "\"a\r\nb\",c\nd\n", 0, 1, 1, 2, 4, "b\",c", 1},
      {"the row after them", "\"a\r\nb\nc\"\nd,e\n", 1, 4, 1, 4, 3, "d,e", 1},
      {"a field over lines is marked to the first's end", "\"ab\ncd\"\n", 0, 1, 0, 1, 1, "\"ab", 3},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const ScratchFile file{row.text};
    CsvReader csv = reader_of(file);
    for (std::size_t i = 0; i <= row.row; ++i) REQUIRE(csv.advance().value());
    CHECK(csv.line() == row.row_line);
    CHECK(csv.column_of(row.field) == row.column);
    const Place place = csv.place_of(row.field);
    CHECK(place.line == row.line);
    CHECK(place.column == row.column);
    CHECK(place.excerpt == row.excerpt);
    CHECK(place.excerpt_column == 1);
    CHECK(place.length == row.length);
  }
}

TEST_CASE("csv: the excerpt of a long row is cut around the field") {
  std::string text;
  for (int i = 100; i < 300; ++i) text += std::to_string(i) + ',';
  const ScratchFile file{text};
  CsvReader csv = reader_of(file);
  REQUIRE(csv.advance().value());
  // Four columns each: field 150 begins at 601 and reads 250.
  const Place place = csv.place_of(150);
  CHECK(place.column == 601);
  CHECK(place.excerpt.size() == 160);
  CHECK(place.excerpt.substr(place.column - place.excerpt_column, 4) == "250,");
  CHECK(csv.place_of(0).excerpt_column == 1);
}

TEST_CASE("csv: a field may be asked for twice") {
  const ScratchFile file{"\"a\"\"b\",\"c\"\"d\"\n"};
  CsvReader csv = reader_of(file);
  REQUIRE(csv.advance().value());
  std::vector<std::string_view> first;
  for (int i = 0; i < 100; ++i) first.push_back(csv.field(0));
  CHECK(csv.field(1) == "c\"d");
  for (const std::string_view text : first) CHECK(text == "a\"b");
  CHECK(csv.row_text() == "\"a\"\"b\",\"c\"\"d\"");
}

TEST_CASE("csv: rows longer than the window are read, up to the limit") {
  const std::string wide(5 << 20, 'x');
  CHECK(rows_of("a," + wide + "\nb,c\n").value() == Rows{{"a", wide}, {"b", "c"}});
  CHECK(rows_of("\"" + wide + "\n\"\"\"\n").value() == Rows{{wide + "\n\""}});

  const auto unclosed = rows_of("a\n\"" + std::string(CsvReader::longest_row + (4 << 20), 'y'));
  REQUIRE_FALSE(unclosed.ok());
  CHECK(unclosed.error().code == ErrorCode::bad_quoting);
  CHECK(unclosed.error().place.line == 2);
}

TEST_CASE("csv: rows that lie across the pieces read are whole") {
  // Row sizes that share no factor with a MiB, so that every kind of byte meets its edge.
  std::string text;
  Rows expected;
  for (int i = 0; text.size() < 5 << 20; ++i) {
    const std::string number = std::to_string(i);
    text += number + ",\"q\"\"" + number + "\r\nä\",阿" + number + "\r\n";
    expected.push_back({number, "q\"" + number + "\r\nä", "阿" + number});
  }
  CHECK(rows_of(text).value() == expected);
  const auto packed = rows_of(gzip(text));
  CHECK(packed.value() == expected);
}

TEST_CASE("csv: the specials of a block are found whatever lies beside them") {
  std::mt19937_64 dice{7};
  for (int i = 0; i < 2'000; ++i) {
    char block[csv::block_size];
    std::uint64_t expected = 0;
    for (std::size_t at = 0; at < csv::block_size; ++at) {
      constexpr std::string_view likely = ",\"\n\r\x0B\x0C!#+-a\xAC\xA2\x8A\x8D\x00";
      block[at] = dice() % 2 == 0 ? likely[dice() % likely.size()] : static_cast<char>(dice());
      const char c = block[at];
      if (c == ',' || c == '"' || c == '\n' || c == '\r') expected |= std::uint64_t{1} << at;
    }
    REQUIRE(csv::specials(block) == expected);
  }
}

TEST_CASE("csv: every split of every sequence is judged as the whole") {
  // All lead bytes with a second byte on and beside each bound, and a good tail.
  for (int lead = 0x80; lead <= 0xFF; ++lead) {
    for (const int second : {0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0}) {
      const std::string text{static_cast<char>(lead), static_cast<char>(second),
                             static_cast<char>(0x80), static_cast<char>(0x80)};
      bool valid = false;
      for (const std::size_t size : {2u, 3u, 4u}) {
        const std::string_view whole = std::string_view{text}.substr(0, size);
        if (csv::valid_utf8(whole.data(), size) != size) continue;
        valid = true;
        for (std::size_t cut = 1; cut < size; ++cut) {
          CHECK(csv::valid_utf8(whole.data(), cut) == 0);
          CHECK(csv::may_be_cut_utf8(whole.data(), cut));
        }
      }
      // Unicode 15, table 3-7, by hand.
      const bool well_formed = (lead >= 0xC2 && lead <= 0xDF && second >= 0x80 && second <= 0xBF) ||
                               (lead == 0xE0 && second >= 0xA0 && second <= 0xBF) ||
                               (((lead >= 0xE1 && lead <= 0xEC) || lead == 0xEE || lead == 0xEF) &&
                                second >= 0x80 && second <= 0xBF) ||
                               (lead == 0xED && second >= 0x80 && second <= 0x9F) ||
                               (lead == 0xF0 && second >= 0x90 && second <= 0xBF) ||
                               (lead >= 0xF1 && lead <= 0xF3 && second >= 0x80 && second <= 0xBF) ||
                               (lead == 0xF4 && second >= 0x80 && second <= 0x8F);
      CAPTURE(lead);
      CAPTURE(second);
      CHECK(valid == well_formed);
    }
  }
}

namespace {

/// What Python's csv module makes of a file; nothing when there is no Python.
std::optional<Rows> rows_of_python(const std::string& path) {
  const std::string command =
      "python3 -c 'import csv,json,sys\n"
      "csv.field_size_limit(1<<30)\n"
      "f=open(sys.argv[1],encoding=\"utf-8-sig\",newline=\"\")\n"
      "print(json.dumps([r for r in csv.reader(f) if r]))' " +
      path + " 2>/dev/null";
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return std::nullopt;
  std::string output;
  char piece[4096];
  while (const std::size_t count = std::fread(piece, 1, sizeof piece, pipe)) {
    output.append(piece, count);
  }
  if (::pclose(pipe) != 0) return std::nullopt;
  return nlohmann::json::parse(output).get<Rows>();
}

/// Rows of odd fields, with quotes where they are needed and now and then where they are not.
std::string odd_csv(std::mt19937_64& dice) {
  static const std::vector<std::string> bits{"a",    "bc", "12.5", "\"", ",",    "\n", "\r",
                                             "\r\n", "é",  "阿",   "🚀",  " ",    "{",  "}",
                                             ";",    "'",  "\t",   "-",  "NULL", "E5"};
  const std::vector<std::string> line_ends{"\n", "\r\n", "\n\n", "\r\n\r\n"};
  std::string text;
  const std::size_t row_count = dice() % 12;
  for (std::size_t row = 0; row < row_count; ++row) {
    const std::size_t field_count = 1 + dice() % 5;
    for (std::size_t i = 0; i < field_count; ++i) {
      std::string field;
      for (std::size_t bit = dice() % 5; bit > 0; --bit) field += bits[dice() % bits.size()];
      const bool needed = field.find_first_of(",\r\n") != std::string::npos ||
                          field.starts_with('"') || (field.empty() && field_count == 1);
      if (i > 0) text += ',';
      if (needed || dice() % 4 == 0) {
        text += '"';
        for (const char c : field) text += c == '"' ? std::string{"\"\""} : std::string{c};
        text += '"';
      } else {
        text += field;
      }
    }
    if (row + 1 < row_count || dice() % 2 == 0) text += line_ends[dice() % line_ends.size()];
  }
  return text;
}

}  // namespace

TEST_CASE("csv: odd files have the rows and fields that Python's csv module finds") {
  constexpr unsigned seed = 20260501;
  std::mt19937_64 dice{seed};
  for (int i = 0; i < 60; ++i) {
    CAPTURE(i);
    std::string text = i % 3 == 0 ? "\xEF\xBB\xBF" : "";
    for (int part = 0; part < 20; ++part) text += odd_csv(dice) + "\n";
    const ScratchFile file{text};
    const auto expected = rows_of_python(file.path());
    if (!expected) {
      MESSAGE("no python3 here: not compared");
      return;
    }
    const auto read = rows_of(text);
    REQUIRE(read.ok());
    REQUIRE(*read == *expected);
  }
}

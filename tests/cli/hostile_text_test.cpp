// Names in usage files are written by others. Whatever they hold, they are text in every output.

#include <cstdlib>
#include <string>

#include <doctest/doctest.h>

#include "tests/cli/program.h"

using accrue_test::focus_file;
using accrue_test::Run;
using accrue_test::Scratch;
using accrue_test::usage_row;

namespace {

const std::string right_to_left = "\xE2\x80\xAE";  // U+202E
const std::string escape = "\x1b[31m";

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// A usage row whose service is `name`, quoted as CSV quotes.
std::string row_of(const std::string& name, int day) {
  std::string quoted = "\"";
  for (const char c : name) quoted += c == '"' ? "\"\"" : std::string{c};
  std::string row = usage_row("ba-1", "2024-04-" + std::to_string(day) + "T00:00:00Z", "3");
  return row.replace(row.find("GPU"), 3, quoted + "\"");
}

void make_hostile_book(const Scratch& scratch) {
  accrue_test::make_book(scratch);
  std::string rows;
  int day = 10;
  for (const std::string& name :
       {std::string{"=1+1"}, std::string{"+cmd|' /C calc'!A0"}, std::string{"-2+3"},
        std::string{"@SUM(1)"}, std::string{"<script>alert(1)</script>"},
        std::string{"\"><img src=x onerror=alert(1)>"}, "abc" + right_to_left + "def",
        "red" + escape, std::string(10'000, 'w')}) {
    rows += row_of(name, day++);
  }
  scratch.write("hostile.csv", focus_file(rows));
  const Run run = scratch.run("import usage hostile.csv");
  REQUIRE_MESSAGE(run.status == 0, run.err);
}

std::string output_of(const Scratch& scratch, const std::string& words) {
  const Run run = scratch.run(words);
  REQUIRE_MESSAGE(run.status == 0, words, "\n", run.err);
  return run.out;
}

const char* const reports[] = {"report period 2024-04", "report disaggregation 2024-04 --by service",
                               "report trial-balance 2024-04", "report journal 2024-04",
                               "drawdown list"};

}  // namespace

TEST_CASE("hostile text: a spreadsheet that reads CSV sees no formula") {
  const Scratch scratch;
  make_hostile_book(scratch);
  for (const std::string words : reports) {
    CAPTURE(words);
    const std::string csv = output_of(scratch, words + " -f csv");
    CHECK(holds(csv, "=1+1"));
    for (const std::string start : {"=1", "+cmd", "@SUM"}) {
      for (const std::string before : {",", "\n", "\""}) {
        CHECK_FALSE(holds(csv, before + start));
      }
    }
  }
}

TEST_CASE("hostile text: a terminal is not steered, and no amount is cut by a long name") {
  const Scratch scratch;
  make_hostile_book(scratch);
  for (const std::string words : reports) {
    CAPTURE(words);
    const std::string table = output_of(scratch, words);
    CHECK_FALSE(holds(table, "\x1b"));
    CHECK_FALSE(holds(table, right_to_left));
    // Of 1,000 of face for 900, 3 are 2.70; the list of draws shows face.
    CHECK((holds(table, "2.70") || holds(table, "3.00")));
  }
}

TEST_CASE("hostile text: a page holds it as text") {
  const Scratch scratch;
  make_hostile_book(scratch);
  for (const std::string words : reports) {
    CAPTURE(words);
    const std::string page = output_of(scratch, words + " -f html");
    CHECK(holds(page, "script&gt;alert(1)"));
    CHECK_FALSE(holds(page, "<script"));
    CHECK_FALSE(holds(page, "<img"));
    CHECK_FALSE(holds(page, "\x1b"));
    CHECK_FALSE(holds(page, right_to_left));
  }
}

TEST_CASE("hostile text: a workbook holds it as strings") {
  const Scratch scratch;
  make_hostile_book(scratch);
  if (std::system("/usr/bin/python3 -c '' 2>/dev/null") != 0) {
    MESSAGE("skipped: no /usr/bin/python3");
    return;
  }
  // Every string cell is in the table of shared strings or inline; formulas are elements f.
  scratch.write("look.py",
                "import re, sys, zipfile\n"
                "book = zipfile.ZipFile(sys.argv[1])\n"
                "texts = {n: book.read(n).decode() for n in book.namelist() if n.endswith('.xml')}\n"
                "for name, text in texts.items():\n"
                "    for bad in ('<script', '<img', '\\x1b'):\n"
                "        assert bad not in text, (name, bad)\n"
                "    for formula in re.findall(r'<f[^>]*>(.*?)</f>', text):\n"
                "        assert not re.search(r'1\\+1|cmd|SUM\\(1\\)', formula), formula\n"
                "assert any('=1+1' in t for t in texts.values())\n"
                "assert any('script&gt;alert(1)' in t for t in texts.values())\n");
  for (const std::string words : reports) {
    CAPTURE(words);
    output_of(scratch, words + " -o look.xlsx");
    const std::string folder = scratch.folder().string();
    CHECK(std::system(("/usr/bin/python3 '" + folder + "/look.py' '" + folder + "/look.xlsx'").c_str()) == 0);
  }
}

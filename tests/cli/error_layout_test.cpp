#include <string>

#include <doctest/doctest.h>

#include "tests/cli/program.h"

using accrue_test::Scratch;

TEST_CASE("error layout: the caret stands under what is refused") {
  const Scratch scratch;
  struct Row {
    const char* file;
    const char* from;
    const char* to;
  };
  const Row rows[] = {
      {"plain.toml", "\"1_000 USD\"", "1_000.00"},
      {"tabs.toml", "stake    = \"10%\"", "\tstake\t=\t10.0"},
      {"umlauts.toml", "[\"ba-1\"]", "[\"Größe\", 1.5, \"ß\"]"},
      {"chinese.toml", "\"proportional\"", "\"按比例\""},
      {"after_chinese.toml", "[\"ba-1\"]", "[\"月之暗面\", \"甲\", 1.5]"},
      {"combining.toml", "[\"ba-1\"]", "[\"e\xCC\x81tat\", 1.5]"},
      {"emoji.toml", "[\"ba-1\"]", "[\"\xF0\x9F\x9A\x80\", 1.5]"},
      {"two_lines.toml", "\"Lunar\"", "\"Lunar\"\ninvestee = \"Mond\""},
  };
  std::string text;
  for (const Row& row : rows) {
    std::string terms = accrue_test::deal_terms;
    const std::string from = row.from;
    terms.replace(terms.find(from), from.size(), row.to);
    scratch.write(row.file, terms);
    text += scratch.transcript("investment check " + std::string{row.file});
  }
  CHECK(accrue_test::equals_golden("carets.txt", text));
}

TEST_CASE("error layout: a long line is cut around the caret") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  const std::string filler(300, 'f');
  scratch.write("long.csv",
                accrue_test::focus_file("ba-1,Usage,2024-05-01T00:00:00Z,2024-06-01T00:00:00Z,"
                                        "2024-05-02T00:00:00Z,2024-05-03T00:00:00Z,12x34,1,USD," +
                                        filler + "\n" + "\"" + filler +
                                        "\",Usage,2024-05-01T00:00:00Z,2024-06-01T00:00:00Z,"
                                        "2024-05-02T00:00:00Z,2024-05-03T00:00:00Z,1,1,USD\n"));
  CHECK(accrue_test::equals_golden("long_lines.txt", scratch.transcript("import usage long.csv")));
}

TEST_CASE("error layout: twenty rows are listed, the others counted, and nothing is written") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  std::string rows;
  for (int i = 0; i < 25; ++i) {
    rows += accrue_test::usage_row("ba-1", "2024-05-10T00:00:00Z", "1,5");
  }
  scratch.write("bad.csv", accrue_test::focus_file(rows));
  const accrue_test::Run run = scratch.run("import usage bad.csv");
  CHECK(run.status == 3);
  CHECK(run.out.empty());
  std::size_t count = 0;
  for (std::size_t at = 0; (at = run.err.find("error[ragged_row]", at)) != std::string::npos; ++at) {
    ++count;
  }
  CHECK(count == 20);
  CHECK(run.err.ends_with("\nand 5 more\n"));
  CHECK(scratch.run("import list -f csv").out.find("bad.csv") == std::string::npos);
}

TEST_CASE("error layout: colours mark the head, the place and the caret") {
  const Scratch scratch;
  scratch.write("bad.toml", "schema = \"accrue.terms/1\"\n[investment]\ncash = 1.5\n");
  const std::string err = scratch.run("investment check bad.toml --color always").err;
  CHECK(err.find("\x1b[1;31merror[money_not_quoted]:\x1b[0m ") != std::string::npos);
  CHECK(err.find("\x1b[34m  -->\x1b[0m bad.toml:3:8\n") != std::string::npos);
  CHECK(err.find("\x1b[1;31m^^^\x1b[0m\n") != std::string::npos);
  CHECK(err.find("\x1b[1mhint:\x1b[0m ") != std::string::npos);
}

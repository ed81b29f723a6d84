#include <string>

#include <doctest/doctest.h>

// The program is no library: the renderer is compiled here.
#include "cli/render_csv.cpp"

using namespace accrue;

namespace {

Figure figure(const char* text, int digits) { return {Decimal::parse(text).value(), digits}; }

Report report_of(std::vector<Column> columns, std::vector<std::vector<Cell>> rows) {
  Report report;
  report.name = "test";
  report.currency = "USD";
  report.columns = std::move(columns);
  report.rows = std::move(rows);
  return report;
}

/// One text cell, as it stands in the file.
std::string csv_of(const std::string& text) {
  const std::string csv =
      render_csv(report_of({{"text"}, {"ref"}}, {{text, std::string{"r"}}}));
  const std::string head = "text,ref\n";
  REQUIRE(csv.starts_with(head));
  return csv.substr(head.size(), csv.size() - head.size() - 3);
}

}  // namespace

TEST_CASE("csv: a header, one line per row, the currency before the ref, a final line break") {
  const Report report = report_of({{"key", ColumnKind::key},
                                   {"count", ColumnKind::count},
                                   {"amount", ColumnKind::figure},
                                   {"nothing", ColumnKind::figure},
                                   {"ref"}},
                                  {{"a", std::int64_t{3}, figure("-1234.5", 2), {}, "x:1"},
                                   {"b", std::int64_t{0}, figure("0", 0), {}, "x:2"}});
  CHECK(render_csv(report) ==
        "key,count,amount,nothing,currency,ref\n"
        "a,3,-1234.50,,USD,x:1\n"
        "b,0,0,,USD,x:2\n");
}

TEST_CASE("csv: rows that have a currency of their own get no second one") {
  const Report report = report_of({{"amount", ColumnKind::figure}, {"currency"}, {"ref"}},
                                  {{figure("1", 2), "CNY", "r"}});
  CHECK(render_csv(report) == "amount,currency,ref\n1.00,CNY,r\n");
}

TEST_CASE("csv: fields are quoted where RFC 4180 asks for it") {
  struct Row {
    const char *text, *field;
  };
  const Row rows[] = {
      {"plain", "plain"},
      {"", ""},
      {"a,b", "\"a,b\""},
      {"say \"so\"", "\"say \"\"so\"\"\""},
      {"two\nlines", "\"two\nlines\""},
      {"算力", "算力"},
      {" spaced ", " spaced "},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(csv_of(row.text) == row.field);
  }
}

TEST_CASE("csv: a text that a spreadsheet would run is made a text, a number never") {
  struct Row {
    const char *text, *field;
  };
  const Row rows[] = {
      {"=1+1", "'=1+1"},
      {"+1", "'+1"},
      {"-1", "'-1"},
      {"@SUM(A1)", "'@SUM(A1)"},
      {"\tx", "'\tx"},
      {"\rx", "\"'\rx\""},
      {"=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""},
      {"a=1", "a=1"},
      {"'=1", "''=1"},
      {"''-x", "'''-x"},
      {"'quoted'", "'quoted'"},
      {"'", "'"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(csv_of(row.text) == row.field);
  }
  const Report numbers = report_of({{"amount", ColumnKind::figure}, {"ref"}},
                                   {{figure("-5", 2), "r"}});
  CHECK(render_csv(numbers) == "amount,currency,ref\n-5.00,USD,r\n");
}

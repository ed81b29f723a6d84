#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

// The program is no library: the renderer is compiled here.
#include "cli/render_table.cpp"

using namespace accrue;

namespace {

Figure money(const char* text) { return {Decimal::parse(text).value(), 2}; }

Report sample() {
  Report report;
  report.name = "period";
  report.title = "Revenue of the period";
  report.period = PeriodRange{Period::of(2024, 4), Period::of(2024, 6)};
  report.state = "closed";
  report.currency = "CNY";
  report.as_of = {12, "0123456789abcdef"};
  report.columns = {{"investee", ColumnKind::key},
                    {"region", ColumnKind::text, 3},
                    {"revenue", ColumnKind::figure},
                    {"other", ColumnKind::figure, 5},
                    {"ref", ColumnKind::text, 9}};
  report.rows = {{"算力", "cn", money("-1234567.5"), {}, "period:1"},
                 {"nova", "us", money("5"), money("0"), "period:2"}};
  report.totals = {{"revenue", money("-1234562.5")}, {"revenue_cash", money("0")}};
  report.column_sums = {{"revenue", "revenue"}};
  report.checks = {{"ties", money("0")}, {"holds", money("0.01")}};
  report.notes = {"said below"};
  return report;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

/// Whether the page says it, in one line or over several.
bool says(std::string text, std::string_view sentence) {
  std::ranges::replace(text, '\n', ' ');
  return text.find(sentence) != std::string::npos;
}

int widest_line(const std::string& text) {
  int width = 0;
  for (const std::string& line : lines_of(text)) width = std::max(width, text_width(line));
  return width;
}

}  // namespace

TEST_CASE("table: title, rows with amounts to the right, totals, checks and notes") {
  CHECK(render_table(sample(), {}) ==
        "Revenue of the period   2024-Q2   CNY   closed   as of record 12, root 0123456789ab\n"
        "\n"
        "investee  region        revenue  other  ref\n"
        "--------  ------  -------------  -----  --------\n"
        "算力      cn      -1,234,567.50      -  period:1\n"
        "nova      us               5.00   0.00  period:2\n"
        "--------  ------  -------------  -----  --------\n"
        "Total             -1,234,562.50\n"
        "\n"
        "revenue cash  0.00\n"
        "\n"
        "check: ties: ok\n"
        "check: holds: DIFFERS by 0.01\n"
        "note: said below\n");
}

TEST_CASE("table: optional columns make way for the width, and the footer says so") {
  // 48 columns as it stands, 38 without ref, 31 without other, 23 without region.
  struct Row {
    int width;
    const char* footer;
  };
  const Row rows[] = {
      {44, "1 column hidden (ref)"},
      {38, "1 column hidden (ref)"},
      {37, "2 columns hidden (ref, other)"},
      {30, "3 columns hidden (ref, other, region)"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.width);
    const std::string text = render_table(sample(), {.width = row.width});
    CHECK(widest_line(text) <= row.width);
    CHECK(says(text, row.footer));
    CHECK(says(text, "-1,234,567.50"));
  }
  // Without a terminal nothing is hidden.
  CHECK(render_table(sample(), {}).find("hidden") == std::string::npos);
}

TEST_CASE("table: a column of amounts that are not zero is never hidden") {
  Report report = sample();
  report.rows[1][3] = money("7.77");
  const std::string text = render_table(report, {.width = 26});
  CHECK(says(text, "7.77"));
  CHECK(says(text, "-1,234,567.50"));
  CHECK(says(text, "2 columns hidden (ref, region)"));
}

TEST_CASE("table: amounts that do not fit beside each other go on below, under the same keys") {
  Report report = sample();
  report.columns = {{"investee", ColumnKind::key}, {"first", ColumnKind::figure},
                    {"second", ColumnKind::figure}, {"third", ColumnKind::figure}};
  report.rows = {{"nova", money("1000000"), money("2000000"), money("3000000")}};
  report.totals = {{"third", money("3000000")}};
  report.column_sums = {{"third", "third"}};
  const std::string text = render_table(report, {.width = 36});
  CHECK(widest_line(text) <= 36);
  const std::vector<std::string> lines = lines_of(text);
  CHECK(std::ranges::count(lines, "nova      1,000,000.00  2,000,000.00") == 1);
  CHECK(std::ranges::count(lines, "nova      3,000,000.00") == 1);
  CHECK(std::ranges::count(lines, "Total     3,000,000.00") == 1);
}

TEST_CASE("table: a figure that is no sum of its column stands below it under its own name") {
  Report report = sample();
  report.columns = {{"key", ColumnKind::key}, {"at_low", ColumnKind::figure},
                    {"at_base", ColumnKind::figure}};
  report.rows = {{"price", money("1060"), money("1100")}, {"volume", money("990"), money("1100")}};
  report.totals = {{"at_base", money("1100")}};
  report.column_sums = {};
  const auto last_row = [&] {
    const std::vector<std::string> lines = lines_of(render_table(report, {}));
    return lines.at(7);
  };
  CHECK(last_row() == "At base            1,100.00");
  // Two beside each other, such as debit and credit, are totals.
  report.totals = {{"at_low", money("2050")}, {"at_base", money("2200")}};
  CHECK(last_row() == "Total   2,050.00  2,200.00");
  report.totals = {{"at_base", money("2200")}};
  report.column_sums = {{"at_base", "at_base"}};
  CHECK(last_row() == "Total             2,200.00");
}

TEST_CASE("table: long texts wrap on a terminal, amounts inside them stay whole") {
  Report report = sample();
  report.columns = {{"line", ColumnKind::key}, {"figure", ColumnKind::text}};
  report.rows = {{std::int64_t{1}, "used 6,000,000.00 USD of 12,000,000.00 USD, left 1 USD"}};
  report.totals = {};
  const std::string text = render_table(report, {.width = 30});
  CHECK(widest_line(text) <= 30);
  const std::vector<std::string> lines = lines_of(text);
  CHECK(std::ranges::count(lines, "1     used 6,000,000.00 USD of") == 1);
  CHECK(std::ranges::count(lines, "      12,000,000.00 USD, left") == 1);
  CHECK(std::ranges::count(lines, "      1 USD") == 1);
}

TEST_CASE("table: text from outside cannot steer the terminal") {
  Report report = sample();
  report.rows[0][0] = "evil\x1b[2J\u202E\nrow";
  report.title = "t\x1b]0;x\x07";
  const std::string text = render_table(report, {});
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find('\x07') == std::string::npos);
  CHECK(text.find("evil\\x1B[2J\\u202E\\nrow") != std::string::npos);
}

TEST_CASE("table: color never carries meaning alone") {
  const std::string plain = render_table(sample(), {});
  std::string colored = render_table(sample(), {.width = {}, .color = true});
  CHECK(colored.find("\x1b[1;31mDIFFERS by 0.01\x1b[0m") != std::string::npos);
  for (const char* code : {"\x1b[1;31m", "\x1b[32m", "\x1b[1m", "\x1b[0m"}) {
    const std::string_view escape{code};
    for (std::size_t at = colored.find(escape); at != std::string::npos; at = colored.find(escape)) {
      colored.erase(at, escape.size());
    }
  }
  CHECK(colored == plain);
}

TEST_CASE("table: the row of the whole stands last; a table without rows says so") {
  Report report = sample();
  report.rows[0][0] = "*";
  const std::vector<std::string> lines = lines_of(render_table(report, {}));
  CHECK(lines[4].starts_with("nova"));
  CHECK(lines[5].starts_with("*"));
  report.rows.clear();
  CHECK(render_table(report, {}).find("nothing to list") != std::string::npos);
}

TEST_CASE("table: sentences stand as paragraphs, wrapped beside their key") {
  Report report = sample();
  report.layout = Layout::paragraphs;
  report.columns = {{"line", ColumnKind::key}, {"question"}, {"figure"}, {"ref"}};
  report.rows = {{std::int64_t{1}, "how much is left?", "left 249,876,543.10 USD", "answers:1"},
                 {std::int64_t{2}, "why?", "so", "answers:2"}};
  report.totals.clear();
  report.checks.clear();
  report.notes.clear();
  const auto page = [&](const TableStyle& style) {
    const std::string text = render_table(report, style);
    return text.substr(text.find("\n\n") + 2);
  };
  CHECK(page({}) ==
        "1     how much is left?\n"
        "      left 249,876,543.10 USD\n"
        "      answers:1\n"
        "2     why?\n"
        "      so\n"
        "      answers:2\n");
  CHECK(page({.width = 21}).starts_with("1     how much is\n"
                                        "      left?\n"
                                        "      left\n"
                                        "      249,876,543.10\n"
                                        "      USD\n"));
}

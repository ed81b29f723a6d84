#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

// The program is no library: the renderer is compiled here.
#include "cli/workbook/cell_at.cpp"
#include "cli/workbook/cell_sum.cpp"
#include "cli/workbook/cell_text.cpp"
#include "cli/workbook/checks.cpp"
#include "cli/workbook/checks_sheet.cpp"
#include "cli/workbook/cover_sheet.cpp"
#include "cli/workbook/live_formulas.cpp"
#include "cli/workbook/render_xlsx.cpp"
#include "cli/workbook/report_sheet.cpp"
#include "cli/workbook/sheet_plan.cpp"
#include "cli/workbook/spreadsheet_number.cpp"
#include "cli/workbook/workbook_file.cpp"
#include "tests/cli/made_reports.h"
#include "tests/cli/program.h"
#include "tests/number/stops.h"
#include "tests/outside/workbooks.h"

using namespace accrue;
using namespace accrue_test;
using json = nlohmann::json;

namespace {

Decimal decimal(const char* text) { return Decimal::parse(text).value(); }

ReadWorkbook read_back(const Document& document) {
  const Scratch scratch;
  scratch.write("book.xlsx", render_xlsx(document));
  return read_workbook(scratch.folder() / "book.xlsx");
}

/// A report of one column of figures, each under a text.
Report column_of(const std::vector<std::pair<std::string, Cell>>& cells) {
  Report report = made_report("column");
  report.columns = {{"name", ColumnKind::key}, {"amount", ColumnKind::figure},
                    {"ref", ColumnKind::text}};
  for (const auto& [name, cell] : cells) report.rows.push_back({name, cell, "column:" + name});
  return report;
}

/// The lines of the sheet of checks whose check holds the text, each as "sheet | check | ...".
std::vector<std::string> checks_with(const ReadWorkbook& workbook, const std::string& text) {
  std::vector<std::string> lines;
  for (int row = 6; !workbook.sheet("Checks").row(row).empty(); ++row) {
    const std::string line = workbook.sheet("Checks").row(row);
    if (line.find(text) != std::string::npos) lines.push_back(line);
  }
  return lines;
}

/// Fails unless the row of the sheet holds what the object does; how many numbers it holds.
std::size_t equal_numbers(const ReadSheet& sheet, std::uint32_t row,
                          const nlohmann::ordered_json& object) {
  std::size_t numbers = 0;
  std::uint16_t column = 0;
  for (const auto& field : object.items()) {
    const auto& value = field.value();
    const std::string at = address(CellAt{row, column++});
    CAPTURE(at);
    const json cell = sheet.at(at);
    if (value.is_null() || value == "") {
      CHECK(cell.is_null());
    } else if (cell.at("type") == "s") {
      CHECK(sheet.value(at) == value.get<std::string>());
    } else {
      const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
      CHECK(decimal(sheet.value(at).c_str()) == decimal(text.c_str()));
      ++numbers;
    }
  }
  return numbers;
}

}  // namespace

TEST_CASE("workbook: sheets have short names of their own, and inputs come first") {
  Report strange = made_report("a/very[long]:name*of?a\\report that goes on");
  Document document = document_of({made_report("growth"), strange, made_report("Growth"),
                                   made_report("checks"), made_report("deal"), strange});
  const std::vector<SheetPlan> plans = plan_sheets(document);
  std::vector<std::string> names;
  for (const SheetPlan& plan : plans) names.push_back(plan.name);
  CHECK(names == std::vector<std::string>{"Inputs", "growth", "a_very_long__name_of_a_report t",
                                          "Growth 2", "checks 2",
                                          "a_very_long__name_of_a_report 2"});
  CHECK(defined_name("trial-balance", "debit") == "trial_balance_debit");
  CHECK(defined_name("growth 2", "a\"=b") == "growth_2_a__b");
  CHECK(defined_name("x", std::string(300, 'y')).size() == 100);
}

TEST_CASE("workbook: a report with more rows than a sheet is refused, not cut") {
  Report report = column_of({});
  report.rows.resize(1'048'576);
  CHECK_THROWS_WITH_AS(plan_sheets(document_of({report})),
                       doctest::Contains("report column has 1048576 rows"), StoreFailure);
}

TEST_CASE("workbook: cover, reports, checks; sums of rows and columns are formulas") {
  if (!can_read_workbooks()) return;
  const ReadWorkbook workbook = read_back(document_of({made_rollforward()}));
  CHECK(workbook.sheet_names == std::vector<std::string>{"Cover", "rollforward", "Checks"});
  CHECK(workbook.created == "1980-01-01T00:00:00");
  const ReadSheet& sheet = workbook.sheet("rollforward");
  CHECK(sheet.value("A1") == "Title of rollforward");
  CHECK(sheet.value("A2") ==
        "book 00112233445566778899aabbccddeeff, 2024-Q2, closed, USD, as of record 17");
  CHECK(sheet.row(4) == "grant | opening | granted | usage | breakage | closing | ref");
  CHECK(sheet.row(5) == "T1 | 100 | 50 | -30 | -20 | 100 | rollforward:T1");
  CHECK(sheet.formula("F5") == "=ROUND(SUM(B5:E5),2)");
  CHECK(sheet.formula("F6") == "=ROUND(SUM(B6:E6),2)");
  CHECK(sheet.row(7) == "Total | 100 | 250 | -80 | -20 | 250");
  CHECK(sheet.formula("F7") == "=ROUND(SUM(F5:F6),2)");
  CHECK(sheet.formula("B5") == "");
  CHECK(sheet.at("B5").at("format") == "#,##0.00");
  CHECK(workbook.names.at("rollforward_closing") == "'rollforward'!$F$7");

  const json& view = sheet.json();
  CHECK(view.at("freeze") == "B5");
  CHECK(view.at("filter") == "A4:G6");
  CHECK(view.at("repeat") == "$4:$4");
  CHECK(view.at("landscape") == true);
  CHECK(view.at("pages") == json::array({1, 0}));
  CHECK(view.at("footer") == json::array({"root " + std::string(64, 'e'), "page &P of &N"}));

  const ReadSheet& cover = workbook.sheet("Cover");
  CHECK(cover.value("A1") == "Reports of 2024-Q2");
  const std::map<std::string, std::string> facts{
      {"entity", "Lunar & Sons"}, {"period", "2024-Q2"},      {"state", "closed"},
      {"currency", "USD"},        {"as of record", "17"},     {"root", std::string(64, 'e')},
      {"program", "accrue 0.1.0"}, {"build", "76e4"},         {"command", "report pack"},
      {"checks", "all checks hold"}};
  for (const auto& fact : facts) {
    CAPTURE(fact.first);
    const std::string at = cover.find(fact.first);
    REQUIRE(!at.empty());
    CHECK(cover.value("B" + at.substr(1)) == fact.second);
  }
  CHECK(cover.find("rollforward") != "");
}

TEST_CASE("workbook: every check of a report and every live total is a line that must be zero") {
  if (!can_read_workbooks()) return;
  const ReadWorkbook workbook = read_back(document_of({made_rollforward()}));
  const ReadSheet& checks = workbook.sheet("Checks");
  CHECK(checks.row(6) == "rollforward | opening + movements = closing |  |  | 0");
  CHECK(checks.formula("E6") == "");
  CHECK(checks.row(11) ==
        "rollforward | sum of closing = closing as stated | 250 | 250 | 0");
  CHECK(checks.formula("C11") == "");
  CHECK(checks.formula("D11") == "='rollforward'!F7");
  CHECK(checks.formula("E11") == "=ROUND(D11-C11,2)");
  CHECK(checks.row(12) == "");
  CHECK(checks.value("E3") == "0");
  CHECK(checks.formula("E3") == "=SUMPRODUCT(ABS(E6:E11))");
  CHECK(checks.json().at("marked") == json::array({"E3", "E6:E11"}));
}

TEST_CASE("workbook: a check that does not hold is said on its line, in the sum and on the cover") {
  if (!can_read_workbooks()) return;
  Report report = made_rollforward();
  report.checks.push_back({"first", money("-0.25")});
  report.checks.push_back({"second", money("0.25")});
  report.checks.push_back({"third", money("1234567890123456.25")});
  const ReadWorkbook workbook = read_back(document_of({report}));
  CHECK(checks_with(workbook, "first") ==
        std::vector<std::string>{"rollforward | first |  |  | -0.25"});
  CHECK(checks_with(workbook, "third") ==
        std::vector<std::string>{
            "rollforward | third (exactly 1234567890123456.25) |  |  | 1234567890123450"});
  CHECK(workbook.sheet("Checks").value("E3") == "1234567890123450");
  const ReadSheet& cover = workbook.sheet("Cover");
  CHECK(cover.find("CHECKS DIFFER: see the sheet Checks") != "");
  CHECK(cover.find("all checks hold") == "");
}

TEST_CASE("workbook: the reports of a pack are tied to each other by formulas") {
  if (!can_read_workbooks()) return;
  std::vector<Report> reports = made_companions();
  reports.insert(reports.begin(), made_rollforward());
  const ReadWorkbook workbook = read_back(document_of(reports));
  struct Row {
    const char *sheets, *check, *figures, *ours, *theirs;
  };
  const Row rows[] = {
      {"rollforward, trial-balance", "closing = contract liability in the trial balance",
       "250 | 250 | 0", "='rollforward'!F7",
       "=-SUMPRODUCT(--EXACT(LEFT('trial-balance'!A5:A9,19),\"Contract liability:\"),"
       "'trial-balance'!B5:B9)"},
      {"rollforward, waterfall", "closing = remaining of the waterfall", "250 | 250 | 0",
       "='rollforward'!F7", "='waterfall'!B11"},
      {"rollforward, rpo", "closing = remaining performance obligation", "250 | 250 | 0",
       "='rollforward'!F7", "='rpo'!B6"},
      {"rollforward, period", "usage + breakage = revenue paid with credits", "100 | 100 | 0",
       "=-'rollforward'!D7-'rollforward'!E7", "='period'!B9"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.check);
    REQUIRE(checks_with(workbook, row.check) ==
            std::vector{std::string{row.sheets} + " | " + row.check + " | " + row.figures});
    const std::string number = workbook.sheet("Checks").find(row.check).substr(1);
    CHECK(workbook.sheet("Checks").formula("C" + number) == row.ours);
    CHECK(workbook.sheet("Checks").formula("D" + number) == row.theirs);
  }
  CHECK(workbook.sheet("waterfall").formula("B11") ==
        "=ROUND(SUMPRODUCT(--EXACT(A5:A8,\"remaining\"),B5:B8),2)");
  CHECK(workbook.sheet("Checks").value("E3") == "0");
}

TEST_CASE("workbook: a tie that does not hold is a difference, one of another range no tie") {
  if (!can_read_workbooks()) return;
  std::vector<Report> reports = made_companions();
  reports.insert(reports.begin(), made_rollforward());
  reports[3].rows[0][1] = money("249.99");  // rpo
  reports[3].totals[0].value = money("249.99");
  reports[4].period->last = Period::parse("2024-05").value();
  reports[2].translation = Translation{"CNY", decimal("0.14"), "2024-06-30"};
  const ReadWorkbook workbook = read_back(document_of(reports));
  CHECK(checks_with(workbook, "remaining performance") ==
        std::vector<std::string>{"rollforward, rpo | closing = remaining performance obligation | "
                                 "250 | 249.99 | -0.01"});
  CHECK(checks_with(workbook, "paid with credits").empty());
  CHECK(checks_with(workbook, "of the waterfall").empty());
  CHECK(workbook.sheet("Checks").value("E3") == "0.01");
}

TEST_CASE("workbook: a figure of one report is the signed sum of figures of another") {
  if (!can_read_workbooks()) return;
  Report sum = made_report("sum");
  sum.columns = {{"name", ColumnKind::key}, {"amount", ColumnKind::figure},
                 {"ref", ColumnKind::text}};
  sum.rows = {{"both", money("200.00"), "sum:both"}, {"absent", money("100.00"), "sum:absent"}};
  using Sign = FigureSource::Sign;
  sum.sources = {{"sum:both#amount", Sign::plus, "rollforward:T1#closing"},
                 {"sum:both#amount", Sign::plus, "rollforward:T2#closing"},
                 {"sum:both#amount", Sign::minus, "rollforward:T1#granted"},
                 {"sum:absent#amount", Sign::plus, "rollforward:T1#closing"},
                 {"sum:absent#amount", Sign::plus, "rollforward:T9#closing"}};
  const ReadWorkbook workbook = read_back(document_of({sum, made_rollforward()}));
  CHECK(workbook.sheet("sum").formula("B5") ==
        "=ROUND(SUM('rollforward'!F5:F6)-SUM('rollforward'!C5),2)");
  CHECK(workbook.sheet("sum").value("B5") == "200");
  CHECK(workbook.sheet("sum").formula("B6") == "");
  CHECK(workbook.sheet("sum").value("B6") == "100");
  // By itself the report has nothing to lead to.
  CHECK(read_back(document_of({sum})).sheet("sum").formula("B5") == "");
}

TEST_CASE("workbook: figures that each follow from the other close no circle") {
  if (!can_read_workbooks()) return;
  Report one = column_of({{"a", money("5.00")}});
  Report two = column_of({{"b", money("5.00")}});
  two.name = "other";
  using Sign = FigureSource::Sign;
  one.sources = {{"column:a#amount", Sign::plus, "column:b#amount"}};
  two.sources = {{"column:b#amount", Sign::plus, "column:a#amount"}};
  const ReadWorkbook workbook = read_back(document_of({one, two}));
  CHECK(workbook.sheet("column").formula("B5") == "=ROUND(SUM('other'!B5),2)");
  CHECK(workbook.sheet("other").formula("B5") == "");
}

TEST_CASE("workbook: a sum that a report declares and does not hold stops the program") {
  Report row = made_rollforward();
  row.rows[0][5] = money("100.01");
  CHECK(stops([&] { render_xlsx(document_of({row})); }));
  Report total = made_rollforward();
  total.totals[4].value = money("250.01");
  CHECK(stops([&] { render_xlsx(document_of({total})); }));
  Report source = column_of({{"a", money("5.00")}, {"b", money("5.01")}});
  source.sources = {{"column:a#amount", FigureSource::Sign::plus, "column:b#amount"}};
  CHECK(stops([&] { render_xlsx(document_of({source})); }));
  CHECK_FALSE(stops([&] { render_xlsx(document_of({made_rollforward()})); }));
}

TEST_CASE("workbook: a part that is not known leaves the sum of its row a plain number") {
  if (!can_read_workbooks()) return;
  Report report = made_rollforward();
  report.rows[1] = {"T2", Cell{}, Cell{}, Cell{}, Cell{}, money("150.00"), "rollforward:T2"};
  report.column_sums.clear();
  const ReadWorkbook workbook = read_back(document_of({report}));
  CHECK(workbook.sheet("rollforward").formula("F5") != "");
  CHECK(workbook.sheet("rollforward").formula("F6") == "");
  CHECK(workbook.sheet("rollforward").value("F6") == "150");
}

TEST_CASE("workbook: a figure that is no sum of its column stands below it under its own name") {
  if (!can_read_workbooks()) return;
  Report report = column_of({{"a", money("5.00")}, {"b", money("5.00")}});
  report.totals = {{"amount", money("5.00")}};
  report.column_sums.clear();
  CHECK(read_back(document_of({report})).sheet("column").value("A7") == "Amount");
  report.totals = {{"amount", money("10.00")}};
  report.column_sums = {{"amount", "amount"}};
  CHECK(read_back(document_of({report})).sheet("column").value("A7") == "Total");
}

TEST_CASE("workbook: a figure of more than 15 digits is text and said so, its sums are stated") {
  if (!can_read_workbooks()) return;
  Report report = column_of({{"a", money("12345678901234.56")},
                             {"b", money("1.00")},
                             {"c", money("-12345678901234.56")}});
  report.totals = {{"amount", money("1.00")}};
  report.column_sums = {{"amount", "amount"}};
  const ReadWorkbook workbook = read_back(document_of({report}));
  const ReadSheet& sheet = workbook.sheet("column");
  CHECK(sheet.at("B5").at("type") == "s");
  CHECK(sheet.value("B5") == "12345678901234.56");
  CHECK(sheet.at("B5").at("align") == "right");
  CHECK(sheet.at("B6").at("type") == "n");
  CHECK(sheet.value("B8") == "1");
  CHECK(sheet.formula("B8") == "");
  CHECK(sheet.find("text, not numbers: B5, B7. A spreadsheet keeps 15 digits of a number and these "
                   "have more; what sums them is stated, not computed") != "");
  CHECK(checks_with(workbook, "sum of amount").empty());
}

TEST_CASE("workbook: hostile texts are strings, and conditions see them as they stand") {
  if (!can_read_workbooks()) return;
  const std::vector<std::string> names{
      "=1+1", "+1", "-1", "@SUM(A1)", "<script>alert(1)</script>", "say \"so\"",
      "http://x.example/", "\xE2\x80\xAEgnp", "a\x01" "b", "_x0041_", "*", "?",
      std::string(10'000, 'z')};
  Report report = column_of({});
  for (const std::string& name : names) {
    report.rows.push_back({name, money("1.00"), "column:" + name});
  }
  report.totals = {{"stars", money("1.00")}, {"quotes", money("1.00")},
                   {"control", money("1.00")}};
  report.column_sums = {{"stars", "amount", {{"name", "*"}}},
                        {"quotes", "amount", {{"name", "say \"so\""}}},
                        {"control", "amount", {{"name", "a\x01" "b"}}}};
  // A literal that reads like the control character as it is shown: the two cannot be told apart.
  report.rows.push_back({"a\\x01b", money("5.00"), "column:double"});
  const ReadWorkbook workbook = read_back(document_of({report}));
  const ReadSheet& sheet = workbook.sheet("column");
  for (std::size_t i = 0; i < names.size(); ++i) {
    CAPTURE(names[i]);
    const json cell = sheet.at("A" + std::to_string(5 + i));
    CHECK(cell.at("type") == "s");
    CHECK_FALSE(cell.contains("formula"));
    CHECK_FALSE(cell.contains("link"));
  }
  CHECK(sheet.value("A5") == "=1+1");
  CHECK(sheet.value("A9") == "<script>alert(1)</script>");
  CHECK(sheet.value("A12") == "\\u202Egnp");
  CHECK(sheet.value("A17").size() == 10'000);
  const std::string stars = sheet.find("stars");
  CHECK(sheet.formula("B" + stars.substr(1)) ==
        "=ROUND(SUMPRODUCT(--EXACT(A5:A18,\"*\"),B5:B18),2)");
  const std::string quotes = sheet.find("quotes");
  CHECK(sheet.formula("B" + quotes.substr(1)) ==
        "=ROUND(SUMPRODUCT(--EXACT(A5:A18,\"say \"\"so\"\"\"),B5:B18),2)");
  CHECK(sheet.formula("B" + sheet.find("control").substr(1)) == "");
}

TEST_CASE("workbook: equal documents give equal bytes, and other documents others") {
  std::vector<Report> reports = made_companions();
  reports.push_back(made_rollforward());
  const std::string once = render_xlsx(document_of(reports));
  CHECK(once == render_xlsx(document_of(reports)));
  reports.back().title += "!";
  CHECK(once != render_xlsx(document_of(reports)));
}

TEST_CASE("workbook: every report and list of a book says in it what it says in JSON") {
  if (!can_read_workbooks()) return;
  const Scratch scratch;
  make_book(scratch);
  scratch.write("may.csv", focus_file(usage_row("ba-1", "2024-05-03T10", "250.125") +
                                      usage_row("ba-1", "2024-05-09T10", "900.5")));
  REQUIRE(scratch.run("import usage may.csv").status == 0);
  std::size_t numbers = 0;
  for (const char* command :
       {"report period 2024-05", "report rollforward 2024-05", "report waterfall 2024-Q2",
        "report trial-balance 2024-05", "report journal 2024-05", "grant list", "drawdown list"}) {
    CAPTURE(command);
    REQUIRE(scratch.run(std::string{command} + " -o book.xlsx").status == 0);
    const std::string bytes = scratch.read("book.xlsx");
    REQUIRE(scratch.run(std::string{command} + " -o book.xlsx").status == 0);
    CHECK(scratch.read("book.xlsx") == bytes);
    const auto report =
        nlohmann::ordered_json::parse(scratch.run(std::string{command} + " -f json").out);
    const ReadWorkbook workbook = read_workbook(scratch.folder() / "book.xlsx");
    REQUIRE(workbook.sheet_names.size() == 3);
    std::uint32_t row = 4;
    for (const auto& object : report.at("rows")) {
      numbers += equal_numbers(workbook.sheet(workbook.sheet_names[1]), row++, object);
    }
    CHECK(workbook.sheet("Checks").value("E3") == "0");
  }
  CHECK(numbers > 40);
}

TEST_CASE("workbook: without a folder for its draft the machine failed, and no file is left") {
  const Scratch scratch;
  make_book(scratch);
  const Run run = scratch.run("grant list -o book.xlsx", "TMPDIR=/nowhere");
  CHECK(run.status == 1);
  CHECK(run.err.find("the workbook cannot be written: no folder for temporary files") !=
        std::string::npos);
  CHECK_FALSE(scratch.has("book.xlsx"));
}

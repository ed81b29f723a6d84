// What another program makes of our formulas: it must come to the very values we kept for them.

#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "accounting/report/reports.h"
#include "cli/workbook/render_xlsx.h"
#include "tests/cli/made_reports.h"
#include "tests/cli/program.h"
#include "tests/golden/reports.h"
#include "tests/outside/workbooks.h"
#include "tests/report/sample_book.h"

using namespace accrue;
using namespace accrue_test;
using namespace accrue::testing;

namespace {

/// Two investees, a refund, breakage, late usage, cash-funded usage and two series of growth.
Document sample_document() {
  SampleBook book{"2024-04"};
  book.add_deal({.id = "T1",
                 .investee = "lunar",
                 .signed_on = "2024-04-10",
                 .face = "333.33",
                 .expires_on = "2024-06-15",
                 .expected_unused_percent = "7"});
  book.add_deal({.id = "T2", .investee = "orrery", .signed_on = "2024-05-01", .face = "40"});
  book.import_usage({{"lunar", "2024-04-20", "30.1"},
                     {"lunar", "2024-05-20", "20.125", "=1+1", "<b>\"r\"</b>"},
                     {"orrery", "2024-05-21", "55.55", "Cash"},
                     {"orrery", "2024-06-02", "-3.1", "Cash"}});
  for (const char* segment : {"Cloud", "cloud"}) {
    book.import_segment(segment, "as reported", "2024-04..2024-06", "1000");
    book.import_segment(segment, "as reported", "2023-04..2023-06", "900");
    for (const char* investee : {"lunar", "orrery"}) {
      book.import_base(investee, segment, "2023-04..2023-06", "1.5");
    }
  }
  book.close("2024-04");
  book.import_usage({{"lunar", "2024-04-25", "10.07"}});
  for (const char* period : {"2024-05", "2024-06"}) book.close(period);
  const BookView view = book.view();
  const PeriodRange range = range_of("2024-Q2");
  const OriginView by = OriginView::as_reported;
  std::vector<Report> reports{period_report(view, range, by).value(),
                              rollforward_report(view, range, by).value(),
                              waterfall_report(view, range, by).value(),
                              trial_balance_report(view, range, by).value(),
                              journal_report(book.store(), view, range, by).value()};
  for (const char* segment : {"Cloud", "cloud"}) {
    reports.push_back(growth_report(view, range, by, {.segment = segment}).value());
  }
  return document_of(reports);
}

/// As sample_document, by hand: sources with signs, and every tie.
Document made_document() {
  std::vector<Report> reports = made_companions();
  reports.push_back(made_rollforward());
  Report sum = made_report("sum");
  sum.columns = {{"name", ColumnKind::key}, {"amount", ColumnKind::figure},
                 {"ref", ColumnKind::text}};
  sum.rows = {{"=2+2", money("200.00"), "sum:both"}};
  using Sign = FigureSource::Sign;
  sum.sources = {{"sum:both#amount", Sign::plus, "rollforward:T1#closing"},
                 {"sum:both#amount", Sign::plus, "rollforward:T2#closing"},
                 {"sum:both#amount", Sign::minus, "rollforward:T1#granted"}};
  // Sums that are no such sums in doubles: 0.1 + 0.2, and ten cents a thousand times.
  Report noise = made_report("noise");
  noise.columns = {{"name", ColumnKind::key}, {"amount", ColumnKind::figure},
                   {"ref", ColumnKind::text}};
  for (int i = 0; i < 1'000; ++i) {
    noise.rows.push_back({"row", money("0.10"), "noise:" + std::to_string(i)});
  }
  noise.totals = {{"amount", money("100.00")}};
  noise.column_sums = {{"amount", "amount"}};
  reports.push_back(sum);
  reports.push_back(noise);
  return document_of(reports);
}

/// Every formula of `theirs` must hold the value that `ours` keeps; how many there are.
std::size_t compare_formulas(const ReadWorkbook& ours, const ReadWorkbook& theirs) {
  std::size_t count = 0;
  for (const std::string& name : ours.sheet_names) {
    const nlohmann::json cells = ours.sheet(name).json().at("cells");
    for (const auto& item : cells.items()) {
      const nlohmann::json& cell = item.value();
      const nlohmann::json computed = theirs.sheet(name).at(item.key());
      const std::string where = name + "!" + item.key();
      CHECK_MESSAGE(computed.value("type", "") != "e", where);
      if (!cell.contains("formula")) continue;
      ++count;
      CHECK_MESSAGE(computed.contains("formula"), where);
      CHECK_MESSAGE(computed.at("value") == cell.at("value"), where, ": ", cell.dump(), " and ",
                    computed.dump());
    }
  }
  return count;
}

}  // namespace

TEST_CASE("workbook: LibreOffice, made to compute every formula, comes to the values kept") {
  if (!can_read_workbooks() || !can_recalculate()) return;
  const Scratch scratch;
  const auto& folder = scratch.folder();
  scratch.write("sample.xlsx", render_xlsx(sample_document()));
  scratch.write("made.xlsx", render_xlsx(made_document()));
  const ReadWorkbook made = read_workbook(folder / "made.xlsx");
  const ReadWorkbook sample = read_workbook(folder / "sample.xlsx");
  // Values that are wrong in the file, of a formula on a sheet and of the verdict: whoever takes
  // the file at its word shows them.
  const auto sheet_number = [&](const std::string& name) {
    return 1 + static_cast<int>(std::ranges::find(made.sheet_names, name) -
                                made.sheet_names.begin());
  };
  tamper_with_workbook(folder / "made.xlsx", folder / "once.xlsx", sheet_number("rollforward"),
                       "F7", "4711");
  tamper_with_workbook(folder / "once.xlsx", folder / "tampered.xlsx", sheet_number("Checks"),
                       "E3", "42");
  REQUIRE(read_workbook(folder / "tampered.xlsx").sheet("rollforward").value("F7") == "4711");

  const auto computed = recalculated(
      folder, {folder / "sample.xlsx", folder / "made.xlsx", folder / "tampered.xlsx"});
  const ReadWorkbook tampered = read_workbook(computed / "tampered.xlsx");
  CHECK(tampered.sheet("rollforward").value("F7") == "250");
  CHECK(tampered.sheet("Checks").value("E3") == "0");

  // 2 rows, 5 totals of them, 4 other totals, a source and the noise; on Checks 10 totals with two
  // formulas each, 4 ties with three, and the verdict; the cover's.
  CHECK(compare_formulas(made, read_workbook(computed / "made.xlsx")) == 13 + 20 + 12 + 1 + 1);
  CHECK(compare_formulas(sample, read_workbook(computed / "sample.xlsx")) > 60);
  for (const ReadWorkbook* workbook : {&made, &sample}) {
    CHECK(workbook->sheet("Checks").value("E3") == "0");
    CHECK(workbook->sheet("Cover").find("all checks hold") != "");
  }
  CHECK(sample.sheet_names.at(7) == "growth 2");
}

TEST_CASE("workbook: LibreOffice comes to the values kept in the packs of every story") {
  if (!can_read_workbooks() || !can_recalculate()) return;
  namespace fs = std::filesystem;
  const Scratch scratch;
  std::vector<fs::path> files;
  for (const fs::directory_entry& example :
       fs::directory_iterator{fs::path{ACCRUE_SOURCE_DIR} / "examples"}) {
    if (!fs::exists(example.path() / "story.sh")) continue;
    const Scratch told;
    tell_story(told, example.path().filename().string());
    std::vector<fs::path> books;
    for (const fs::directory_entry& file : fs::directory_iterator{told.folder()}) {
      if (file.path().extension() == ".accrue") books.push_back(file.path());
    }
    // The books of a story are alike, and the office suite takes its time: two of each.
    std::sort(books.begin(), books.end());
    if (books.size() > 2) books.resize(2);
    for (const fs::path& book : books) {
      const std::string name = book.stem().string();
      for (const std::string flags : {"", " --compare 2024-Q1"}) {
        const fs::path file =
            scratch.folder() / (name + std::to_string(files.size()) + ".xlsx");
        must_run(told, "-b '" + book.string() + "' report pack 2024-Q2" + flags + " -o '" +
                           file.string() + "'");
        files.push_back(file);
      }
    }
  }
  REQUIRE(files.size() > 6);
  const fs::path computed = recalculated(scratch.folder(), files);
  std::size_t compared = 0;
  for (const fs::path& file : files) {
    CAPTURE(file.filename().string());
    const ReadWorkbook ours = read_workbook(file);
    const ReadWorkbook theirs = read_workbook(computed / file.filename());
    const std::size_t formulas = compare_formulas(ours, theirs);
    CHECK(formulas > 0);
    compared += formulas;
    CHECK(theirs.sheet("Checks").value("E3") == "0");
    CHECK(theirs.sheet("Cover").find("all checks hold") != "");
  }
  // A book that knows no deal yet has few.
  CHECK(compared > 50 * files.size());
}

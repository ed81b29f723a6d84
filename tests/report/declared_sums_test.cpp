// What reports say of how their figures follow from each other, added up here from the figures.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/report/make_report.h"
#include "tests/report/saved_sample.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

std::optional<Decimal> figure_in(const Cell& cell) {
  if (const auto* figure = std::get_if<Figure>(&cell)) return figure->value;
  return std::nullopt;
}

std::size_t place_of(const Report& report, const std::string& column) {
  for (std::size_t i = 0; i < report.columns.size(); ++i) {
    if (report.columns[i].name == column) return i;
  }
  FAIL("report " << report.name << " has no column " << column);
  return 0;
}

std::string text_in(const Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell);
  return text == nullptr ? "" : *text;
}

/// How many sums of rows were looked at.
std::size_t check_rows(const Report& report) {
  std::size_t count = 0;
  for (const RowSum& sum : report.row_sums) {
    for (const std::vector<Cell>& row : report.rows) {
      Decimal rest;
      bool is_whole = true;
      for (const std::string& part : sum.of) {
        const std::optional<Decimal> figure = figure_in(row[place_of(report, part)]);
        is_whole = is_whole && figure;
        if (figure) rest += *figure;
      }
      if (!is_whole) continue;
      ++count;
      CHECK(figure_in(row[place_of(report, sum.column)]) == rest);
    }
  }
  return count;
}

/// How many totals were looked at.
std::size_t check_columns(const Report& report) {
  std::size_t count = 0;
  for (const ColumnSum& sum : report.column_sums) {
    CAPTURE(sum.total);
    const auto total = std::ranges::find(report.totals, sum.total, &NamedCell::name);
    REQUIRE(total != report.totals.end());
    if (!figure_in(total->value)) continue;
    Decimal found;
    for (const std::vector<Cell>& row : report.rows) {
      const bool counts = std::ranges::all_of(sum.where, [&](const auto& condition) {
        return text_in(row[place_of(report, condition.first)]) == condition.second;
      });
      const std::optional<Decimal> figure = figure_in(row[place_of(report, sum.column)]);
      if (counts && figure) found += *figure;
    }
    ++count;
    CHECK(figure_in(total->value) == found);
  }
  return count;
}

struct Looked {
  std::size_t rows = 0;
  std::size_t totals = 0;
};

/// Every report that the book can give of some ranges, both ways of counting.
std::map<std::string, Looked> look_at(const SampleBook& book, const GrowthOptions& growth = {}) {
  std::map<std::string, Looked> looked;
  const BookView view = book.view();
  for (const ReportKind kind :
       {ReportKind::period, ReportKind::rollforward, ReportKind::waterfall, ReportKind::growth,
        ReportKind::rpo, ReportKind::disaggregation, ReportKind::concentration,
        ReportKind::related_party, ReportKind::deal, ReportKind::breakage,
        ReportKind::contract_balances, ReportKind::cash_flow, ReportKind::burn_down,
        ReportKind::bridge, ReportKind::flux, ReportKind::trial_balance, ReportKind::journal}) {
    for (const char* range : {"2024-03", "2024-04", "2024-05", "2024-Q2", "2024"}) {
      for (const OriginView by : {OriginView::as_reported, OriginView::by_origin}) {
        CAPTURE(to_string(kind));
        CAPTURE(range);
        const Result<Report> report =
            make_report(book.store(), view, kind, range_of(range), by, {.growth = growth});
        if (!report.ok()) continue;
        Looked& of = looked[std::string{to_string(kind)}];
        of.rows += check_rows(*report);
        of.totals += check_columns(*report);
      }
    }
  }
  return looked;
}

void add_growth(SampleBook& book, const char* segment) {
  book.import_segment(segment, "as reported", "2024-04..2024-06", "1000");
  book.import_segment(segment, "as reported", "2023-04..2023-06", "900");
}

}  // namespace

TEST_CASE("report: sums that reports declare hold to the last digit, in a book with all of it") {
  SampleBook book{"2024-04"};
  book.add_deal({.id = "T1",
                 .investee = "lunar",
                 .signed_on = "2024-04-10",
                 .face = "333.33",
                 .expires_on = "2024-06-15",
                 .expected_unused_percent = "7"});
  book.add_deal({.id = "T2", .investee = "orrery", .signed_on = "2024-05-01", .face = "40"});
  book.import_usage({{"lunar", "2024-04-20", "30.1"},
                     {"lunar", "2024-05-20", "20.125", "credits", "cash"},
                     {"orrery", "2024-05-21", "55.55"},
                     {"orrery", "2024-06-02", "-3.1"}});
  add_growth(book, "Cloud");
  for (const char* name : {"lunar", "orrery"}) {
    book.import_base(name, "Cloud", "2023-04..2023-06", "1.5");
  }
  save(book, saved("plan", "2024-04..2024-06",
                   {{"2024-04", "lunar", "T1", "25.01", "0", "25.01", "1.75"},
                    {"2024-05", "orrery", "", "3", "0", "3", "0"}}));
  book.close("2024-04");
  book.import_usage({{"lunar", "2024-04-25", "10.07"}});
  for (const char* period : {"2024-05", "2024-06"}) book.close(period);
  const std::map<std::string, Looked> looked = look_at(book);
  // April 1 grant, May, the quarter and the year 2 each; counted two ways.
  CHECK(looked.at("rollforward").rows == 2 * (1 + 2 + 2 + 2));
  CHECK(looked.at("waterfall").rows > 0);
  for (const char* report :
       {"period", "rollforward", "waterfall", "trial-balance", "journal", "growth", "flux"}) {
    CAPTURE(report);
    CHECK(looked.at(report).totals > 0);
  }
}

TEST_CASE("report: sums hold where names are those of the reports' own rows") {
  SampleBook book{"2024-04"};
  for (const char* investee : {"*", "other", "remaining"}) {
    book.add_deal({.id = std::string{"before 2024-05"} + investee,
                   .investee = investee,
                   .signed_on = "2024-04-10",
                   .face = "100"});
    book.import_usage({{investee, "2024-04-20", "30.1", "remaining", "credits"},
                       {investee, "2024-05-02", "99"}});
    book.import_base(investee, "*", "2023-04..2023-06", "1.5");
  }
  add_growth(book, "*");
  CHECK(look_at(book).at("growth").totals > 0);
}

TEST_CASE("report: sums hold in a book without anything, and where growth has no figure") {
  CHECK(look_at(SampleBook{"2024-04"}).at("period").totals > 0);
  SampleBook book{"2024-04"};
  book.import_segment("Cloud", "as reported", "2024-04..2024-06", "1000");
  book.import_segment("Cloud", "as reported", "2023-04..2023-06", "0");
  // Both revenues of the segment, of the quarter counted two ways; growth itself is none.
  CHECK(look_at(book).at("growth").totals == 4);
}

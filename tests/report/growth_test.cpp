#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/report/reports.h"
#include "accounting/report/series.h"
#include "tests/report/sample_book.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

Report growth(const SampleBook& book, std::string_view range, const GrowthOptions& options = {}) {
  return growth_report(book.view(), range_of(range), OriginView::as_reported, options).value();
}

const std::vector<std::string> figures{"investee",        "funding",
                                       "current",         "year_ago",
                                       "contribution_pp", "share_of_growth_pct"};

/// The portfolio of four investees: USD millions, 2025 against 2024. Usage of service `gpu` is paid
/// with credits, the rest in cash.
SampleBook polaris() {
  SampleBook book{"2025-01"};
  for (const char* investee : {"P", "Q", "R", "S"}) {
    book.add_deal({.id = std::string{"T"} + investee,
                   .investee = investee,
                   .signed_on = "2025-01-01",
                   .face = "1000",
                   .service = "gpu"});
  }
  book.import_usage({{"P", "2025-02-10", "12"},
                     {"Q", "2025-02-10", "5"},
                     {"S", "2025-02-10", "12"},
                     {"S", "2025-02-11", "18", "storage"},
                     {"P", "2025-05-10", "20"},
                     {"Q", "2025-05-10", "8"},
                     {"R", "2025-05-10", "6"},
                     {"S", "2025-05-10", "18"},
                     {"S", "2025-05-11", "27", "storage"},
                     {"P", "2025-08-10", "31"},
                     {"Q", "2025-08-10", "8"},
                     {"R", "2025-08-10", "12"},
                     {"S", "2025-08-10", "32"},
                     {"S", "2025-08-11", "48", "storage"},
                     {"P", "2025-11-10", "40"},
                     {"Q", "2025-11-10", "4"},
                     {"R", "2025-11-10", "18"},
                     {"S", "2025-11-10", "54"},
                     {"S", "2025-11-11", "81", "storage"}});
  const char* quarters[] = {"Q1", "Q2", "Q3", "Q4"};
  const char* revenue[][2] = {{"900", "1000"}, {"940", "1080"}, {"980", "1180"}, {"1000", "1300"}};
  // The base of S; the others had no revenue.
  const char* base[] = {"10", "12", "15", "20"};
  for (int i = 0; i < 4; ++i) {
    const std::string quarter = quarters[i];
    book.import_segment("cloud", "A", "2024-" + quarter, revenue[i][0]);
    book.import_segment("cloud", "A", "2025-" + quarter, revenue[i][1]);
    book.import_base("S", "cloud", "2024-" + quarter, base[i]);
    for (const char* other : {"P", "Q", "R"}) {
      book.import_base(other, "cloud", "2024-" + quarter, "0");
    }
  }
  return book;
}

}  // namespace

TEST_CASE("growth: the portfolio of four investees, quarter by quarter") {
  const SampleBook book = polaris();
  struct Row {
    const char* quarter;
    const char *growth, *contribution, *without, *share, *current, *year_ago;
  };
  const Row rows[] = {
      // 100/900; 37/900; 953/890; 37/100
      {"2025-Q1", "11.11", "4.11", "7.08", "37.00", "47.00", "10.00"},
      // 140/940; 67/940; 1001/928; 67/140
      {"2025-Q2", "14.89", "7.13", "7.87", "47.86", "79.00", "12.00"},
      // 200/980; 116/980; 1049/965; 116/200
      {"2025-Q3", "20.41", "11.84", "8.70", "58.00", "131.00", "15.00"},
      // 300/1000; 177/1000; 1103/980; 177/300
      {"2025-Q4", "30.00", "17.70", "12.55", "59.00", "197.00", "20.00"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.quarter);
    const Report report = growth(book, row.quarter);
    CHECK(total(report, "growth_pct") == row.growth);
    CHECK(total(report, "investees_contribution_pp") == row.contribution);
    CHECK(total(report, "growth_without_investees_pct") == row.without);
    CHECK(total(report, "investees_share_of_growth_pct") == row.share);
    CHECK(total(report, "investees_current") == row.current);
    CHECK(total(report, "investees_year_ago") == row.year_ago);
    CHECK(broken_checks(report).empty());
  }
}

TEST_CASE("growth: rows are sorted, and contributions add up by largest remainder") {
  const SampleBook book = polaris();
  // In hundredths of a point of 900: 12 -> 133.33, 5 -> 55.56, R 0, S cash 8 -> 88.89,
  // S credits 12 -> 133.33, the rest 63 -> 700.00; the total is 1111.11 -> 1111. Cut they are
  // 133, 55, 0, 88, 133, 700 = 1109: the two left go to 88.89 and 55.56.
  CHECK(rows_text(growth(book, "2025-Q1"), figures) ==
        std::vector<std::string>{
            "* | null | 1000.00 | 900.00 | 11.11 | 100.00",
            "P | cash | 0.00 | 0.00 | 0.00 | 0.00",
            "P | credits | 12.00 | 0.00 | 1.33 | 12.00",
            "Q | cash | 0.00 | 0.00 | 0.00 | 0.00",
            "Q | credits | 5.00 | 0.00 | 0.56 | 5.00",
            "R | cash | 0.00 | 0.00 | 0.00 | 0.00",
            "S | cash | 18.00 | 10.00 | 0.89 | 8.00",
            "S | credits | 12.00 | 0.00 | 1.33 | 12.00",
            "other | null | 953.00 | 890.00 | 7.00 | 63.00",
        });
  CHECK(cell(growth(book, "2025-Q1"), 2, "ref") == "growth:2025-Q1:cloud:A:P:credits");
  CHECK(cell(growth(book, "2025-Q1"), 0, "ref") == "growth:2025-Q1:cloud:A:*:-");
}

TEST_CASE("growth: a year is its quarters; a range that they do not fill is refused") {
  const SampleBook book = polaris();
  const Report year = growth(book, "2025");
  CHECK(total(year, "revenue_current") == "4560.00");
  CHECK(total(year, "revenue_year_ago") == "3820.00");
  CHECK(total(year, "investees_current") == "454.00");
  CHECK(total(year, "growth_pct") == "19.37");  // 740/3820 = 0.193717
  const Result<Report> month =
      growth_report(book.view(), range_of("2025-02"), OriginView::as_reported, {});
  REQUIRE_FALSE(month.ok());
  CHECK(month.error().code == ErrorCode::nothing_to_report);
  CHECK(month.error().notes.front() == "missing: 2025-02");
  const Result<Report> gap =
      growth_report(book.view(), range_of("2025-10..2026-03"), OriginView::as_reported, {});
  CHECK(gap.error().notes.front() == "missing: 2026-01, 2026-02, 2026-03");
}

TEST_CASE("growth: two series are never mixed, and a name that is not held is refused") {
  SampleBook book = polaris();
  book.import_segment("cloud", "B", "2025-Q1", "2000");
  book.import_segment("cloud", "B", "2024-Q1", "1000");
  book.import_segment("cloud", "EUR", "2025-Q1", "2000", "", "EUR");
  book.import_segment("cloud", "EUR", "2024-Q1", "1000", "", "EUR");
  const auto code = [&](const GrowthOptions& options) {
    return growth_report(book.view(), range_of("2025-Q1"), OriginView::as_reported, options)
        .error()
        .code;
  };
  CHECK(code({}) == ErrorCode::usage);
  CHECK(code({.segment = "cloud", .basis = "C"}) == ErrorCode::unknown_id);
  CHECK(code({.segment = "clod", .basis = {}}) == ErrorCode::unknown_id);
  CHECK(code({.segment = {}, .basis = "EUR"}) == ErrorCode::nothing_to_report);
  CHECK(total(growth(book, "2025-Q1", {.segment = {}, .basis = "B"}), "growth_pct") == "100.00");
}

TEST_CASE("growth: drawdown never disclosed, assumed linear, on published revenue") {
  // Millions as published; 270 of credits a quarter from June 2024 on, none a year before.
  SampleBook book{"2024-04"};
  book.add_deal({.id = "T1", .investee = "moonshot", .signed_on = "2024-04-01", .face = "2160"});
  book.import_usage({{"moonshot", "2024-05-10", "270"},
                     {"moonshot", "2024-08-10", "270"},
                     {"moonshot", "2024-11-10", "270"},
                     {"moonshot", "2025-02-10", "270"},
                     {"moonshot", "2025-05-10", "270"}});
  const char* revenue[][3] = {{"2023-Q2", "25065", ""},   {"2024-Q2", "26549", "6"},
                              {"2023-Q3", "27648", ""},   {"2024-Q3", "29610", ""},
                              {"2023-Q4", "28066", ""},   {"2024-Q4", "31742", ""},
                              {"2024-Q1", "25595", ""},   {"2025-Q1", "30127", ""},
                              {"2025-Q2", "33398", "26"}};
  for (const auto& [range, amount, published] : revenue) {
    book.import_segment("CIG", "B", range, amount, published);
  }
  for (const char* quarter : {"2023-Q2", "2023-Q3", "2023-Q4", "2024-Q1"}) {
    book.import_base("moonshot", "CIG", quarter, "0");
  }
  struct Row {
    const char *quarter, *growth, *contribution, *without, *share;
  };
  const Row rows[] = {
      {"2024-Q2", "5.92", "1.08", "4.84", "18.19"},  // 270/1484
      {"2024-Q3", "7.10", "0.98", "6.12", "13.76"},  // 270/1962
      {"2024-Q4", "13.10", "0.96", "12.14", "7.34"},  // 270/3676
      {"2025-Q1", "17.71", "1.05", "16.65", "5.96"},  // 270/4532
      {"2025-Q2", "25.80", "0.00", "26.06", "0.00"},  // 33128/26279
  };
  for (const Row& row : rows) {
    CAPTURE(row.quarter);
    const Report report = growth(book, row.quarter);
    CHECK(total(report, "growth_pct") == row.growth);
    CHECK(total(report, "investees_contribution_pp") == row.contribution);
    CHECK(total(report, "growth_without_investees_pct") == row.without);
    CHECK(total(report, "investees_share_of_growth_pct") == row.share);
  }
  CHECK(total(growth(book, "2024-Q2"), "published_growth_pct") == "6.00");
  CHECK(total(growth(book, "2024-Q2"), "published_difference_pp") == "-0.08");
  CHECK(total(growth(book, "2024-Q3"), "published_growth_pct") == "null");
  // What was published for a quarter says nothing of two.
  CHECK(total(growth(book, "2025-01..2025-06"), "published_growth_pct") == "null");
}

TEST_CASE("growth: where no base is known a row claims nothing, and the rest holds its change") {
  SampleBook book{"2025-01"};
  book.add_deal({.id = "T1", .investee = "a", .signed_on = "2025-01-01", .face = "100"});
  book.add_deal({.id = "T2", .investee = "b", .signed_on = "2025-01-01", .face = "100"});
  // Signed after the range: no investee of it yet.
  book.add_deal({.id = "T3", .investee = "c", .signed_on = "2025-06-01", .face = "100"});
  book.import_usage({{"a", "2025-02-10", "30"}, {"b", "2025-02-10", "20"}});
  book.import_segment("cloud", "A", "2025-Q1", "300");
  book.import_segment("cloud", "A", "2024-Q1", "200");
  book.import_base("a", "cloud", "2024-Q1", "10");
  const Report report = growth(book, "2025-Q1");
  CHECK(rows_text(report, {"investee", "funding", "current", "year_ago", "contribution_pp",
                           "share_of_growth_pct", "note"}) ==
        std::vector<std::string>{
            "* | null | 300.00 | 200.00 | 50.00 | 100.00 | null",
            "a | cash | 0.00 | 10.00 | -5.00 | null | n/m",
            "a | credits | 30.00 | 0.00 | 15.00 | 30.00 | null",
            "b | credits | 20.00 | null | null | null | base unknown",
            "other | null | 250.00 | null | 40.00 | 80.00 | holds the change of b: base unknown",
        });
  CHECK(total(report, "growth_without_investees_pct") == "null");
  CHECK(total(report, "investees_contribution_pp") == "null");
  // a: 70 left, 30 in the two months since its first draw; b: 80 left, 20. Of 300: 10 and 6.67%.
  REQUIRE(report.notes.size() == 3);
  CHECK(report.notes[0].starts_with("base unknown: the book does not hold the revenue of b"));
  CHECK(report.notes[1] == "cliff: the credits of a end in 2025-08 at the present rate; in a like "
                           "period a year after they contribute -10.00 points");
  CHECK(report.notes[2] == "cliff: the credits of b end in 2025-11 at the present rate; in a like "
                           "period a year after they contribute -6.67 points");
  CHECK(total(report, "cliff_contribution_pp") == "-16.67");
  CHECK(total(report, "growth_with_investees_flat_pct") == "null");
  CHECK(total(report, "double_digit") == "with yes, without unknown");
  CHECK(broken_checks(report).empty());
}

TEST_CASE("growth: the year ago comes from the book where the book held it") {
  SampleBook book{"2024-01"};
  book.add_deal({.id = "T1",
                 .investee = "a",
                 .signed_on = "2024-01-01",
                 .face = "100",
                 .expires_on = "2024-03-01"});
  book.import_usage({{"a", "2024-02-10", "40"}, {"a", "2025-02-10", "70"}});
  book.import_segment("cloud", "A", "2025-Q1", "300");
  book.import_segment("cloud", "A", "2024-Q1", "200");
  book.import_base("a", "cloud", "2024-Q1", "99");  // the first month is known from no invoice
  book.close("2024-01");
  book.close("2024-02");
  // Revenue begins in February: January would come from a base of its own, and the quarter's base
  // stands for all of it.
  CHECK(rows_text(growth(book, "2025-Q1"), figures)[1] == "a | cash | 70.00 | 99.00 | -14.50 | null");
  book.import_base("a", "cloud", "2024-01", "9");
  CHECK(rows_text(growth(book, "2025-Q1"), figures) ==
        std::vector<std::string>{
            "* | null | 300.00 | 200.00 | 50.00 | 100.00",
            "a | breakage | 0.00 | 60.00 | -30.00 | null",
            "a | cash | 70.00 | 9.00 | 30.50 | 61.00",
            "a | credits | 0.00 | 40.00 | -20.00 | null",
            "other | null | 230.00 | 91.00 | 69.50 | 139.00",
        });
}

TEST_CASE("growth: zero or less a year ago gives no figure; growth below half a percent no share") {
  SampleBook book{"2024-01"};
  book.add_deal({.id = "T1", .investee = "a", .signed_on = "2024-01-01", .face = "100"});
  book.import_usage({{"a", "2025-02-10", "1"}});
  struct Row {
    const char *basis, *year_ago, *current, *growth, *share;
  };
  const Row rows[] = {
      {"zero", "0", "100", "null", "null"},
      {"negative", "-5", "100", "null", "null"},
      {"0.49%", "10000", "10049", "0.49", "null"},
      {"0.5%", "10000", "10050", "0.50", "100.00"},
      {"falls", "10000", "9000", "-10.00", "null"},
      {"half to even", "80000", "80500", "0.62", "100.00"},  // 0.625
  };
  for (const Row& row : rows) {
    CAPTURE(row.basis);
    book.import_segment("cloud", row.basis, "2024-Q1", row.year_ago);
    book.import_segment("cloud", row.basis, "2025-Q1", row.current);
    const Report report = growth(book, "2025-Q1", {.segment = {}, .basis = row.basis});
    CHECK(total(report, "growth_pct") == row.growth);
    CHECK(cell(report, 0, "share_of_growth_pct") == row.share);
    CHECK(broken_checks(report).empty());
  }
}

TEST_CASE("growth: months and quarters tile a range, the longer first") {
  const auto tiles = [](std::string_view range, const std::vector<const char*>& spans) {
    std::vector<PeriodRange> list;
    for (const char* span : spans) list.push_back(range_of(span));
    const auto found = tile(range_of(range), list);
    std::string text;
    for (const std::size_t i : found.value_or(std::vector<std::size_t>{})) {
      text += (text.empty() ? "" : " ") + std::string{spans[i]};
    }
    return found ? text : "nothing";
  };
  CHECK(tiles("2024-Q1", {"2024-01", "2024-02", "2024-03"}) == "2024-01 2024-02 2024-03");
  CHECK(tiles("2024-Q1", {"2024-01", "2024-02", "2024-Q1", "2024-03"}) == "2024-Q1");
  CHECK(tiles("2024-01..2024-04", {"2024-Q1", "2024-04"}) == "2024-Q1 2024-04");
  CHECK(tiles("2024-02..2024-04", {"2024-Q1", "2024-Q2", "2024-02"}) == "nothing");
  CHECK(tiles("2024-Q1", {"2024-01", "2024-03"}) == "nothing");
  CHECK(tiles("2024-01..2024-02", {"2024-01", "2024-Q1"}) == "nothing");
}

TEST_CASE("growth: by origin a late charge counts in the quarter it belongs to") {
  SampleBook book{"2024-03"};
  book.add_deal({.id = "T1", .investee = "lunar", .signed_on = "2024-03-01", .face = "1000"});
  book.import_usage({{"lunar", "2024-03-05", "10"}});
  book.close("2024-03");
  book.import_usage({{"lunar", "2024-03-20", "5"}, {"lunar", "2024-04-02", "20"}});
  for (const char* quarter : {"2023-Q1", "2023-Q2", "2024-Q1", "2024-Q2"}) {
    book.import_segment("cloud", "A", quarter, quarter[3] == '3' ? "100" : "200");
  }
  book.import_base("lunar", "cloud", "2023-Q1", "1");
  book.import_base("lunar", "cloud", "2023-Q2", "1");
  const auto current = [&](std::string_view range, OriginView by) {
    const Report report = growth_report(book.view(), range_of(range), by, {}).value();
    CHECK(broken_checks(report).empty());
    return total(report, "investees_current");
  };
  CHECK(current("2024-Q1", OriginView::as_reported) == "10.00");
  CHECK(current("2024-Q2", OriginView::as_reported) == "25.00");
  CHECK(current("2024-Q1", OriginView::by_origin) == "15.00");
  CHECK(current("2024-Q2", OriginView::by_origin) == "20.00");
}

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/report/disclosures.h"
#include "tests/report/figure_sums.h"
#include "tests/report/sample_book.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

using Rows = std::vector<std::string>;

Report concentration(const SampleBook& book, std::string_view range,
                     const ConcentrationOptions& options = {},
                     OriginView by = OriginView::as_reported) {
  const Report report = concentration_report(book.view(), range_of(range), by, options).value();
  CHECK(broken_checks(report).empty());
  CHECK(wrong_sums(book, report, by).empty());
  return report;
}

ErrorCode refusal(const SampleBook& book, const ConcentrationOptions& options) {
  const Result<Report> report =
      concentration_report(book.view(), range_of("2025-Q1"), OriginView::as_reported, options);
  REQUIRE_FALSE(report.ok());
  return report.error().code;
}

const Rows columns{"investee",      "revenue",
                   "pct_of_segment", "at_least_10_pct_of_segment",
                   "pct_of_entity",  "at_least_10_pct_of_entity"};

/// Three investees in a segment of 1,000: 12 of P in March, 100 of S, 60 of it in cash; Q uses
/// nothing.
SampleBook three() {
  SampleBook book{"2025-01"};
  for (const char* investee : {"P", "Q", "S"}) {
    book.add_deal({.id = std::string{"T"} + investee,
                   .investee = investee,
                   .signed_on = "2025-01-31",
                   .face = "500",
                   .service = "gpu"});
  }
  book.import_usage({{"P", "2025-03-31", "12"},
                     {"S", "2025-02-10", "40"},
                     {"S", "2025-02-11", "60", "storage"},
                     {"S", "2025-04-01", "1"}});
  book.import_segment("cloud", "A", "2025-Q1", "1000");
  return book;
}

}  // namespace

TEST_CASE("concentration: each investee in percent of the segment, and of a named entity") {
  SampleBook book = three();
  const Report report = concentration(book, "2025-Q1");
  CHECK(rows_text(report, columns) == Rows{"* | 1000.00 | 100.00 | null | null | null",
                                           "P | 12.00 | 1.20 | no | null | null",
                                           "Q | 0.00 | 0.00 | no | null | null",
                                           "S | 100.00 | 10.00 | yes | null | null"});
  CHECK(total(report, "segment_revenue") == "1000.00");
  CHECK(total(report, "entity_revenue") == "null");
  CHECK(total(report, "investees_revenue") == "112.00");
  CHECK(total(report, "investees_pct") == "11.20");
  CHECK(total(report, "top_1_pct") == "10.00");
  CHECK(total(report, "top_5_pct") == "11.20");
  REQUIRE(report.notes.size() == 1);
  CHECK(report.notes.front().find("--entity NAME") != std::string::npos);
  CHECK(cell(report, 3, "ref") == "concentration:2025-Q1:cloud:A:-:S");
  CHECK(sources_of(report, "concentration:2025-Q1:cloud:A:-:S#revenue") ==
        Rows{"+ period:2025-Q1:S:-:usage:storage:r1#revenue",
             "+ period:2025-Q1:S:TS:usage:gpu:r1#revenue"});

  book.import_segment("group", "A", "2025-Q1", "2900");
  // 12/2900 = 0.41%, 100/2900 = 3.45%, 1000/2900 = 34.48%.
  const Report of_group = concentration(book, "2025-Q1", {.entity = "group"});
  CHECK(rows_text(of_group, columns) == Rows{"* | 1000.00 | 100.00 | null | 34.48 | null",
                                             "P | 12.00 | 1.20 | no | 0.41 | no",
                                             "Q | 0.00 | 0.00 | no | 0.00 | no",
                                             "S | 100.00 | 10.00 | yes | 3.45 | no"});
  CHECK(total(of_group, "entity_revenue") == "2900.00");
  CHECK(of_group.notes.empty());
  CHECK(cell(of_group, 3, "ref") == "concentration:2025-Q1:cloud:A:group:S");
}

TEST_CASE("concentration: ten percent is tested on the exact ratio, not on what is shown") {
  struct Row {
    const char *segment, *percent, *answer;
  };
  const Row rows[] = {
      {"1000", "10.00", "yes"},
      // 100/1000.01 = 9.9999%, shown as 10.00.
      {"1000.01", "10.00", "no"},
      {"999.99", "10.00", "yes"},
      {"1001", "9.99", "no"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.segment);
    SampleBook book = three();
    book.import_segment("whole", "A", "2025-Q1", row.segment);
    const Report report =
        concentration(book, "2025-Q1", {.segment = "whole", .entity = "whole"});
    CHECK(row_text(report, 3, columns) == std::string{"S | 100.00 | "} + row.percent + " | " +
                                              row.answer + " | " + row.percent + " | " +
                                              row.answer);
  }
}

TEST_CASE("concentration: the largest one, five and ten") {
  SampleBook book{"2025-01"};
  // 1, 2, ... 11: the largest five come to 45, the largest ten to 65, of 200.
  std::vector<Use> uses;
  for (int i = 1; i <= 11; ++i) {
    const std::string name = "I" + std::to_string(i);
    book.add_deal({.id = "T" + name, .investee = name, .signed_on = "2025-01-01", .face = "50"});
    uses.push_back({name, "2025-01-10", std::to_string(i)});
  }
  book.import_usage(uses);
  book.import_segment("cloud", "A", "2025-01", "200");
  const Report report = concentration(book, "2025-01");
  CHECK(total(report, "top_1_pct") == "5.50");
  CHECK(total(report, "top_5_pct") == "22.50");
  CHECK(total(report, "top_10_pct") == "32.50");
  CHECK(total(report, "investees_pct") == "33.00");
}

TEST_CASE("concentration: revenue of zero or less gives no figure") {
  SampleBook book = three();
  book.import_segment("none", "A", "2025-Q1", "0");
  const Report report =
      concentration(book, "2025-Q1", {.segment = "none", .entity = "none"});
  CHECK(row_text(report, 3, columns) == "S | 100.00 | null | null | null | null");
  CHECK(total(report, "top_1_pct") == "null");
  CHECK(report.notes == Rows{"no share of the segment: its revenue is not above zero",
                             "no share of the entity: its revenue is not above zero"});
}

TEST_CASE("concentration: the entity's series is chosen apart from the segment's") {
  SampleBook book = three();
  CHECK(refusal(book, {.entity = "group"}) == ErrorCode::unknown_id);
  book.import_segment("group", "audited", "2025-Q1", "2000");
  CHECK(refusal(book, {}) == ErrorCode::usage);
  CHECK(refusal(book, {.segment = "clod"}) == ErrorCode::unknown_id);
  // The segment is the other one; the entity has a series of another name.
  CHECK(total(concentration(book, "2025-Q1", {.entity = "group"}), "entity_revenue") == "2000.00");
  // Of several series of the entity, the one named as the segment's.
  book.import_segment("group", "draft", "2025-Q1", "2500");
  CHECK(refusal(book, {.entity = "group"}) == ErrorCode::usage);
  book.import_segment("group", "A", "2025-Q1", "2200");
  CHECK(total(concentration(book, "2025-Q1", {.entity = "group"}), "entity_revenue") == "2200.00");
  // Both must fill the range.
  book.import_segment("cloud", "A", "2025-Q2", "1000");
  CHECK(concentration_report(book.view(), range_of("2025-Q2"), OriginView::as_reported,
                             {.entity = "group"})
            .error()
            .code == ErrorCode::nothing_to_report);
}

TEST_CASE("concentration: a late charge counts where it is booked, or by origin where it belongs") {
  SampleBook book = three();
  for (const char* period : {"2025-01", "2025-02", "2025-03"}) book.close(period);
  book.import_usage({{"P", "2025-03-31", "88"}});
  CHECK(row_text(concentration(book, "2025-Q1"), 1, columns) ==
        "P | 12.00 | 1.20 | no | null | null");
  const Report origin = concentration(book, "2025-Q1", {}, OriginView::by_origin);
  CHECK(row_text(origin, 1, columns) == "P | 100.00 | 10.00 | yes | null | null");
  CHECK(cell(origin, 1, "ref") == "concentration/by-origin:2025-Q1:cloud:A:-:P");
}

#include "accounting/audit/sample.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/audit/sample_evaluation.h"
#include "tests/report/sample_book.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

using Rows = std::vector<std::string>;
const Rows columns{"selection", "investee", "grant", "point", "book_value", "ref"};

Decimal decimal(const std::string& text) { return Decimal::parse(text).value(); }

/// Face drawn in March: 100 + 40 + 50 + 60 + 300 - 20 = 530; the prices are the faces. In reach of
/// an interval of 100 lie 40 + 50 + 60 = 150, in the top stratum 100 + 300.
SampleBook march() {
  SampleBook book{"2024-03"};
  book.add_deal({.id = "T1", .investee = "lunar", .signed_on = "2024-03-01", .face = "1000"});
  book.add_deal({.id = "T2", .investee = "nova", .signed_on = "2024-03-01", .face = "500"});
  book.import_usage({{"lunar", "2024-03-01", "100"},
                     {"nova", "2024-03-01", "40"},
                     {"lunar", "2024-03-02", "50"},
                     {"nova", "2024-03-02", "60"},
                     {"lunar", "2024-03-03", "300"},
                     {"lunar", "2024-03-05", "-20"}});
  return book;
}

SampleTerms units(std::int64_t seed, Strata strata = Strata::none) {
  return {{SampleOf::draws, range_of("2024-03")}, MonetaryUnits{decimal("100")}, seed, strata};
}
SampleTerms random(std::int64_t seed, std::int64_t count, Strata strata = Strata::none) {
  return {{SampleOf::draws, range_of("2024-03")}, RandomItems{count}, seed, strata};
}

Report report_of(const SampleBook& book, const SampleTerms& terms,
                 SampleRows rows = SampleRows::selected) {
  const BookView view = book.view();
  return sample_report(view, terms, draw_sample(book.store(), view, terms).value(), rows);
}

Report evaluated(const SampleBook& book, const SampleTerms& terms,
                 const std::vector<AuditedAmount>& findings, int confidence = 95) {
  const BookView view = book.view();
  return evaluate_sample(view, terms, draw_sample(book.store(), view, terms).value(), findings,
                         confidence)
      .value();
}

}  // namespace

// The start of seed 3 is 47.26 (sample_selection_test.cpp): of 40, 50, 60 laid end to end the 50
// holds it, and the 60 holds 147.26.
TEST_CASE("sample: monetary units of draws, the top stratum taken whole") {
  const SampleBook book = march();
  const Report report = report_of(book, units(3));
  CHECK(rows_text(report, columns) ==
        Rows{"top stratum | lunar | T1 | null | 100.00 | draw:4:1:1",
             "interval | lunar | T1 | 47.26 | 50.00 | draw:4:3:1",
             "interval | nova | T2 | 147.26 | 60.00 | draw:4:4:1",
             "top stratum | lunar | T1 | null | 300.00 | draw:4:5:1"});
  CHECK(total(report, "book_total") == "530.00");
  CHECK(total(report, "population") == "550.00");
  CHECK(total(report, "population_items") == "5");
  CHECK(total(report, "top_stratum") == "400.00");
  CHECK(total(report, "excluded_negative") == "-20.00");
  CHECK(total(report, "excluded_negative_items") == "1");
  CHECK(total(report, "excluded_zero_items") == "0");
  CHECK(total(report, "selected") == "510.00");
  REQUIRE(report.checks.size() == 2);
  CHECK(broken_checks(report).empty());
  // Another seed begins elsewhere: 11.35 lies in the 40, 111.35 in the 60.
  CHECK(rows_text(report_of(book, units(1)), {"point", "ref"}) ==
        Rows{"null | draw:4:1:1", "11.35 | draw:4:2:1", "111.35 | draw:4:4:1",
             "null | draw:4:5:1"});
  CHECK(rows_text(report_of(book, units(3), SampleRows::excluded), {"selection", "book_value"}) ==
        Rows{"negative | -20.00"});
}

// lunar starts at 13.31 and has 50 below the interval; nova at 87.18 and has 40 and 60.
TEST_CASE("sample: each stratum starts on its own") {
  const Report report = report_of(march(), units(3, Strata::by_investee));
  CHECK(rows_text(report, {"investee", "point", "book_value"}) ==
        Rows{"lunar | null | 100.00", "lunar | 13.31 | 50.00", "lunar | null | 300.00",
             "nova | 87.18 | 60.00"});
  CHECK(total(report, "by") == "investee");
}

// The lowest tickets of seed 3: 4:4, 4:3, 4:5, 4:2, 4:1, as 0aaa7817.. of draw:4:4:1, 25857f83.. of
// draw:4:3:1, 5fdd888f.. of draw:4:5:1, 7e2ed5d2.. of draw:4:2:1, 97c2b1dc.. of draw:4:1:1.
TEST_CASE("sample: random items have the lowest tickets, in the order of the population") {
  const SampleBook book = march();
  CHECK(rows_text(report_of(book, random(3, 2)), {"selection", "ref"}) ==
        Rows{"random | draw:4:3:1", "random | draw:4:4:1"});
  CHECK(rows_text(report_of(book, random(3, 3)), {"ref"}) ==
        Rows{"draw:4:3:1", "draw:4:4:1", "draw:4:5:1"});
  // One of each investee; more than there are takes all.
  CHECK(rows_text(report_of(book, random(3, 1, Strata::by_investee)), {"ref"}) ==
        Rows{"draw:4:3:1", "draw:4:4:1"});
  CHECK(report_of(book, random(3, 99)).rows.size() == 5);
}

// Every usage dollar is a dollar of revenue; March is closed, and a late refund of 2 in April takes
// revenue back: a line below zero.
TEST_CASE("sample: lines of revenue tie to the movement in the trial balance") {
  SampleBook book = march();
  book.close("2024-03");
  book.import_usage({{"lunar", "2024-03-06", "-2"}, {"nova", "2024-04-01", "7"}});
  const SampleTerms terms{{SampleOf::entries, range_of("2024-03..2024-04")},
                          MonetaryUnits{decimal("50")}, 1, Strata::none};
  const Report report = report_of(book, terms);
  CHECK(total(report, "book_total") == "535.00");
  CHECK(total(report, "excluded_negative") == "-2.00");
  CHECK(total(report, "role") == "revenue");
  CHECK(broken_checks(report).empty());
  SampleTerms asset = terms;
  asset.population.role = AccountRole::investment;
  CHECK(total(report_of(book, asset), "book_total") == "1500.00");
  CHECK(broken_checks(report_of(book, asset)).empty());
  asset.population.role = AccountRole::cash;
  CHECK(draw_sample(book.store(), book.view(), asset).error().code ==
        ErrorCode::nothing_to_report);
}

TEST_CASE("sample: what no grant pays is a population of its own") {
  SampleBook book = march();
  book.import_usage({{"nova", "2024-03-09", "450"}});
  SampleTerms terms = units(3);
  terms.population.of = SampleOf::cash_funded;
  const Report report = report_of(book, terms);
  // 500 of face, 100 used before: 50 of the 450 are left over.
  CHECK(total(report, "book_total") == "50.00");
  CHECK(broken_checks(report).empty());
  CHECK(total(report_of(book, units(3)), "book_total") == "930.00");
}

TEST_CASE("sample: a period without items is refused, and a currency that none is in") {
  const SampleBook book = march();
  SampleTerms terms = units(3);
  terms.population.period = range_of("2024-04");
  CHECK(draw_sample(book.store(), book.view(), terms).error().code ==
        ErrorCode::nothing_to_report);
  terms = units(3);
  terms.population.currency = Currency::from_code("CNY").value();
  CHECK(draw_sample(book.store(), book.view(), terms).error().code ==
        ErrorCode::nothing_to_report);
}

// By hand: the 300 should be 250 (top, 50 as found); the 60 should be 45: tainting 25%, projected
// 25; 3.00 x 100 basic; (1.75 - 1) x 25 = 18.75. 50 + 25 + 300 + 18.75 = 393.75. The 50 should be
// 60: an understatement, tainting 20%, projected 20; 300 + 20 + 15 = 335.
TEST_CASE("evaluation: what was found is projected, with an upper limit") {
  const Report report = evaluated(march(), units(3),
                                  {{"draw:4:1:1", decimal("100")},
                                   {"draw:4:3:1", decimal("60")},
                                   {"draw:4:4:1", decimal("45")},
                                   {"draw:4:5:1", decimal("250")}});
  CHECK(rows_text(report, {"direction", "selection", "book_value", "audited", "misstatement",
                           "tainting_pct", "projected", "factor", "allowance", "ref"}) ==
        Rows{"overstatement | top stratum | 300.00 | 250.00 | 50.00 | 16.67 | 50.00 | null | null "
             "| draw:4:5:1",
             "overstatement | interval | 60.00 | 45.00 | 15.00 | 25.00 | 25.00 | 1.75 | 18.75 | "
             "draw:4:4:1",
             "understatement | interval | 50.00 | 60.00 | 10.00 | 20.00 | 20.00 | 1.75 | 15.00 | "
             "draw:4:3:1"});
  CHECK(total(report, "overstatement_known") == "65.00");
  CHECK(total(report, "overstatement_projected") == "75.00");
  CHECK(total(report, "overstatement_basic_precision") == "300.00");
  CHECK(total(report, "overstatement_incremental_allowance") == "18.75");
  CHECK(total(report, "overstatement_upper_limit") == "393.75");
  CHECK(total(report, "understatement_upper_limit") == "335.00");
}

// Items 50 and 60 of five, 550 in all; the 60 should be 49: 11 wrong of 110 seen. By difference
// 5 x 11 / 2 = 27.50, by ratio 550 x 11 / 110 = 55.
TEST_CASE("evaluation: a random sample is projected both ways, and no limit is claimed") {
  const Report report = evaluated(march(), random(3, 2),
                                  {{"draw:4:3:1", decimal("50")}, {"draw:4:4:1", decimal("49")}});
  CHECK(total(report, "known") == "11.00");
  CHECK(total(report, "projected_by_difference") == "27.50");
  CHECK(total(report, "projected_by_ratio") == "55.00");
  CHECK(total(report, "overstatement_upper_limit") == "no total overstatement_upper_limit");
}

TEST_CASE("evaluation: every item needs a finding, and every finding an item") {
  const SampleBook book = march();
  const BookView view = book.view();
  const SampleTerms terms = random(3, 2);
  const Sample sample = draw_sample(book.store(), view, terms).value();
  const auto code = [&](const std::vector<AuditedAmount>& findings) {
    return evaluate_sample(view, terms, sample, findings, 95).error().code;
  };
  CHECK(code({{"draw:4:3:1", decimal("50")}}) == ErrorCode::finding_missing);
  CHECK(code({{"draw:4:3:1", decimal("50")},
              {"draw:4:4:1", decimal("60")},
              {"draw:4:5:1", decimal("300")}}) == ErrorCode::unknown_id);
}

#include "accounting/report/presentation.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/report/disclosures.h"
#include "tests/report/sample_book.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

using Rows = std::vector<std::string>;

Report by_service(const SampleBook& book, std::string_view range) {
  return disaggregation_report(book.view(), range_of(range), OriginView::as_reported,
                               Dimension::service)
      .value();
}

SampleBook used(const std::vector<Use>& uses) {
  SampleBook book{"2024-01"};
  book.add_deal({.id = "A", .investee = "lunar", .signed_on = "2024-01-01", .face = "100000"});
  book.import_usage(uses);
  return book;
}

Currency currency(std::string_view code) { return Currency::from_code(code).value(); }

}  // namespace

// cpu is only in January, tpu only in February: no row is no revenue, but no share either.
TEST_CASE("presentation: two periods beside each other, and the change") {
  const SampleBook book = used({{"lunar", "2024-01-10", "3", "gpu"},
                                {"lunar", "2024-01-11", "1", "cpu"},
                                {"lunar", "2024-02-10", "5", "gpu"},
                                {"lunar", "2024-02-11", "5", "tpu"}});
  const Report report = compared(by_service(book, "2024-02"), by_service(book, "2024-01"));
  CHECK(rows_text(report, {"service", "revenue", "revenue_before", "revenue_change", "percent",
                           "percent_before", "percent_change", "ref"}) ==
        Rows{"cpu | 0.00 | 1.00 | -1.00 | null | 25.00 | null | disaggregation:2024-01:service:cpu",
             "gpu | 5.00 | 3.00 | 2.00 | 50.00 | 75.00 | -25.00 | disaggregation:2024-02:service:gpu",
             "tpu | 5.00 | 0.00 | 5.00 | 50.00 | null | null | disaggregation:2024-02:service:tpu"});
  CHECK(total(report, "revenue") == "10.00");
  CHECK(total(report, "revenue_before") == "4.00");
  CHECK(total(report, "revenue_change") == "6.00");
  CHECK(report.title == "Revenue by service, compared with 2024-01");
  CHECK(report.checks.size() == 2);
  CHECK(report.checks.back().name.starts_with("2024-01: "));
}

// At 1.25 dollars a euro 10 are 8 and 0.03 are 0.024, which is 0.02; the rate of the last day counts.
TEST_CASE("presentation: in another currency at the rate of the last day, footed again") {
  SampleBook book = used({{"lunar", "2024-01-10", "10", "gpu"},
                          {"lunar", "2024-01-10", "0.03", "cpu"},
                          {"lunar", "2024-01-10", "0.03", "tpu"}});
  book.import_rate("EUR", "2024-01-05", "2");
  book.import_rate("EUR", "2024-01-31", "1.25");
  book.import_rate("EUR", "2024-02-01", "3");
  const BookView view = book.view();
  const Report report = translated(by_service(book, "2024-01"), view.state, currency("EUR")).value();
  CHECK(rows_text(report, {"service", "credits", "revenue", "percent"}) ==
        Rows{"cpu | 0.02 | 0.02 | 0.30", "gpu | 8.00 | 8.00 | 99.40", "tpu | 0.02 | 0.02 | 0.30"});
  // 10.06 are 8.048, on their own 8.05.
  CHECK(total(report, "revenue") == "8.04");
  CHECK(report.notes.front() ==
        "rounding: credits is the sum of what is shown, 8.04; rounded on its own it is 8.05");
  CHECK(report.currency == "EUR");
  REQUIRE(report.translation.has_value());
  CHECK(report.translation->from == "USD");
  CHECK(report.translation->rate_on == "2024-01-31");
  CHECK(report.notes.back().starts_with(
      "translated for convenience: 1.25 USD per EUR of 2024-01-31; the book is kept in USD"));
  CHECK(report.sources.empty());
  // The yen has no smaller unit.
  CHECK(translated(by_service(book, "2024-01"), view.state, currency("JPY")).error().code ==
        ErrorCode::rate_missing);
  book.import_rate("JPY", "2024-01-01", "0.008");
  const Report yen = translated(by_service(book, "2024-01"), book.view().state, currency("JPY")).value();
  // 0.03 / 0.008 = 3.75, 10 / 0.008 = 1250.
  CHECK(rows_text(yen, {"revenue"}) == Rows{"4", "1250", "4"});
  CHECK(translated(by_service(book, "2024-01"), view.state, currency("USD")).value().title ==
        "Revenue by service");
  CHECK(translated(by_service(book, "2023-12"), view.state, currency("EUR")).error().code ==
        ErrorCode::rate_missing);
}

// 1,250 is 1.2 thousand and 1,350 is 1.4, half to even: 2.6 as shown, and 2.6 on its own. 1,250 twice
// is 2.4 as shown and 2.5 on its own.
TEST_CASE("presentation: in thousands, footed after rounding with the rounding said") {
  const SampleBook book = used({{"lunar", "2024-01-10", "1250", "gpu"}, {"lunar", "2024-01-10", "1350", "cpu"},
                                {"lunar", "2024-02-10", "1250", "gpu"}, {"lunar", "2024-02-10", "1250", "cpu"}});
  const Report even = in_unit(by_service(book, "2024-01"), Unit::thousand);
  CHECK(rows_text(even, {"service", "revenue", "percent"}) == Rows{"cpu | 1.4 | 51.92", "gpu | 1.2 | 48.08"});
  CHECK(total(even, "revenue") == "2.6");
  CHECK(even.notes.empty());
  const Report odd = in_unit(by_service(book, "2024-02"), Unit::thousand);
  CHECK(rows_text(odd, {"revenue"}) == Rows{"1.2", "1.2"});
  CHECK(total(odd, "revenue") == "2.4");
  CHECK(odd.notes.back() ==
        "rounding: revenue is the sum of what is shown, 2.4; rounded on its own it is 2.5");
  CHECK(odd.title == "Revenue by service, in thousands");
  CHECK(total(in_unit(by_service(book, "2024-02"), Unit::million), "revenue") == "0.0");
  CHECK(in_unit(by_service(book, "2024-02"), Unit::one).title == "Revenue by service");
}

// What remains of the price has no parts: it is not made of nothing.
TEST_CASE("presentation: a figure without parts is footed as it is") {
  const SampleBook book = used({{"lunar", "2024-01-10", "1250", "gpu"}});
  const Report report = in_unit(
      waterfall_report(book.view(), range_of("2024-01"), OriginView::as_reported).value(),
      Unit::thousand);
  CHECK(rows_text(report, {"recognised_in", "usage", "amount"}) ==
        Rows{"2024-01 | 1.2 | 1.2", "remaining | null | 98.8"});
}

TEST_CASE("presentation: a check that fails is not rounded away") {
  Report report;
  report.columns = {{"ref", ColumnKind::text}};
  report.checks = {{"a tie", {Decimal::parse("0.01").value(), 2, Measure::money}}};
  CHECK(broken_checks(in_unit(report, Unit::million)).size() == 1);
}

// The total of growth is that of the row without an investee and a funding.
TEST_CASE("presentation: a total over rows with an empty cell is footed over them") {
  SampleBook book{"2024-01"};
  book.import_segment("cloud", "a", "2023-02", "500");
  book.import_segment("cloud", "a", "2024-02", "800");
  const Report report =
      in_unit(growth_report(book.view(), range_of("2024-02"), OriginView::as_reported, {}).value(),
              Unit::thousand);
  CHECK(total(report, "revenue_current") == "0.8");
  CHECK(total(report, "revenue_year_ago") == "0.5");
  CHECK(total(report, "growth_pct") == "60.00");
}

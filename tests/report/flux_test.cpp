#include "accounting/report/flux.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/audit/explain.h"
#include "accounting/report/make_report.h"
#include "tests/report/saved_sample.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

using Rows = std::vector<std::string>;
const Rows columns{"investee",         "funding",        "grant",
                   "forecast",         "actual",         "difference",
                   "difference_pct",   "forecast_to_date", "actual_to_date",
                   "difference_to_date", "difference_to_date_pct"};

/// Expected of January to March: of A 10 a month, 5 in cash in the first two; B of 80 expires unused
/// in February; of a tranche that never came 7 in March.
ForecastSaved plan(std::string_view name = "plan") {
  return saved(name, "2024-01..2024-03",
               {{"2024-01", "lunar", "", "5", "0", "5", "0"},
                {"2024-01", "lunar", "A", "10", "0", "10", "0"},
                {"2024-02", "lunar", "", "5", "0", "5", "0"},
                {"2024-02", "lunar", "A", "10", "0", "10", "0"},
                {"2024-02", "nova", "B", "0", "80", "0", "80"},
                {"2024-03", "lunar", "A", "10", "0", "10", "0"},
                {"2024-03", "lunar", "X", "7", "0", "7", "0"}});
}

/// What came: of A 10, 12, 30; in cash 4 in January; of B 20 in February, 60 expired.
SampleBook planned_book() {
  SampleBook book{"2024-01"};
  book.add_deal({.id = "A", .investee = "lunar", .signed_on = "2024-01-01", .face = "150",
                 .service = "gpu"});
  book.add_deal({.id = "B", .investee = "nova", .signed_on = "2024-01-01", .face = "80",
                 .expires_on = "2024-03-01"});
  save(book, plan());
  book.import_usage({{"lunar", "2024-01-10", "10"},
                     {"lunar", "2024-01-11", "4", "disk"},
                     {"lunar", "2024-02-10", "12"},
                     {"nova", "2024-02-11", "20"},
                     {"lunar", "2024-03-10", "30"}});
  for (const char* month : {"2024-01", "2024-02"}) book.close(month);
  return book;
}

Report flux(const SampleBook& book, std::string_view range, const FluxOptions& options = {},
            OriginView by = OriginView::as_reported) {
  return flux_report(book.view(), range_of(range), by, options).value();
}

Error refusal(const SampleBook& book, std::string_view range, const FluxOptions& options = {}) {
  return flux_report(book.view(), range_of(range), OriginView::as_reported, options).error();
}

}  // namespace

TEST_CASE("flux: what was expected, what came, and the difference, in the month and to date") {
  const Report report = flux(planned_book(), "2024-02");
  CHECK(rows_text(report, columns) ==
        Rows{"lunar | cash | null | 5.00 | 0.00 | -5.00 | -100.00 | 10.00 | 4.00 | -6.00 | -60.00",
             "lunar | credits | A | 10.00 | 12.00 | 2.00 | 20.00 | 20.00 | 22.00 | 2.00 | 10.00",
             "nova | breakage | B | 80.00 | 60.00 | -20.00 | -25.00 | 80.00 | 60.00 | -20.00 | "
             "-25.00",
             "nova | credits | B | 0.00 | 20.00 | 20.00 | null | 0.00 | 20.00 | 20.00 | null"});
  CHECK(total(report, "forecast") == "95.00");
  CHECK(total(report, "actual") == "92.00");
  CHECK(total(report, "difference") == "-3.00");
  CHECK(total(report, "difference_pct") == "-3.16");
  CHECK(total(report, "forecast_to_date") == "110.00");
  CHECK(total(report, "actual_to_date") == "106.00");
  CHECK(total(report, "difference_to_date_pct") == "-3.64");
  CHECK(broken_checks(report).empty());
  CHECK(report.checks.size() == 3);
}

TEST_CASE("flux: what was expected of a grant that never came is a difference too") {
  const Report report = flux(planned_book(), "2024-03");
  CHECK(rows_text(report, {"funding", "grant", "forecast", "actual", "difference"}) ==
        Rows{"cash | null | 0.00 | 0.00 | 0.00", "credits | A | 10.00 | 30.00 | 20.00",
             "credits | X | 7.00 | 0.00 | -7.00", "breakage | B | 0.00 | 0.00 | 0.00",
             "credits | B | 0.00 | 0.00 | 0.00"});
  CHECK(broken_checks(report).empty());
  // A quarter: all of 127 against 136.
  const Report quarter = flux(planned_book(), "2024-Q1");
  CHECK(total(quarter, "forecast") == "127.00");
  CHECK(total(quarter, "actual") == "136.00");
  CHECK(total(quarter, "difference_to_date") == "9.00");
}

// 3 of January came late: booked in March, they belong to January.
TEST_CASE("flux: by origin, late usage counts where it belongs") {
  SampleBook book = planned_book();
  book.import_usage({{"lunar", "2024-01-20", "3"}});
  CHECK(total(flux(book, "2024-01"), "actual") == "14.00");
  const Report report = flux(book, "2024-01", {}, OriginView::by_origin);
  CHECK(total(report, "actual") == "17.00");
  CHECK(broken_checks(report).empty());
}

TEST_CASE("flux: the forecast is the one that is named, or the only one of the range") {
  SampleBook book = planned_book();
  CHECK(refusal(book, "2024-04").code == ErrorCode::nothing_to_report);
  CHECK(refusal(book, "2023-12..2024-01").code == ErrorCode::nothing_to_report);
  CHECK(refusal(book, "2024-04", {"plan"}).code == ErrorCode::nothing_to_report);
  CHECK(refusal(book, "2024-02", {"plann"}).code == ErrorCode::unknown_id);
  CHECK(refusal(book, "2024-02", {"plann"}).hint == "did you mean 'plan'?");
  save(book, plan("second"));
  const Error which = refusal(book, "2024-02");
  CHECK(which.code == ErrorCode::usage);
  CHECK(which.notes == Rows{"plan, saved in record 4, 2024-01 to 2024-03",
                            "second, saved in record 8, 2024-01 to 2024-03"});
  CHECK(flux(book, "2024-02", {"second"}).title == "Forecast second and actual");
}

TEST_CASE("flux: every figure is explained, and its parts add up") {
  const SampleBook book = planned_book();
  const BookView view = book.view();
  Explainer explainer{book.store(), view};
  for (const char* range : {"2024-02", "2024-03", "2024-Q1"}) {
    for (const auto& row : flux(book, range).rows) {
      const std::string ref = std::get<std::string>(row.back());
      CAPTURE(ref);
      const Report explained = explain_report(explainer, view, ref, {6, 20}).value();
      CHECK(explained.rows.size() > 8);
      CHECK(broken_checks(explained).empty());
    }
  }
  const std::string ref = "flux:2024-02:plan:nova:breakage:B#forecast";
  const ExplainedStep step = explainer.step(ref).value();
  REQUIRE(step.parts.size() == 2);
  CHECK(step.parts[0].ref == "forecast:plan:2024-02:nova:B:USD#breakage_revenue");
  CHECK(step.parts[1].ref == "record:4");
  const ExplainedStep actual = explainer.step("flux:2024-02:plan:nova:breakage:B#actual").value();
  REQUIRE(actual.parts.size() == 1);
  CHECK(actual.parts[0].ref.starts_with("period:2024-02:nova:B:breakage"));
}

TEST_CASE("flux: a row's address brings its report back, whatever the forecast is called") {
  SampleBook book = planned_book();
  save(book, plan("a:b \"%\" =1+1"));
  const BookView view = book.view();
  const Report report = flux(book, "2024-02", {"a:b \"%\" =1+1"});
  const std::string ref = std::get<std::string>(report.rows.front().back());
  CHECK(report_at(book.store(), view, ref)->title == report.title);
}

#include "accounting/report/rpo.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/report/saved_sample.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

using Rows = std::vector<std::string>;
const Rows columns{"grant", "band", "amount", "percent"};

/// 240 not yet recognised at the end of March: of A 120, drawn at 10 a month; B 80 and C 40, never
/// drawn, which expire in the 18th and the 30th month after it.
SampleBook undrawn_240(DrawForecast named = usual_draw_forecast) {
  SampleBook book{"2024-01"};
  book.add_deal({.id = "A", .investee = "lunar", .signed_on = "2024-01-01", .face = "150"});
  book.add_deal({.id = "B", .investee = "nova", .signed_on = "2024-01-01", .face = "80",
                 .expires_on = "2025-09-15"});
  book.add_deal({.id = "C", .investee = "orion", .signed_on = "2024-01-01", .face = "40",
                 .expires_on = "2026-09-15"});
  book.import_usage(
      {{"lunar", "2024-01-10", "10"}, {"lunar", "2024-02-10", "10"}, {"lunar", "2024-03-10", "10"}});
  for (const char* month : {"2024-01", "2024-02"}) book.close(month);
  book.close("2024-03", named);
  return book;
}

Report rpo(const SampleBook& book, std::string_view range, const RpoOptions& options = {},
           OriginView by = OriginView::as_reported) {
  return rpo_report(book.view(), range_of(range), by, options).value();
}

}  // namespace

// The published shape of ASC 606-10-50-13(b): 240 as 120, 80 and 40, that is 50.00, 33.33 and 16.67
// percent.
TEST_CASE("rpo: what is not recognised, by when it is expected to be") {
  const Report report = rpo(undrawn_240(), "2024-03");
  CHECK(rows_text(report, columns) ==
        Rows{"A | 0-12 | 120.00 | 50.00", "A | 13-24 | 0.00 | 0.00", "A | 25-36 | 0.00 | 0.00",
             "A | over 36 | 0.00 | 0.00", "B | 0-12 | 0.00 | 0.00", "B | 13-24 | 80.00 | 33.33",
             "B | 25-36 | 0.00 | 0.00", "B | over 36 | 0.00 | 0.00", "C | 0-12 | 0.00 | 0.00",
             "C | 13-24 | 0.00 | 0.00", "C | 25-36 | 40.00 | 16.67", "C | over 36 | 0.00 | 0.00"});
  CHECK(total(report, "amount") == "240.00");
  CHECK(total(report, "0-12") == "120.00");
  CHECK(total(report, "0-12_pct") == "50.00");
  CHECK(total(report, "13-24_pct") == "33.33");
  CHECK(total(report, "25-36_pct") == "16.67");
  CHECK(broken_checks(report).empty());
  CHECK(report.notes.front() ==
        "forecast: trailing-3, named at the close of 2024-03; bands in months from the end of 2024-03");
}

// Evenly: A has no end. B's 80 over April 2024 to September 2025, 18 months, C's 40 over 30.
TEST_CASE("rpo: evenly until each grant ends, as the close named it") {
  const SampleBook book = undrawn_240(DrawForecast::even);
  const Report report = rpo(book, "2024-03");
  CHECK(rows_text(report, {"grant", "band", "amount"}) ==
        Rows{"A | 0-12 | 0.00", "A | 13-24 | 0.00", "A | 25-36 | 0.00", "A | over 36 | 0.00",
             "A | undated | 120.00", "B | 0-12 | 53.33", "B | 13-24 | 26.67", "B | 25-36 | 0.00",
             "B | over 36 | 0.00", "C | 0-12 | 16.00", "C | 13-24 | 16.00", "C | 25-36 | 8.00",
             "C | over 36 | 0.00"});
  CHECK(report.notes.front().starts_with("forecast: even, named at the close of 2024-03"));
  CHECK(total(rpo(book, "2024-03", {.forecast = DrawForecast::trailing_3}), "0-12") == "120.00");
  // February was closed without a word, April is open.
  CHECK(rpo(book, "2024-02").notes.front().starts_with("forecast: trailing-3, named at the close"));
  CHECK(rpo(book, "2024-04").notes.front().starts_with(
      "forecast: trailing-3, the usual one: 2024-04 is not closed"));
}

TEST_CASE("rpo: a band ends with its last month") {
  struct Row {
    std::string expires_on, band;
  };
  for (const Row& row : {Row{"2025-04-01", "0-12"}, Row{"2025-04-02", "13-24"}}) {
    SampleBook book{"2024-03"};
    book.add_deal({.id = "A", .investee = "lunar", .signed_on = "2024-03-01", .face = "7",
                   .expires_on = row.expires_on});
    CAPTURE(row.expires_on);
    CHECK(total(rpo(book, "2024-03"), row.band) == "7.00");
  }
}

// Price 120, of the face of 120 a fifth is never drawn: to date 120 x 30 / 96 = 37.50, so 82.50 are
// open. At 10 a month 60 are drawn after three: 75.00 to date. All is recognised with the 96th.
TEST_CASE("rpo: expected breakage is recognised with use") {
  SampleBook book{"2024-01"};
  book.add_deal({.id = "A", .investee = "lunar", .signed_on = "2024-01-01", .face = "120",
                 .expected_unused_percent = "20"});
  book.import_usage(
      {{"lunar", "2024-01-10", "10"}, {"lunar", "2024-02-10", "10"}, {"lunar", "2024-03-10", "10"}});
  const Report report = rpo(book, "2024-03", {.bands = {3, 6, 7}});
  CHECK(rows_text(report, {"band", "amount"}) ==
        Rows{"0-3 | 37.50", "4-6 | 37.50", "7-7 | 7.50", "over 7 | 0.00"});
  CHECK(total(report, "amount") == "82.50");
}

// What expired in an open month waits for its close: it is due at once. What nobody draws and never
// ends has no date.
TEST_CASE("rpo: an expiry that is not booked yet, and credits without rate or end") {
  SampleBook book{"2024-01"};
  book.add_deal({.id = "A", .investee = "lunar", .signed_on = "2024-01-01", .face = "5",
                 .expires_on = "2024-01-20"});
  book.add_deal({.id = "B", .investee = "nova", .signed_on = "2024-01-01", .face = "6"});
  const Report report = rpo(book, "2024-01");
  CHECK(rows_text(report, {"grant", "band", "amount"}) ==
        Rows{"A | 0-12 | 5.00", "A | 13-24 | 0.00", "A | 25-36 | 0.00", "A | over 36 | 0.00",
             "B | 0-12 | 0.00", "B | 13-24 | 0.00", "B | 25-36 | 0.00", "B | over 36 | 0.00",
             "B | undated | 6.00"});
  book.close("2024-01");
  CHECK(total(rpo(book, "2024-01"), "amount") == "6.00");
}

// Of February 9 came late and are booked in April: as reported they are open at the end of March.
TEST_CASE("rpo: by origin, late usage is recognised where it belongs") {
  SampleBook book = undrawn_240();
  book.import_usage({{"lunar", "2024-02-11", "9"}});
  CHECK(total(rpo(book, "2024-03"), "amount") == "240.00");
  CHECK(total(rpo(book, "2024-03", {}, OriginView::by_origin), "amount") == "231.00");
  CHECK(broken_checks(rpo(book, "2024-03", {}, OriginView::by_origin)).empty());
}

namespace {

/// From April on: of A 20, 20 and 30, of B 5 in May. Of January to March it expected more.
ForecastSaved slow(std::string_view months = "2024-01..2024-06") {
  return saved("slow", months,
               {{"2024-03", "lunar", "A", "99"}, {"2024-04", "lunar", "A", "20"},
                {"2024-05", "lunar", "A", "20"}, {"2024-05", "nova", "B", "5"},
                {"2024-05", "nova", "Z", "5"},   {"2024-06", "lunar", "A", "30"}});
}

const RpoOptions by_slow{.bands = {1, 3}, .forecast = SavedForecastName{"slow"}};

}  // namespace

// Of A's 120 the forecast comes to 70 by June and no end dates the rest; of B's 80 to 5, the rest
// expires in the 18th month, C's 40 in the 30th.
TEST_CASE("rpo: by a saved forecast, what it does not come to is undated unless it expires") {
  SampleBook book = undrawn_240();
  save(book, slow());
  const Report report = rpo(book, "2024-03", by_slow);
  CHECK(rows_text(report, {"grant", "band", "amount"}) ==
        Rows{"A | 0-1 | 20.00", "A | 2-3 | 50.00", "A | over 3 | 0.00", "A | undated | 50.00",
             "B | 0-1 | 0.00", "B | 2-3 | 5.00", "B | over 3 | 75.00", "C | 0-1 | 0.00",
             "C | 2-3 | 0.00", "C | over 3 | 40.00"});
  CHECK(broken_checks(report).empty());
  CHECK(report.notes.front().starts_with("forecast: scenario slow, saved in record 9, digest "));
  CHECK(report.notes.front().find("chosen; trailing-3 is named at the close of 2024-03") !=
        std::string::npos);
}

// At the end of April 110 of A are open; 100 are drawn in May, of the 30 of June the last 10.
TEST_CASE("rpo: a saved forecast draws no more than is left") {
  SampleBook book = undrawn_240();
  save(book, saved("fast", "2024-04..2024-06",
                    {{"2024-04", "lunar", "A", "1"}, {"2024-05", "lunar", "A", "100"},
                     {"2024-06", "lunar", "A", "30"}}));
  book.import_usage({{"lunar", "2024-04-10", "10"}});
  const Report report =
      rpo(book, "2024-04", {.bands = {1, 2}, .forecast = SavedForecastName{"fast"}});
  CHECK(row_text(report, 0, {"grant", "band", "amount"}) == "A | 0-1 | 100.00");
  CHECK(row_text(report, 1, {"grant", "band", "amount"}) == "A | 2-2 | 10.00");
}

TEST_CASE("rpo: the close keeps the saved forecast that it was made with") {
  SampleBook book = undrawn_240();
  save(book, slow());
  book.reopen("2024-03");
  PeriodClosed close;
  close.period = Period::of(2024, 3);
  close.forecast = last_citation(book);
  book.record(close);
  const Report report = rpo(book, "2024-03", {.bands = {1, 3}});
  CHECK(total(report, "undated") == "50.00");
  CHECK(report.notes.front().find("named at the close of 2024-03") != std::string::npos);
  const std::string ref = std::get<std::string>(report.rows.front().back());
  CHECK(ref == "rpo:2024-03:1,3:scenario%3Aslow:A:0-1");
}

TEST_CASE("rpo: a saved forecast that does not say what comes is refused") {
  SampleBook book = undrawn_240();
  save(book, slow("2024-05..2024-06"));
  const auto code = [&](const SavedForecastName& name) {
    return rpo_report(book.view(), range_of("2024-03"), OriginView::as_reported,
                      {.forecast = name})
        .error()
        .code;
  };
  CHECK(code({"slow"}) == ErrorCode::bad_value);
  CHECK(code({"slwo"}) == ErrorCode::unknown_id);
}

TEST_CASE("rpo: a book that owes nothing has no bands") {
  const SampleBook book{"2024-01"};
  const Report report = rpo(book, "2024-01");
  CHECK(report.rows.empty());
  CHECK(total(report, "amount") == "0.00");
  CHECK(total(report, "0-12_pct") == "null");
}

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/scenario/questions/backtest.h"
#include "tests/report/sample_book.h"

namespace accrue::testing {

namespace {

using Lines = std::vector<std::string>;
const Lines columns{"curve", "months_ahead", "comparisons", "mape_pct", "bias_pct"};

void use(SampleBook& book, const std::string& investee, const std::string& month,
         const std::string& amount) {
  book.import_usage({{investee, month + "-15", amount}});
}

/// 100, 110, 120, 130, 140 and 150 from January to June, each closed.
SampleBook a_line() {
  SampleBook book;
  book.add_deal({.id = "T1", .investee = "Lunar", .signed_on = "2024-01-01", .face = "9000"});
  book.add_deal({.id = "S1", .investee = "Solar", .signed_on = "2024-01-01", .face = "9000"});
  for (int month = 1; month <= 6; ++month) {
    const std::string period = Period::of(2024, month).to_string();
    use(book, "Lunar", period, std::to_string(90 + 10 * month));
    if (month == 5) use(book, "Solar", period, "7");
    book.close(period);
  }
  return book;
}

Lines of_investee(const Report& report, const std::string& investee) {
  Lines lines;
  for (std::size_t row = 0; row < report.rows.size(); ++row) {
    if (cell(report, row, "investee") == investee) lines.push_back(row_text(report, row, columns));
  }
  return lines;
}

std::string percent(const std::optional<Ratio>& value) { return value ? value->str() : "none"; }

}  // namespace

TEST_CASE("backtest: forecasts made at earlier closes are held against what then happened") {
  const SampleBook book = a_line();
  const Report report = backtest_report(book.store(), book.view()).value();
  // One month ahead, made in March, April and May: an average of three says 110, 120 and 130, where
  // 130, 140 and 150 came: (20/130 + 20/140 + 20/150) / 3, and 60 of 420. Of all months so far: 110,
  // 115 and 120: (20/130 + 25/140 + 30/150) / 3, and 75 of 420. A growth says 120 x 23/21 = 131.43 a
  // month after March.
  // Three ahead only March has: June.
  const Lines rows = of_investee(report, "Lunar");
  const Lines expected{"fit linear | 1 | 3 | 0.00 | 0.00", "fit linear | 3 | 1 | 0.00 | 0.00",
                       "fit mean | 1 | 3 | 17.75 | -17.86", "fit mean | 3 | 1 | 26.67 | -26.67",
                       "trailing 12 | 1 | 3 | 17.75 | -17.86",
                       "trailing 12 | 3 | 1 | 26.67 | -26.67",
                       "trailing 3 | 1 | 3 | 14.33 | -14.29",
                       "trailing 3 | 3 | 1 | 26.67 | -26.67",
                       "trailing 6 | 1 | 3 | 17.75 | -17.86",
                       "trailing 6 | 3 | 1 | 26.67 | -26.67"};
  Lines without_growth;
  for (const std::string& row : rows) {
    if (!row.starts_with("fit growth")) without_growth.push_back(row);
  }
  CHECK(without_growth == expected);
  // Solar began in May: one comparison, of seven forecast and nothing used.
  CHECK(of_investee(report, "Solar") ==
        Lines{"fit growth | 1 | 1 | null | null", "fit linear | 1 | 1 | null | null",
              "fit mean | 1 | 1 | null | null", "trailing 12 | 1 | 1 | null | null",
              "trailing 3 | 1 | 1 | null | null", "trailing 6 | 1 | 1 | null | null"});
  CHECK(report.period == range_of("2024-03..2024-06"));
}

TEST_CASE("backtest: by month, each forecast stands beside what happened") {
  const SampleBook book = a_line();
  const Report report =
      backtest_report(book.store(), book.view(), {.view = BacktestView::months}).value();
  const auto rows_of = [&](const std::string& beginning) {
    Lines lines;
    for (const std::string& row :
         rows_text(report, {"investee", "curve", "months_ahead", "close", "period", "forecast",
                            "actual", "difference", "error_pct"})) {
      if (row.starts_with(beginning)) lines.push_back(row);
    }
    return lines;
  };
  // 20 of 130, of 140, of 150; three months ahead 40 of 150. Their mean is what the errors say.
  CHECK(rows_of("Lunar | trailing 3 |") ==
        Lines{"Lunar | trailing 3 | 1 | 2024-03 | 2024-04 | 110.00 | 130.00 | -20.00 | -15.38",
              "Lunar | trailing 3 | 1 | 2024-04 | 2024-05 | 120.00 | 140.00 | -20.00 | -14.29",
              "Lunar | trailing 3 | 1 | 2024-05 | 2024-06 | 130.00 | 150.00 | -20.00 | -13.33",
              "Lunar | trailing 3 | 3 | 2024-03 | 2024-06 | 110.00 | 150.00 | -40.00 | -26.67"});
  CHECK(rows_of("Solar | fit mean |") ==
        Lines{"Solar | fit mean | 1 | 2024-05 | 2024-06 | 7.00 | 0.00 | 7.00 | null"});
  CHECK(cell(report, 0, "ref") ==
        "scenario-backtest:2024-03..2024-06:Lunar:USD:" + cell(report, 0, "curve") + ":1:2024-03");
}

TEST_CASE("backtest: it begins where it is told to, and looks at whom it is told to") {
  const SampleBook book = a_line();
  const Report from_fifth =
      backtest_report(book.store(), book.view(), {.first_close = 5, .investee = "Lunar"}).value();
  CHECK(of_investee(from_fifth, "Solar").empty());
  // Made in May of 120, 130 and 140: 130 where 150 came.
  const Lines rows = of_investee(from_fifth, "Lunar");
  REQUIRE(rows.size() == 6);
  CHECK(rows[4] == "trailing 3 | 1 | 1 | 13.33 | -13.33");

  const auto refusal = [&](const BacktestOptions& options) {
    return backtest_report(book.store(), book.view(), options).error();
  };
  CHECK(refusal({.first_close = 0}).code == ErrorCode::bad_value);
  CHECK(refusal({.first_close = 6}).code == ErrorCode::nothing_to_report);
  CHECK(refusal({.first_close = 7}).code == ErrorCode::nothing_to_report);
  CHECK(refusal({.first_close = 3, .investee = "Lumar"}).code == ErrorCode::unknown_id);
  const SampleBook empty;
  CHECK(backtest_report(empty.store(), empty.view()).error().code == ErrorCode::nothing_to_report);
}

TEST_CASE("backtest: what came in after a close is not known at it, nor is a month begun") {
  SampleBook book;
  book.add_deal({.id = "T1", .investee = "Lunar", .signed_on = "2024-01-01", .face = "9000"});
  use(book, "Lunar", "2024-01", "100");
  use(book, "Lunar", "2024-02", "30");
  book.close("2024-01");
  use(book, "Lunar", "2024-01", "5");
  use(book, "Lunar", "2024-02", "70");
  book.close("2024-02");
  const std::vector<KnownUsage> known = usage_known_at_closes(book.store(), book.view());
  REQUIRE(known.size() == 2);
  const std::pair<std::string, std::string> lunar{"Lunar", "USD"};
  CHECK(known[0].closed == Period::of(2024, 1));
  CHECK(known[0].by_whom.at(lunar) ==
        MonthlyUsage{{Period::of(2024, 1), Decimal::from_integer(100)}});
  CHECK(known[1].by_whom.at(lunar) ==
        MonthlyUsage{{Period::of(2024, 1), Decimal::from_integer(105)},
                     {Period::of(2024, 2), Decimal::from_integer(100)}});
  // At the close of January an average says 100, and February was 100.
  const Report report =
      backtest_report(book.store(), book.view(), {.first_close = 1}).value();
  CHECK(of_investee(report, "Lunar").back() == "trailing 6 | 1 | 1 | 0.00 | 0.00");
}

TEST_CASE("backtest: a month without usage counts as none, and a reduction of the price is none") {
  SampleBook book;
  book.add_deal({.id = "T1", .investee = "Lunar", .signed_on = "2024-01-01", .face = "9000"});
  use(book, "Lunar", "2024-01", "100");
  Delivery discount;
  discount.files.push_back({"discount.csv", std::string(32, 'd'), 1, 1, 0});
  Charge charge;
  charge.at = Instant::parse("2024-01-20T12:00:00Z").value();
  charge.key = {"Lunar", "USD", "Lunar", "", "gpu", "sku", "r1"};
  charge.kind = Charge::Kind::reduction;
  charge.row_count = 1;
  charge.amount = Decimal::from_integer(-40);
  discount.charges = {charge};
  book.record(UsageImported{discount});
  book.close("2024-01");
  book.close("2024-02");
  use(book, "Lunar", "2024-03", "80");
  book.close("2024-03");
  use(book, "Lunar", "2024-04", "48");
  book.close("2024-04");
  const Report report =
      backtest_report(book.store(), book.view(), {.first_close = 3, .investee = "Lunar"}).value();
  // (100 + 0 + 80) / 3 = 60, and 48 came: 12 of 48 too much.
  CHECK(of_investee(report, "Lunar").back() == "trailing 6 | 1 | 1 | 25.00 | 25.00");
}

TEST_CASE("backtest: a year ahead is twelve months, and an error beyond all sense has no figure") {
  SampleBook book;
  book.add_deal({.id = "T1", .investee = "Lunar", .signed_on = "2024-01-01", .face = "9000"});
  // From 0.01 to 100 the growth is 10,000-fold a month: no forecast of a year.
  use(book, "Lunar", "2024-01", "0.01");
  use(book, "Lunar", "2024-02", "100");
  book.close("2024-01");
  for (int month = 2; month <= 14; ++month) {
    const std::string period = Period{Period::of(2024, 1).months + month - 1}.to_string();
    if (month > 2) use(book, "Lunar", period, month == 14 ? "160" : "100");
    book.close(period);
  }
  const Report report =
      backtest_report(book.store(), book.view(), {.first_close = 2, .investee = "Lunar"}).value();
  Lines year;
  for (const std::string& row : of_investee(report, "Lunar")) {
    if (row.find(" | 12 | 1 | ") != std::string::npos) year.push_back(row);
  }
  // Made in February of 0.01 and 100: an average of 50.005, where 160 came in the February after:
  // 109.995 of 160 too little. The line rises by 99.99 a month, to 100 + 12 x 99.99: 1,139.88 of 160
  // too much, 712.425%, half to even. The growth has left every figure.
  CHECK(year == Lines{"fit growth | 12 | 1 | null | null", "fit linear | 12 | 1 | 712.42 | 712.42",
                      "fit mean | 12 | 1 | 68.75 | -68.75", "trailing 12 | 12 | 1 | 68.75 | -68.75",
                      "trailing 3 | 12 | 1 | 68.75 | -68.75",
                      "trailing 6 | 12 | 1 | 68.75 | -68.75"});
  const Report months = backtest_report(book.store(), book.view(),
                                        {.first_close = 2, .view = BacktestView::months})
                            .value();
  const Lines shown = rows_text(months, {"curve", "months_ahead", "close", "forecast", "actual",
                                         "difference", "error_pct"});
  CHECK(std::count(shown.begin(), shown.end(),
                   "fit growth | 12 | 2024-02 | null | 160.00 | null | null") == 1);
  // 50.005, half to even.
  CHECK(std::count(shown.begin(), shown.end(),
                   "fit mean | 12 | 2024-02 | 50.00 | 160.00 | -110.00 | -68.75") == 1);
}

TEST_CASE("backtest: errors are exact, and none where nothing was used") {
  const auto decimal = [](std::int64_t value) { return Decimal::from_integer(value); };
  const ForecastErrors errors =
      errors_of({{Ratio{12}, decimal(10)}, {Ratio{15}, decimal(20)}, {Ratio{3}, decimal(0)}});
  CHECK(errors.comparisons == 3);
  // (20% + 25%) / 2, and 2 - 5 + 3 of 30.
  CHECK(percent(errors.mean_absolute_percent) == "45/2");
  CHECK(percent(errors.bias_percent) == "0");
  CHECK(percent(errors_of({{Ratio{15}, decimal(20)}}).bias_percent) == "-25");
  const ForecastErrors refunded = errors_of({{Ratio{1}, decimal(-2)}});
  CHECK(percent(refunded.mean_absolute_percent) == "none");
  CHECK(percent(refunded.bias_percent) == "none");
  CHECK(errors_of({}).comparisons == 0);
}

}  // namespace accrue::testing

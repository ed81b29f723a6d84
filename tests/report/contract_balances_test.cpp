#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/report/disclosures.h"
#include "tests/report/saved_sample.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

using Rows = std::vector<std::string>;
const Rows columns{"balance",  "grant",   "opening", "received",   "revenue_from_opening",
                   "revenue_from_received", "cash_funded", "closing", "current", "non_current"};

Report balances(const SampleBook& book, std::string_view range,
                OriginView by = OriginView::as_reported) {
  return contract_balances_report(book.view(), range_of(range), by, std::nullopt).value();
}

}  // namespace

// Opening 300, 50 received, 90 earned out of the opening and 10 out of what came, 5 of the opening
// expired: 245, and of the revenue of 105 there were 95 in the opening balance.
TEST_CASE("contract balances: revenue out of the opening balance, layer by layer") {
  SampleBook book{"2024-01"};
  book.add_deal({.id = "A", .investee = "lunar", .signed_on = "2024-01-31", .face = "295"});
  book.add_deal({.id = "B", .investee = "nova", .signed_on = "2024-01-31", .face = "5",
                 .expires_on = "2024-02-20"});
  book.close("2024-01");
  book.add_deal({.id = "C", .investee = "orion", .signed_on = "2024-02-01", .face = "50",
                 .service = "gpu"});
  book.import_usage({{"lunar", "2024-02-10", "90"},
                     {"orion", "2024-02-10", "10"},
                     {"orion", "2024-02-29", "7", "cpu"}});
  book.close("2024-02");
  const Report report = balances(book, "2024-02");
  CHECK(rows_text(report, columns) ==
        Rows{"contract liability | A | 295.00 | 0.00 | -90.00 | 0.00 | null | 205.00 | 205.00 | 0.00",
             "contract liability | B | 5.00 | 0.00 | -5.00 | 0.00 | null | 0.00 | 0.00 | 0.00",
             "contract liability | C | 0.00 | 50.00 | 0.00 | -10.00 | null | 40.00 | 40.00 | 0.00",
             "unbilled receivable | null | 0.00 | null | null | null | 7.00 | 7.00 | 7.00 | 0.00"});
  CHECK(total(report, "liability_opening") == "300.00");
  CHECK(total(report, "liability_closing") == "245.00");
  CHECK(total(report, "revenue_in_opening_liability") == "95.00");
  CHECK(total(report, "receivable_opening") == "0.00");
  CHECK(total(report, "receivable_closing") == "7.00");
  CHECK(broken_checks(report).empty());
  // Over both months nothing was there at the opening.
  const Report both = balances(book, "2024-01..2024-02");
  CHECK(total(both, "revenue_in_opening_liability") == "0.00");
  CHECK(total(both, "liability_closing") == "245.00");
}

// 94 left, drawn at 2 a month: 24 of them within twelve months.
TEST_CASE("contract balances: current is what the forecast recognises within a year") {
  SampleBook book{"2024-01"};
  book.add_deal({.id = "A", .investee = "lunar", .signed_on = "2024-01-01", .face = "100"});
  book.import_usage(
      {{"lunar", "2024-01-10", "2"}, {"lunar", "2024-02-10", "2"}, {"lunar", "2024-03-10", "2"}});
  const Report report = balances(book, "2024-03");
  CHECK(total(report, "liability_current") == "24.00");
  CHECK(total(report, "liability_non_current") == "70.00");
  for (const char* month : {"2024-01", "2024-02"}) book.close(month);
  book.close("2024-03", DrawForecast::even);
  // It has no end to draw evenly to.
  CHECK(total(balances(book, "2024-03"), "liability_current") == "0.00");
  CHECK(total(balances(book, "2024-02"), "liability_current") == "24.00");
}

// 94 left: the saved forecast comes to 50 of them within the year, to no more ever.
TEST_CASE("contract balances: current may rest on a saved forecast") {
  SampleBook book{"2024-01"};
  book.add_deal({.id = "A", .investee = "lunar", .signed_on = "2024-01-01", .face = "100"});
  book.import_usage({{"lunar", "2024-01-10", "6"}});
  save(book, saved("slow", "2024-02..2025-06",
                    {{"2024-02", "lunar", "A", "20"}, {"2025-01", "lunar", "A", "30"},
                     {"2025-02", "lunar", "A", "40"}}));
  const Report report =
      contract_balances_report(book.view(), range_of("2024-01"), OriginView::as_reported,
                               SavedForecastName{"slow"})
          .value();
  CHECK(total(report, "liability_current") == "50.00");
  CHECK(total(report, "liability_non_current") == "44.00");
  CHECK(broken_checks(report).empty());
}

TEST_CASE("contract balances: by origin, late usage counts where it belongs") {
  SampleBook book{"2024-01"};
  book.add_deal({.id = "A", .investee = "lunar", .signed_on = "2024-01-01", .face = "10"});
  book.close("2024-01");
  book.import_usage({{"lunar", "2024-01-15", "4"}, {"lunar", "2024-02-15", "3"}});
  CHECK(rows_text(balances(book, "2024-02"), {"opening", "revenue_from_opening", "closing"}) ==
        Rows{"10.00 | -7.00 | 3.00"});
  CHECK(rows_text(balances(book, "2024-02", OriginView::by_origin),
                  {"opening", "revenue_from_opening", "closing"}) == Rows{"6.00 | -3.00 | 3.00"});
}

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/report/disclosures.h"
#include "tests/report/sample_book.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

using Rows = std::vector<std::string>;

Rows split(const SampleBook& book, Dimension dimension, std::string_view range = "2024-01",
           OriginView by = OriginView::as_reported) {
  const Report report = disaggregation_report(book.view(), range_of(range), by, dimension).value();
  CHECK(broken_checks(report).empty());
  return rows_text(report, {std::string{to_string(dimension)}, "credits", "breakage", "cash",
                            "revenue", "percent"});
}

/// lunar: 3 of gpu and 1 of tpu with credits, 4 of cpu in cash; nova: 2 of gpu, half of whose face
/// is never drawn: 2.00 of breakage beside 2.00.
SampleBook two_investees() {
  SampleBook book{"2024-01"};
  book.add_deal({.id = "A", .investee = "lunar", .signed_on = "2024-01-01", .face = "10",
                 .service = "[gt]pu"});
  book.add_deal({.id = "B", .investee = "nova", .signed_on = "2024-01-01", .face = "8",
                 .expected_unused_percent = "50"});
  book.import_usage({{"lunar", "2024-01-10", "3", "gpu", "r1", "g-large"},
                     {"lunar", "2024-01-11", "1", "tpu", "r2", "t-small"},
                     {"lunar", "2024-01-12", "4", "cpu", "r1", "c-large"},
                     {"nova", "2024-01-13", "2", "gpu", "r1", "g-small"}});
  return book;
}

}  // namespace

TEST_CASE("disaggregation: revenue by each dimension, and the parts are the whole") {
  const SampleBook book = two_investees();
  CHECK(split(book, Dimension::service) ==
        Rows{"null | 0.00 | 2.00 | 0.00 | 2.00 | 16.67", "cpu | 0.00 | 0.00 | 4.00 | 4.00 | 33.33",
             "gpu | 5.00 | 0.00 | 0.00 | 5.00 | 41.67", "tpu | 1.00 | 0.00 | 0.00 | 1.00 | 8.33"});
  CHECK(split(book, Dimension::region) ==
        Rows{"null | 0.00 | 2.00 | 0.00 | 2.00 | 16.67", "r1 | 5.00 | 0.00 | 4.00 | 9.00 | 75.00",
             "r2 | 1.00 | 0.00 | 0.00 | 1.00 | 8.33"});
  CHECK(split(book, Dimension::investee) ==
        Rows{"lunar | 4.00 | 0.00 | 4.00 | 8.00 | 66.67", "nova | 2.00 | 2.00 | 0.00 | 4.00 | 33.33"});
  CHECK(split(book, Dimension::grant) ==
        Rows{"null | 0.00 | 0.00 | 4.00 | 4.00 | 33.34", "A | 4.00 | 0.00 | 0.00 | 4.00 | 33.33",
             "B | 2.00 | 2.00 | 0.00 | 4.00 | 33.33"});
  CHECK(split(book, Dimension::funding) ==
        Rows{"breakage | 0.00 | 2.00 | 0.00 | 2.00 | 16.67",
             "cash | 0.00 | 0.00 | 4.00 | 4.00 | 33.33", "credits | 6.00 | 0.00 | 0.00 | 6.00 | 50.00"});
  CHECK(split(book, Dimension::sku) ==
        Rows{"null | 0.00 | 2.00 | 0.00 | 2.00 | 16.67",
             "c-large | 0.00 | 0.00 | 4.00 | 4.00 | 33.33",
             "g-large | 3.00 | 0.00 | 0.00 | 3.00 | 25.00",
             "g-small | 2.00 | 0.00 | 0.00 | 2.00 | 16.67",
             "t-small | 1.00 | 0.00 | 0.00 | 1.00 | 8.33"});
}

// Three SKUs of 0.335 each under one spot of 1.005, which is booked as 1.00. Each on its own is 0.34
// (half to even), two cents too many: they go off the first of the largest.
TEST_CASE("disaggregation: cents that SKUs do not add up to go to the largest") {
  SampleBook book{"2024-01"};
  book.add_deal({.id = "A", .investee = "lunar", .signed_on = "2024-01-01", .face = "10"});
  book.import_usage({{"lunar", "2024-01-10", "0.335", "gpu", "r1", "a"},
                     {"lunar", "2024-01-10", "0.335", "gpu", "r1", "b"},
                     {"lunar", "2024-01-10", "0.335", "gpu", "r1", "c"}});
  CHECK(split(book, Dimension::sku) ==
        Rows{"a | 0.32 | 0.00 | 0.00 | 0.32 | 32.00", "b | 0.34 | 0.00 | 0.00 | 0.34 | 34.00",
             "c | 0.34 | 0.00 | 0.00 | 0.34 | 34.00"});
}

// What one SKU was charged and another was refunded stays with each.
TEST_CASE("disaggregation: SKUs that cancel out under one service are told apart") {
  SampleBook book{"2024-01"};
  book.add_deal({.id = "A", .investee = "lunar", .signed_on = "2024-01-01", .face = "10"});
  book.import_usage({{"lunar", "2024-01-10", "5", "gpu", "r1", "a"},
                     {"lunar", "2024-01-10", "2", "gpu", "r1", "b"}});
  book.close("2024-01");
  book.import_usage({{"lunar", "2024-02-10", "2", "gpu", "r1", "a"},
                     {"lunar", "2024-02-11", "-2", "gpu", "r1", "b"}});
  CHECK(split(book, Dimension::sku, "2024-02") ==
        Rows{"a | 2.00 | 0.00 | 0.00 | 2.00 | null", "b | -2.00 | 0.00 | 0.00 | -2.00 | null"});
}

TEST_CASE("disaggregation: late usage, as reported and by origin") {
  SampleBook book{"2024-01"};
  book.add_deal({.id = "A", .investee = "lunar", .signed_on = "2024-01-01", .face = "10"});
  book.import_usage({{"lunar", "2024-01-10", "1", "gpu", "r1", "a"}});
  book.close("2024-01");
  book.import_usage({{"lunar", "2024-01-11", "2", "gpu", "r1", "b"}});
  CHECK(split(book, Dimension::sku, "2024-02") == Rows{"b | 2.00 | 0.00 | 0.00 | 2.00 | 100.00"});
  CHECK(split(book, Dimension::sku, "2024-01", OriginView::by_origin) ==
        Rows{"a | 1.00 | 0.00 | 0.00 | 1.00 | 33.33", "b | 2.00 | 0.00 | 0.00 | 2.00 | 66.67"});
}

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/posting/materiality.h"
#include "tests/report/sample_book.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

const Period april = Period::of(2024, 4);

/// Revenue booked in a period for an origin, in cents.
struct Booked {
  Period origin;
  std::int64_t cents;
  Period posting = april;
};

Balances balances_of(const std::vector<Booked>& list) {
  Balances cells;
  int number = 0;
  for (const Booked& booked : list) {
    const std::string service = "s" + std::to_string(++number);
    cells[{{.role = AccountRole::revenue, .investee = "lunar", .service = service}, booked.posting,
           booked.origin}] = -booked.cents;
    cells[{{.role = AccountRole::unbilled_receivable, .investee = service}, booked.posting,
           booked.origin}] = booked.cents;
  }
  return cells;
}

std::string percent_text(const CatchUpWeight& weight) {
  const std::optional<Decimal> percent = weight.percent();
  return percent ? percent->to_string(2) : "n/m";
}

}  // namespace

TEST_CASE("materiality: net within an origin, without signs across them") {
  struct Row {
    const char* why;
    std::vector<Booked> booked;
    std::int64_t catch_ups;
    std::int64_t revenue;
    const char* percent;
  };
  const Period march = Period::of(2024, 3);
  const Period february = Period::of(2024, 2);
  const Row rows[] = {
      {"nothing booked", {}, 0, 0, "n/m"},
      {"no catch-up", {{april, 10'000}}, 0, 10'000, "0.00"},
      {"one origin nets", {{april, 9'800}, {march, 500}, {march, -300}}, 200, 10'000, "2.00"},
      {"two origins do not hide each other",
       {{april, 10'000}, {march, 500}, {february, -500}},
       1'000,
       10'000,
       "10.00"},
      {"booked in other periods", {{april, 10'000}, {march, 700, march}, {march, 5, april.next()}},
       0, 10'000, "0.00"},
      {"an eighth of a percent rounds to even", {{april, 99'875}, {march, 125}}, 125, 100'000,
       "0.12"},
      {"three eighths too", {{april, 99'625}, {march, 375}}, 375, 100'000, "0.38"},
      {"revenue of zero", {{april, -500}, {march, 500}}, 500, 0, "n/m"},
      {"revenue below zero", {{april, -600}, {march, 500}}, 500, -100, "n/m"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const CatchUpWeight weight = weigh_catch_ups(balances_of(row.booked), {april, april});
    CHECK(weight.catch_ups == row.catch_ups);
    CHECK(weight.revenue == row.revenue);
    CHECK(percent_text(weight) == row.percent);
  }
}

TEST_CASE("materiality: the threshold itself is not above it, and nothing is rounded first") {
  struct Row {
    const char* why;
    CatchUpWeight weight;
    bool above;
  };
  const Row rows[] = {
      {"5% of 100.00 is 5.00", {500, 10'000}, false},
      {"a cent more", {501, 10'000}, true},
      {"5.0001% is shown as 5.00%", {500'010, 10'000'000}, true},
      {"nothing of nothing", {0, 0}, false},
      {"any catch-up beside no revenue", {1, 0}, true},
      {"or beside revenue below zero", {1, -10'000}, true},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(row.weight.is_above(Decimal::from_integer(5)) == row.above);
  }
}

TEST_CASE("materiality: catch-ups above the threshold stand against the close of their period") {
  const auto late = [](std::string_view threshold, const char* april_usage) {
    SampleBook book{"2024-03", threshold};
    book.add_deal({.id = "T1", .investee = "lunar", .signed_on = "2024-03-01", .face = "1000"});
    book.import_usage({{"lunar", "2024-03-05", "40"}});
    book.close("2024-03");
    book.import_usage({{"lunar", "2024-03-10", "5"}, {"lunar", "2024-04-02", april_usage}});
    return book;
  };
  using List = std::vector<std::string>;
  CHECK(late("10", "45").exceptions("2024-04").empty());  // 5 of 50
  CHECK(late("10", "44").exceptions("2024-04") == List{"material_catch_ups 2024-04"});  // of 49
  CHECK(late("10", "44").exceptions("2024-05").empty());
  CHECK(late("", "1").exceptions("2024-04").empty());
  // A refund of the same origin lessens it.
  SampleBook book = late("10", "44");
  book.import_usage({{"lunar", "2024-03-11", "-1"}});
  CHECK(book.exceptions("2024-04").empty());  // 4 of 48
}

TEST_CASE("materiality: the line says both amounts") {
  const Currency usd = Currency::from_code("USD").value();
  CHECK(weight_text({500, 4'900}, usd, april) ==
        "catch-ups of 5.00 USD are 10.20% of the revenue of 2024-04, 49.00 USD");
  CHECK(weight_text({500, 0}, usd, april) ==
        "catch-ups of 5.00 USD are n/m of the revenue of 2024-04, 0.00 USD");
}

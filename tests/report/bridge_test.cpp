#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/report/reports.h"
#include "tests/report/sample_book.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

const std::vector<std::string> columns{"change", "posting_period", "origin_period", "record",
                                       "funding", "class",         "revenue"};

/// 100 of credits at their face. March closes with 40; 5 more of March come in April, which was
/// wrong, and then a refund of 8 of March.
SampleBook late_and_refunded() {
  SampleBook book{"2024-03"};
  book.add_deal({.id = "T1", .investee = "lunar", .signed_on = "2024-03-01", .face = "100"});
  book.import_usage({{"lunar", "2024-03-05", "40"}});
  book.close("2024-03");
  book.import_usage({{"lunar", "2024-03-10", "5"}, {"lunar", "2024-04-02", "50"}},
                    CatchUpClass::error);
  book.import_usage({{"lunar", "2024-03-20", "-8"}});
  return book;
}

/// April closes, then 2 of March and 3 of April come with 10 of May. Of the grant 13 was left.
SampleBook closed_twice() {
  SampleBook book = late_and_refunded();
  book.close("2024-04");
  book.import_usage({{"lunar", "2024-03-25", "2"}, {"lunar", "2024-04-25", "3"}});
  book.import_usage({{"lunar", "2024-05-02", "10"}});
  return book;
}

Report bridge(const SampleBook& book, std::string_view range,
              OriginView by = OriginView::as_reported) {
  const Report report = bridge_report(book.store(), book.view(), range_of(range), by).value();
  CHECK(broken_checks(report).empty());
  return report;
}

std::string ends(const Report& report) {
  return total(report, "revenue_as_reported") + " " + total(report, "belongs_earlier") + " " +
         total(report, "booked_later") + " " + total(report, "revenue_by_origin");
}

std::string weight(const Report& report) {
  return total(report, "catch_ups") + " " + total(report, "catch_ups_pct");
}

}  // namespace

TEST_CASE("bridge: what is booked after the range for it is added, each record by itself") {
  const Report march = bridge(closed_twice(), "2024-03");
  CHECK(rows_text(march, columns) ==
        std::vector<std::string>{
            "booked later | 2024-04 | 2024-03 | 5 | credits | error | 5.00",
            "booked later | 2024-04 | 2024-03 | 6 | credits | new_information | -8.00",
            "booked later | 2024-05 | 2024-03 | 8 | credits | new_information | 2.00"});
  CHECK(ends(march) == "40.00 0.00 -1.00 39.00");
  CHECK(total(march, "error") == "5.00");
  CHECK(total(march, "new_information") == "-6.00");
  CHECK(total(march, "estimate") == "0.00");
  CHECK(weight(march) == "0.00 0.00");
  CHECK(row_text(march, 0, {"investee", "kind", "fact", "reason", "author", "recorded_at"}) ==
        "lunar | usage | usage_imported | because | tester | 2030-01-01T00:00:04Z");
  CHECK(cell(march, 0, "ref") ==
        "bridge:2024-03:5:2024-04:2024-03:lunar:credits:usage:error");
}

TEST_CASE("bridge: what is booked in the range for an earlier period is taken off") {
  const SampleBook book = closed_twice();
  const Report april = bridge(book, "2024-04");
  CHECK(rows_text(april, columns) ==
        std::vector<std::string>{
            "belongs earlier | 2024-04 | 2024-03 | 5 | credits | error | -5.00",
            "belongs earlier | 2024-04 | 2024-03 | 6 | credits | new_information | 8.00",
            "booked later | 2024-05 | 2024-04 | 8 | credits | new_information | 3.00"});
  CHECK(ends(april) == "47.00 3.00 3.00 53.00");
  // For March 5 - 8 were booked: 3 of 47.
  CHECK(weight(april) == "3.00 6.38");
  const Report may = bridge(book, "2024-05");
  CHECK(ends(may) == "15.00 -5.00 0.00 10.00");
  CHECK(weight(may) == "5.00 33.33");
}

TEST_CASE("bridge: a catch-up within the range is no part of it") {
  const Report both = bridge(closed_twice(), "2024-03..2024-04");
  CHECK(rows_text(both, columns) ==
        std::vector<std::string>{
            "booked later | 2024-05 | 2024-03 | 8 | credits | new_information | 2.00",
            "booked later | 2024-05 | 2024-04 | 8 | credits | new_information | 3.00"});
  CHECK(ends(both) == "87.00 0.00 5.00 92.00");
  CHECK(weight(both) == "0.00 0.00");
}

TEST_CASE("bridge: by origin it is walked the other way") {
  const Report april = bridge(closed_twice(), "2024-04", OriginView::by_origin);
  CHECK(rows_text(april, {"change", "record", "revenue"}) ==
        std::vector<std::string>{"belongs earlier | 5 | 5.00", "belongs earlier | 6 | -8.00",
                                 "booked later | 8 | -3.00"});
  CHECK(ends(april) == "47.00 -3.00 -3.00 53.00");
  CHECK(cell(april, 0, "ref").starts_with("bridge/by-origin:2024-04:5:"));
}

TEST_CASE("bridge: an earlier view knows only its records") {
  const SampleBook book = closed_twice();
  const auto at = [&](std::int64_t records) {
    return bridge_report(book.store(), load_view(book.store(), records), range_of("2024-03"),
                         OriginView::as_reported)
        .value();
  };
  CHECK(ends(at(5)) == "40.00 0.00 5.00 45.00");
  CHECK(ends(at(6)) == "40.00 0.00 -3.00 37.00");
  const Report before = at(4);
  CHECK(before.rows.empty());
  CHECK(ends(before) == "40.00 0.00 0.00 40.00");
  CHECK(before.notes == std::vector<std::string>{"no catch-up lies between the two"});
}

TEST_CASE("bridge: a reopening takes catch-ups back in their own class") {
  SampleBook book = late_and_refunded();
  book.reopen("2024-03");
  const Report march = bridge(book, "2024-03");
  CHECK(rows_text(march, columns) ==
        std::vector<std::string>{
            "booked later | 2024-04 | 2024-03 | 5 | credits | error | 5.00",
            "booked later | 2024-04 | 2024-03 | 6 | credits | new_information | -8.00",
            "booked later | 2024-04 | 2024-03 | 7 | credits | error | -5.00",
            "booked later | 2024-04 | 2024-03 | 7 | credits | new_information | 8.00"});
  CHECK(ends(march) == "37.00 0.00 0.00 37.00");
  CHECK(total(march, "error") == "0.00");
  CHECK(total(march, "new_information") == "0.00");

  // Closed again, with one more late charge: only that is a catch-up.
  book.close("2024-03");
  book.import_usage({{"lunar", "2024-03-28", "4"}}, CatchUpClass::estimate);
  const Report again = bridge(book, "2024-03");
  CHECK(ends(again) == "37.00 0.00 4.00 41.00");
  CHECK(total(again, "estimate") == "4.00");
  CHECK(total(again, "error") == "0.00");
  const Report april = bridge(book, "2024-04");
  CHECK(ends(april) == "54.00 -4.00 0.00 50.00");
  CHECK(weight(april) == "4.00 7.41");
}

TEST_CASE("bridge: what a reopening books one period earlier stays what it was") {
  SampleBook book = closed_twice();
  book.reopen("2024-04");
  // The 2 of March move from May to April; the 3 of April are home.
  const Report april = bridge(book, "2024-04");
  CHECK(ends(april) == "52.00 1.00 0.00 53.00");
  book.close("2024-04");
  book.reopen("2024-04");
  book.reopen("2024-03");
  CHECK(ends(bridge(book, "2024-03")) == "39.00 0.00 0.00 39.00");
  CHECK(total(bridge(book, "2024-03"), "error") == "0.00");
}

TEST_CASE("bridge: a catch-up that a reopening books earlier keeps its class") {
  SampleBook book{"2024-03"};
  book.add_deal({.id = "T1", .investee = "lunar", .signed_on = "2024-03-01", .face = "100"});
  book.import_usage({{"lunar", "2024-03-05", "40"}, {"lunar", "2024-04-05", "30"}});
  book.close("2024-03");
  book.close("2024-04");
  book.import_usage({{"lunar", "2024-03-25", "2"}}, CatchUpClass::error);  // booked in May
  book.reopen("2024-04");
  const Report march = bridge(book, "2024-03");
  CHECK(rows_text(march, columns) ==
        std::vector<std::string>{
            "booked later | 2024-04 | 2024-03 | 7 | credits | error | 2.00",
            "booked later | 2024-05 | 2024-03 | 6 | credits | error | 2.00",
            "booked later | 2024-05 | 2024-03 | 7 | credits | error | -2.00"});
  CHECK(ends(march) == "40.00 0.00 2.00 42.00");
  CHECK(rows_text(bridge(book, "2024-04"), columns) ==
        std::vector<std::string>{"belongs earlier | 2024-04 | 2024-03 | 7 | credits | error | -2.00"});
}

TEST_CASE("bridge: cash-funded catch-ups stand apart, and a revenue of zero has no percent") {
  SampleBook book{"2024-03"};
  book.add_deal({.id = "T1", .investee = "lunar", .signed_on = "2024-03-01", .face = "4"});
  book.import_usage({{"lunar", "2024-03-05", "3"}});
  book.close("2024-03");
  book.import_usage({{"lunar", "2024-03-10", "5"}});
  CHECK(rows_text(bridge(book, "2024-03"), columns) ==
        std::vector<std::string>{
            "booked later | 2024-04 | 2024-03 | 5 | cash | new_information | 4.00",
            "booked later | 2024-04 | 2024-03 | 5 | credits | new_information | 1.00"});
  CHECK(weight(bridge(book, "2024-04")) == "5.00 100.00");
  CHECK(weight(bridge(book, "2024-05")) == "0.00 null");
  CHECK(bridge(book, "2024-05").notes.front() == "catch_ups_pct is n/m: the revenue is not above zero");
}

TEST_CASE("bridge: the check finds entries that do not add up to the balances") {
  const SampleBook book = closed_twice();
  BookView view = book.view();
  for (auto& [key, amount] : view.balances) {
    const bool is_late = key.account.role == AccountRole::revenue &&
                         key.posting_period == range_of("2024-05").first &&
                         key.origin_period == range_of("2024-03").first;
    if (is_late) amount -= 1;
  }
  const Report report =
      bridge_report(book.store(), view, range_of("2024-03"), OriginView::as_reported).value();
  CHECK(broken_checks(report) ==
        std::vector<std::string>{"revenue by origin = revenue in the period report by origin"});
}

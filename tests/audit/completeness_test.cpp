#include "accounting/audit/completeness.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/audit/usage_presence.h"
#include "tests/report/sample_book.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

using Rows = std::vector<std::string>;
const Rows columns{"test", "source", "account", "from", "to", "count", "finding", "ref"};

/// A delivery of a source: charges of one account, one row each, and the bills it has.
void deliver(SampleBook& book, const std::string& source, const std::string& account,
             const std::vector<std::string>& times, const std::vector<std::string>& bills,
             DeliveryMode mode = DeliveryMode::append) {
  static int files = 0;
  Delivery delivery;
  delivery.terms.source = source;
  delivery.mode = mode;
  delivery.files.push_back({"u.csv", std::to_string(100'000 + ++files) + std::string(26, 'c'), 1,
                            1, 0});
  for (const std::string& bill : bills) {
    delivery.billing_periods.push_back(Period::parse(bill).value());
  }
  for (const std::string& time : times) {
    Charge charge;
    charge.at = Instant::parse(time).value();
    charge.key = {account, "USD", account, "", "gpu", "sku", "r1"};
    charge.billing_period = delivery.billing_periods.front();
    charge.row_count = 1;
    charge.amount = Decimal::from_integer(1);
    delivery.charges.push_back(charge);
  }
  book.record(UsageImported{std::move(delivery)});
}

SampleBook two_accounts() {
  SampleBook book{"2024-03"};
  book.add_deal({.id = "T1", .investee = "a", .signed_on = "2024-03-01", .face = "100"});
  book.add_deal({.id = "T2", .investee = "b", .signed_on = "2024-03-01", .face = "100"});
  return book;
}

Rows of_test(const Report& report, const std::string& test) {
  Rows rows;
  for (const std::string& row : rows_text(report, columns)) {
    if (row.starts_with(test + " ")) rows.push_back(row.substr(test.size() + 3));
  }
  return rows;
}

}  // namespace

TEST_CASE("completeness: gaps are found where three of four are there") {
  struct Row {
    const char* why;
    std::vector<std::int64_t> present;
    std::vector<Run> gaps;
  };
  const Row rows[] = {
      {"none", {}, {}},
      {"one", {5}, {}},
      {"no gap", {1, 2, 3}, {}},
      {"three of four", {1, 2, 4}, {{3, 3}}},
      {"two of three is too few", {1, 3}, {}},
      {"a longer gap", {1, 2, 3, 4, 5, 6, 9, 10}, {{7, 8}}},
      {"two gaps", {-4, -3, -1, 0, 1, 3, 4, 5}, {{-2, -2}, {2, 2}}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(usual_gaps(row.present) == row.gaps);
  }
}

// Records: 2 and 3 the deals, then deliveries from 4.
TEST_CASE("completeness: months without a delivery, up to the last of any source") {
  SampleBook book = two_accounts();
  deliver(book, "north", "a", {"2024-03-05T00:00:00Z"}, {"2024-03"});
  deliver(book, "south", "b", {"2024-04-05T00:00:00Z"}, {"2024-04"});
  deliver(book, "north", "a", {"2024-06-05T00:00:00Z"}, {"2024-06"});
  deliver(book, "north", "a", {"2024-06-06T00:00:00Z"}, {"2024-06"});
  CHECK(of_test(completeness_report(book.store(), book.view(), std::nullopt), "deliveries") ==
        Rows{"north | null | 2024-03 | 2024-03 | 1 | null | record:4",
             "north | null | 2024-04 | 2024-04 | 0 | no delivery | periods:2024-04",
             "north | null | 2024-05 | 2024-05 | 0 | no delivery | periods:2024-05",
             "north | null | 2024-06 | 2024-06 | 2 | null | record:7",
             "south | null | 2024-04 | 2024-04 | 1 | null | record:5",
             "south | null | 2024-05 | 2024-05 | 0 | no delivery | periods:2024-05",
             "south | null | 2024-06 | 2024-06 | 0 | no delivery | periods:2024-06"});
  CHECK(of_test(completeness_report(book.store(), book.view(), range_of("2024-03..2024-04")),
                "deliveries") ==
        Rows{"north | null | 2024-03 | 2024-03 | 1 | null | record:4",
             "north | null | 2024-04 | 2024-04 | 0 | no delivery | periods:2024-04",
             "south | null | 2024-04 | 2024-04 | 1 | null | record:5"});
}

TEST_CASE("completeness: days and hours without rows, and an account gone silent") {
  SampleBook book = two_accounts();
  // Hourly on 1 March but for 02:00, 03:00 Z; then daily but for the 3rd: 9 of 10 days.
  std::vector<std::string> times;
  for (const char* at : {"00", "01", "04", "05", "06", "07", "08", "09"}) {
    times.push_back(std::string{"2024-03-01T"} + at + ":30:00Z");
  }
  deliver(book, "north", "a", times, {"2024-03"});
  const Report hours = completeness_report(book.store(), book.view(), std::nullopt);
  CHECK(of_test(hours, "hours") ==
        Rows{"null | a | 2024-03-01T02:00:00Z | 2024-03-01T04:00:00Z | 2 | no rows | record:4"});
  CHECK(of_test(hours, "days").empty());
  CHECK(of_test(hours, "unseen") ==
        Rows{"null | b | null | null | null | named in the terms, no rows | investment:b-deal-T2"});

  std::vector<std::string> days;
  for (const char* day : {"02", "04", "05", "06", "07", "08", "09", "10"}) {
    days.push_back(std::string{"2024-03-"} + day + "T00:00:00Z");
  }
  deliver(book, "north", "a", days, {"2024-03"});
  // The last row of all is b's, on the 18th: a is silent for eight days.
  deliver(book, "north", "b", {"2024-03-18T00:00:00Z"}, {"2024-03"});
  const Report report = completeness_report(book.store(), book.view(), std::nullopt);
  CHECK(of_test(report, "days") ==
        Rows{"null | a | 2024-03-03 | 2024-03-03 | 1 | no rows | record:5"});
  CHECK(of_test(report, "silent") ==
        Rows{"null | a | 2024-03-11 | 2024-03-18 | 8 | silent | record:5"});
  CHECK(of_test(report, "unseen").empty());
  CHECK(total(report, "accounts") == "2");
  // A day less is not yet silence.
  deliver(book, "north", "a", {"2024-03-11T00:00:00Z"}, {"2024-03"});
  CHECK(of_test(completeness_report(book.store(), book.view(), std::nullopt), "silent").empty());
}

TEST_CASE("completeness: rows that a replacing delivery took away are not there") {
  SampleBook book = two_accounts();
  deliver(book, "north", "a",
          {"2024-03-01T00:00:00Z", "2024-03-02T00:00:00Z", "2024-03-03T00:00:00Z",
           "2024-03-04T00:00:00Z"},
          {"2024-03"});
  CHECK(of_test(completeness_report(book.store(), book.view(), std::nullopt), "days").empty());
  deliver(book, "north", "a",
          {"2024-03-01T00:00:00Z", "2024-03-02T00:00:00Z", "2024-03-04T00:00:00Z"}, {"2024-03"},
          DeliveryMode::replace);
  CHECK(of_test(completeness_report(book.store(), book.view(), std::nullopt), "days") ==
        Rows{"null | a | 2024-03-03 | 2024-03-03 | 1 | no rows | record:5"});
}

TEST_CASE("completeness: bills that a provider holds open") {
  SampleBook book = two_accounts();
  const auto row = [](const char* period, ProviderPeriod::Status status) {
    return ProviderPeriod{"Acme", Period::parse(period).value(), {}, {}, status, {}};
  };
  book.record(BillingPeriodsImported{"p.csv", std::string(32, 'p'),
                                     {row("2024-03", ProviderPeriod::Status::closed),
                                      row("2024-04", ProviderPeriod::Status::open)}});
  CHECK(of_test(completeness_report(book.store(), book.view(), std::nullopt), "bills") ==
        Rows{"Acme | null | 2024-03 | 2024-03 | null | null | provider:2024-03:Acme",
             "Acme | null | 2024-04 | 2024-04 | null | open at the provider | "
             "provider:2024-04:Acme"});
}

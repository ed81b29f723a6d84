#include "accounting/audit/invoices.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/report/sample_book.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

using Rows = std::vector<std::string>;

/// A delivery that says of account "a" what it holds in all; one charge, so that it is not equal to
/// what stands.
void deliver(SampleBook& book, const std::vector<std::string>& bills, std::int64_t rows,
             const std::string& amount, DeliveryMode mode = DeliveryMode::append,
             Basis basis = Basis::billed) {
  static int files = 0;
  Delivery delivery;
  delivery.terms.basis = basis;
  delivery.mode = mode;
  delivery.files.push_back({"u.csv", std::to_string(100'000 + ++files) + std::string(26, 'i'), 1,
                            rows, 0});
  for (const std::string& bill : bills) {
    delivery.billing_periods.push_back(Period::parse(bill).value());
  }
  Charge charge;
  charge.at = Instant::parse("2024-03-10T00:00:00Z").value();
  charge.key = {"a", "USD", "a", "", "gpu", "sku", "r1"};
  charge.billing_period = delivery.billing_periods.front();
  charge.row_count = 1;
  charge.amount = Decimal::parse(amount).value();
  delivery.charges.push_back(charge);
  delivery.by_account[{"a", "USD"}] = {rows, Decimal::parse(amount).value()};
  book.record(UsageImported{std::move(delivery)});
}

Report compared(const SampleBook& book, const std::string& amount,
                const std::string& period = "2024-03") {
  const std::vector<InvoicedAmount> invoices{{"a", Period::parse(period).value(),
                                              Currency::from_code("USD").value(),
                                              Decimal::parse(amount).value()}};
  return invoice_report(book.store(), book.view(), invoices);
}

std::string finding(const SampleBook& book, const std::string& amount) {
  return cell(compared(book, amount), 0, "finding");
}

}  // namespace

// MAX(100 x 0.01, sqrt(rows) x 0.5 x 0.01): 1.00 up to 40,000 rows; 15.8113... for 10 million.
TEST_CASE("invoices: the tolerance of FOCUS, to the last digit") {
  SampleBook few{"2024-03"};
  deliver(few, {"2024-03"}, 40'000, "500");
  CHECK(finding(few, "501") == "null");
  CHECK(finding(few, "499") == "null");
  CHECK(finding(few, "501.01") == "beyond the tolerance");
  CHECK(finding(few, "498.99") == "beyond the tolerance");

  // With few rows the whole unit alone admits it.
  SampleBook tiny{"2024-03"};
  deliver(tiny, {"2024-03"}, 10, "500");
  CHECK(finding(tiny, "501") == "null");
  CHECK(finding(tiny, "501.0001") == "beyond the tolerance");

  SampleBook many{"2024-03"};
  deliver(many, {"2024-03"}, 10'000'000, "500.0000");
  CHECK(finding(many, "515.8113") == "null");
  CHECK(finding(many, "515.8114") == "beyond the tolerance");
  CHECK(row_text(compared(many, "515.80"), 0,
                 {"billing_account", "billing_period", "currency", "rows", "imported", "invoiced",
                  "difference", "tolerance", "finding", "ref"}) ==
        "a | 2024-03 | USD | 10000000 | 500.00 | 515.80 | -15.80 | 15.81 | null | record:2");
}

TEST_CASE("invoices: what stands is what was appended since the last replacement") {
  SampleBook book{"2024-03"};
  deliver(book, {"2024-03"}, 10, "100");
  deliver(book, {"2024-03"}, 10, "50");
  CHECK(cell(compared(book, "150"), 0, "imported") == "150.00");
  deliver(book, {"2024-03"}, 5, "70", DeliveryMode::replace);
  deliver(book, {"2024-03"}, 5, "1");
  const Report report = compared(book, "71");
  CHECK(cell(report, 0, "imported") == "71.00");
  CHECK(cell(report, 0, "rows") == "10");
  CHECK(cell(report, 0, "finding") == "null");
  CHECK(total(report, "findings") == "0");
}

TEST_CASE("invoices: nothing is compared where it cannot be") {
  SampleBook book{"2024-03"};
  CHECK(finding(book, "5") == "nothing imported");
  deliver(book, {"2024-03", "2024-04"}, 10, "100");
  const Report report = compared(book, "100");
  CHECK(cell(report, 0, "finding") == "a delivery holds several months: not compared");
  CHECK(cell(report, 0, "difference") == "null");
}

TEST_CASE("invoices: that another column than BilledCost was imported is said") {
  SampleBook book{"2024-03"};
  deliver(book, {"2024-03"}, 10, "100", DeliveryMode::append, Basis::effective);
  CHECK(compared(book, "100").notes.back().find("not in BilledCost") != std::string::npos);
  SampleBook billed{"2024-03"};
  deliver(billed, {"2024-03"}, 10, "100");
  CHECK(compared(billed, "100").notes.back().find("not in BilledCost") == std::string::npos);
}

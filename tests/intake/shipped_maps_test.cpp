// The maps that are shipped, each with the example beside it.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "ledger/intake/usage.h"
#include "tests/intake/focus_sample.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

namespace fs = std::filesystem;

fs::path shipped(const std::string& name) {
  return fs::path{ACCRUE_SOURCE_DIR} / "examples" / "maps" / name;
}

std::string text_of(const fs::path& path) {
  std::ifstream file{path, std::ios::binary};
  REQUIRE(file.good());
  return {std::istreambuf_iterator<char>{file}, {}};
}

/// The example of a shipped map, read with it.
Result<DeliveryReading> read_shipped(const std::string& name, FocusReading reading) {
  reading.terms.map = MapFile{name + ".toml", text_of(shipped(name + ".toml"))};
  return reading.of_paths({shipped(name + ".csv").string()});
}

using Totals = std::map<std::pair<ChargeCategory, std::string>, RowsAndAmount>;

/// "at service sku category rows amount", and "correction" for one.
std::vector<std::string> charges_of(const DeliveryReading& read) {
  constexpr const char* names[] = {"Usage", "Purchase", "Tax", "Credit", "Adjustment"};
  std::vector<std::string> lines;
  for (const Charge& charge : read.delivery.charges) {
    lines.push_back(charge.at.to_string() + ' ' + charge.key.service + ' ' + charge.key.sku + ' ' +
                    names[static_cast<std::size_t>(charge.category)] + ' ' +
                    std::to_string(charge.row_count) + ' ' + charge.amount.to_string() +
                    (charge.charge_class == ChargeClass::correction ? " correction" : ""));
  }
  return lines;
}

}  // namespace

TEST_CASE("shipped maps: AWS CUR, legacy") {
  FocusReading reading{.terms = {.credit_rows = CreditRows::settles},
                       .investments = {sub_account_holder("Lab", "000444555666")}};
  const DeliveryReading read = read_shipped("aws-cur", reading).value();
  CHECK(read.warnings.empty());
  CHECK(read.delivery.by_category ==
        Totals{// 40.0000000001 - 4.00000000001 + 1.25 + 27.5 + 0 + 0.23
               {{ChargeCategory::usage, "USD"}, {6, dec("64.98000000009")}},
               // 10.5 + 2.25 unused of the reservation, 30 - 27.5 of the plan
               {{ChargeCategory::purchase, "USD"}, {2, dec("15.25")}},
               {{ChargeCategory::tax, "USD"}, {1, dec("61.05")}},
               {{ChargeCategory::credit, "USD"}, {1, dec("-3.5")}},
               {{ChargeCategory::adjustment, "USD"}, {1, dec("-6")}}});
  CHECK(charges_of(read) ==
        std::vector<std::string>{
            "2026-05-01T00:00:00Z MadeUpCompute USE1-Node:small Purchase 1 12.75",
            "2026-05-04T00:00:00Z MadeUpCompute USE1-Gpu:big Usage 2 36.00000000009",
            "2026-05-04T00:00:00Z MadeUpCompute USE1-Gpu:big Adjustment 1 -6",
            "2026-05-04T00:00:00Z MadeUpCompute USE1-Node:small Usage 1 1.25",
            "2026-05-04T01:00:00Z MadeUpCompute USE1-Gpu:big Usage 2 27.5",
            "2026-05-04T01:00:00Z MadeUpPlans ComputeSP:1yr Purchase 1 2.5"});
  CHECK(read.delivery.settled.at({"Lab", "USD"}) == RowsAndAmount{1, dec("-3.5")});
  CHECK(read.delivery.billing_periods == std::vector{month("2026-05")});
  // The other account of the payer.
  CHECK(read.delivery.other_customers.begin()->second == RowsAndAmount{1, dec("0.23")});

  reading.terms.basis = Basis::billed;
  CHECK(read_shipped("aws-cur", reading).value().delivery.by_category ==
        Totals{// 40.0000000001 - 4.00000000001 + 0 + 40 - 40 + 0.23
               {{ChargeCategory::usage, "USD"}, {6, dec("36.23000000009")}},
               {{ChargeCategory::purchase, "USD"}, {2, dec("774")}},
               {{ChargeCategory::tax, "USD"}, {1, dec("61.05")}},
               {{ChargeCategory::credit, "USD"}, {1, dec("-3.5")}},
               {{ChargeCategory::adjustment, "USD"}, {1, dec("-6")}}});
}

TEST_CASE("shipped maps: AWS CUR 2.0, without the columns of reservations") {
  const DeliveryReading read =
      read_shipped("aws-cur-2", {.investments = {holder("Lab", {"000111222333"})}}).value();
  CHECK(read.warnings.empty());
  CHECK(read.delivery.by_category ==
        Totals{// 80 + 19.999999999 + 27.5 + 0
               {{ChargeCategory::usage, "USD"}, {4, dec("127.499999999")}},
               // 30 - 27.5 of the plan, and the fee
               {{ChargeCategory::purchase, "USD"}, {2, dec("18.25")}},
               {{ChargeCategory::tax, "USD"}, {1, dec("11.5")}}});
  CHECK(charges_of(read) ==
        std::vector<std::string>{
            "2026-05-04T00:00:00Z MadeUpCompute USE1-Gpu:big Usage 2 99.999999999",
            "2026-05-04T01:00:00Z MadeUpCompute USE1-Gpu:big Usage 2 27.5",
            "2026-05-04T01:00:00Z MadeUpPlans ComputeSP:1yr Purchase 1 2.5",
            "2026-05-05T00:00:00Z MadeUpSupport Support Purchase 1 15.75"});
}

TEST_CASE("shipped maps: OCI cost report") {
  const DeliveryReading read =
      read_shipped("oci", {.investments = {holder("Lab", {"tenant-lab"})}}).value();
  CHECK(read.warnings.empty());
  // 12.5 + 0.0138888888888888888888 + 0.00000025 - 12.5 + 0
  CHECK(read.delivery.by_category ==
        Totals{{{ChargeCategory::usage, "USD"}, {5, dec("0.0138891388888888888888")}}});
  CHECK(charges_of(read) ==
        std::vector<std::string>{
            "2026-05-31T23:00:00Z COMPUTE B00001 Usage 1 12.5",
            "2026-05-31T23:00:00Z COMPUTE B00001 Usage 1 -12.5 correction",
            "2026-06-01T00:00:00Z COMPUTE B00001 Usage 2 0.0138891388888888888888",
            "2026-06-01T00:00:00Z NETWORK B00002 Usage 1 0"});
  // The report names no bill: a charge stands in that of its own month.
  CHECK(read.delivery.billing_periods == std::vector{month("2026-05"), month("2026-06")});
  CHECK(read.delivery.charges[1].billing_period == month("2026-05"));
}

TEST_CASE("shipped maps: Azure EA, amortised") {
  const DeliveryReading read =
      read_shipped("azure-ea-amortised",
                   {.investments = {holder("Lab", {"0099001"})}, .grant_currencies = {"CAD"}})
          .value();
  CHECK(read.warnings.empty());
  CHECK(read.delivery.by_category ==
        Totals{// 16.29693213663664 + 0.00000000000001 + 3.5 + 0.75
               {{ChargeCategory::usage, "CAD"}, {4, dec("20.54693213663665")}},
               {{ChargeCategory::purchase, "CAD"}, {1, dec("99")}},
               {{ChargeCategory::adjustment, "CAD"}, {2, dec("-1.51")}}});
  CHECK(charges_of(read) ==
        std::vector<std::string>{
            "2026-06-01T00:00:00Z Virtual Machines meter-1 Usage 2 16.29693213663665",
            "2026-06-02T00:00:00Z Virtual Machines meter-2 Usage 2 4.25",
            "2026-06-30T00:00:00Z Rounding meter-9 Adjustment 1 -0.01",
            "2026-06-30T00:00:00Z Software meter-3 Purchase 1 99",
            "2026-06-30T00:00:00Z Virtual Machines meter-1 Adjustment 1 -1.5"});
  CHECK(read.delivery.crossing.empty());
}

TEST_CASE("shipped maps: Azure MCA, amortised") {
  const FocusReading reading{.investments = {holder("Lab", {"acct:lab-1"})},
                             .grant_currencies = {"EUR"}};
  const DeliveryReading read = read_shipped("azure-mca-amortised", reading).value();
  CHECK(read.warnings.empty());
  CHECK(read.delivery.by_category == Totals{
                                         // 0.0000564902 + 7 + 0.5
                                         {{ChargeCategory::usage, "EUR"}, {3, dec("7.5000564902")}},
                                         {{ChargeCategory::tax, "EUR"}, {1, dec("1.33")}},
                                         {{ChargeCategory::adjustment, "EUR"}, {1, dec("-7")}}});
  CHECK(
      charges_of(read) ==
      std::vector<std::string>{"2026-06-03T00:00:00Z Virtual Machines meter-1 Usage 2 7.0000564902",
                               "2026-06-03T00:00:00Z Virtual Machines meter-2 Usage 1 0.5",
                               "2026-06-04T00:00:00Z Virtual Machines meter-1 Adjustment 1 -7"});
}

TEST_CASE("shipped maps: Alibaba Cloud instance bill, whose deductions are what was drawn") {
  FocusReading reading{.investments = {holder("Lab", {"100200300"})},
                       .zone = "Asia/Shanghai",
                       .grant_currencies = {"CNY"}};
  const auto read_as = [&](Basis basis) {
    reading.terms.basis = basis;
    return read_shipped("alibaba-instance-bill", reading).value();
  };
  const auto totals = [](const char* usage, const char* adjustment) {
    return Totals{{{ChargeCategory::usage, "CNY"}, {3, dec(usage)}},
                  {{ChargeCategory::adjustment, "CNY"}, {2, dec(adjustment)}}};
  };
  const DeliveryReading read = read_as(Basis::effective);
  CHECK(read.warnings.empty());
  // (50 + 600 + 150) + (0 + 10.55 + null) + (0 + 0 + 20); -5 + 0
  CHECK(read.delivery.by_category == totals("830.55", "-5"));
  // A day of Shanghai begins at 16:00 UTC.
  CHECK(charges_of(read) ==
        std::vector<std::string>{"2026-05-31T16:00:00Z ecs ecs-gpu Usage 2 810.55",
                                 "2026-06-29T16:00:00Z ecs ecs-gpu Adjustment 2 -5",
                                 "2026-06-29T16:00:00Z oss oss-bytes Usage 1 20"});
  CHECK(read.delivery.billing_periods == std::vector{month("2026-06")});
  CHECK(read.delivery.crossing.empty());
  // What credits paid and what was left to pay is the whole.
  CHECK(read_as(Basis::billed).delivery.by_category == totals("100", "0.5"));
  CHECK(read_as(Basis::contracted).delivery.by_category == totals("930.55", "-4.5"));
  CHECK(read_as(Basis::list).delivery.by_category == totals("1030.55", "-4.5"));
}

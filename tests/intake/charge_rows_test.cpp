// Where the rows of a charge stand, and what each of them brought.

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "ledger/intake/usage.h"
#include "tests/intake/focus_sample.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

/// "sku first_file:first_line-last_file:last_line rows".
std::vector<std::string> spans_of(const Delivery& delivery) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < delivery.charges.size(); ++i) {
    const RowSpan& span = delivery.rows_of_charges.at(i);
    const auto text = [](RowAddress at) {
      return std::to_string(at.file) + ":" + std::to_string(at.line);
    };
    lines.push_back(delivery.charges[i].key.sku + " " + text(span.first) + "-" + text(span.last) +
                    " " + std::to_string(delivery.charges[i].row_count));
  }
  return lines;
}

}  // namespace

TEST_CASE("charge rows: a charge knows its first and last row, over files and quoted line breaks") {
  const std::string first = FocusSample{}
                                .row({{"SkuId", "a"}})
                                .row({{"SkuId", "\"b\nb\""}})  // lines 3 and 4
                                .row({{"SkuId", "a"}, {"ChargePeriodStart", "2026-05-02T00:00:00Z"},
                                      {"ChargePeriodEnd", "2026-05-02T01:00:00Z"}})
                                .row({{"SkuId", "a"}})
                                .text();
  const std::string second = FocusSample{}
                                 .row({{"SkuId", "c"}, {"BillingAccountId", "of-others"}})
                                 .row({{"SkuId", "a"}})
                                 .text();
  const FocusReading reading{.investments = {holder("Lab", {"ba-1"})}};
  const Delivery delivery = reading.of({first, second}).value().delivery;
  CHECK(spans_of(delivery) == std::vector<std::string>{"a 0:2-1:3 3", "b\nb 0:3-0:3 1",
                                                       "a 0:5-0:5 1"});
}

TEST_CASE("charge rows: each row that becomes part of a charge is told with what it brings") {
  const std::string text = FocusSample{}
                               .row({{"EffectiveCost", "1.25"}})
                               .row({{"EffectiveCost", "9"}, {"BillingAccountId", "of-others"}})
                               .row({{"EffectiveCost", "9"}, {"ChargeCategory", "Tax"}})
                               .row({{"EffectiveCost", "-0.25"}})
                               .text();
  const ScratchFile file{text, "usage.csv"};
  const TimeZone zone = TimeZone::named("UTC").value();
  const std::vector<Investment> deals{holder("Lab", {"ba-1"})};
  const AccountMatcher matcher{deals, zone};
  std::vector<ChargeRow> rows;
  const DeliveryContext context{matcher, zone,
                                [](const std::string&, const std::string&) { return true; },
                                {},
                                [&](const ChargeRow& row) { rows.push_back(row); }};
  REQUIRE(read_usage({file.path()}, {}, context).ok());
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].address == RowAddress{0, 2});
  CHECK(rows[0].charge.amount == dec("1.25"));
  CHECK(rows[0].charge.key.investee == "Lab");
  CHECK(rows[0].charge.key.sku == "sku-1");
  CHECK(rows[1].address == RowAddress{0, 5});
  CHECK(rows[1].charge.amount == dec("-0.25"));
  CHECK(rows[1].text.find("-0.25") != std::string::npos);
}

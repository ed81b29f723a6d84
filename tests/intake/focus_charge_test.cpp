// Which rows are charges, and what of the others is kept (semantics, section 3).

#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "ledger/intake/usage.h"
#include "tests/intake/focus_sample.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

using Cells = FocusSample::Cells;

/// A reading in which account ba-1 is Lab's.
FocusReading lab(DeliveryTerms terms = {}) {
  return {.terms = std::move(terms), .investments = {holder("Lab", {"ba-1"})}};
}

std::string code_of(const Result<DeliveryReading>& read) {
  return read.ok() ? "" : std::string{name_of(read.error().code)};
}

}  // namespace

TEST_CASE("focus charges: category, basis and match decide what a row is") {
  struct Row {
    std::string why;
    Cells cells;
    Basis basis;
    std::optional<std::string> charge;
  };
  const Row rows[] = {
      {"usage", {{"EffectiveCost", "5"}}, Basis::effective, "5"},
      {"usage of zero", {{"EffectiveCost", "0"}}, Basis::effective, "0"},
      {"usage below zero", {{"EffectiveCost", "-5"}}, Basis::effective, "-5"},
      {"usage at another basis", {{"ListCost", "7"}}, Basis::list, "7"},
      {"an adjustment",
       {{"ChargeCategory", "Adjustment"}, {"EffectiveCost", "5"}},
       Basis::effective,
       "5"},
      {"tax", {{"ChargeCategory", "Tax"}, {"EffectiveCost", "5"}}, Basis::effective, {}},
      {"a purchase that is not zero",
       {{"ChargeCategory", "Purchase"}, {"EffectiveCost", "5"}},
       Basis::effective,
       "5"},
      {"a covering purchase",
       {{"ChargeCategory", "Purchase"}, {"EffectiveCost", "0.00"}, {"BilledCost", "500000"}},
       Basis::effective,
       {}},
      {"a purchase at another basis",
       {{"ChargeCategory", "Purchase"}, {"BilledCost", "5"}},
       Basis::billed,
       {}},
      {"another customer's", {{"BillingAccountId", "ba-2"}}, Basis::effective, {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const DeliveryReading read = lab({.basis = row.basis}).of(FocusSample{}.row(row.cells)).value();
    REQUIRE(read.delivery.charges.size() == (row.charge ? 1 : 0));
    if (!row.charge) continue;
    CHECK(read.delivery.charges[0].amount == dec(*row.charge));
    CHECK(read.delivery.charges[0].kind == Charge::Kind::served);
    CHECK(read.delivery.other_customers.empty());
  }
}

TEST_CASE("focus charges: rows of one key, category and class add up; any difference parts them") {
  const Cells base{{"EffectiveCost", "0.0000000072922557592391990001"}};
  const auto with = [&](const char* column, const char* text) {
    Cells cells = base;
    cells[column] = text;
    return cells;
  };
  struct Row {
    std::string why;
    Cells cells;
    std::size_t charge_count;
  };
  const Row rows[] = {
      {"the same", base, 1},
      {"another end, which is no part of the key", with("ChargePeriodEnd", "2026-05-01T02:00:00Z"),
       1},
      {"another cost in another column", with("BilledCost", "9"), 1},
      {"a start written otherwise", with("ChargePeriodStart", "2026-05-01 00:00:00"), 1},
      {"another start", with("ChargePeriodStart", "2026-05-01T00:00:01Z"), 2},
      {"another sub account", with("SubAccountId", "sub-2"), 2},
      {"a null sub account", with("SubAccountId", "NULL"), 2},
      {"another service", with("ServiceName", "Storage"), 2},
      {"another sku", with("SkuId", "sku-01"), 2},
      {"another region", with("RegionId", "US-east-1"), 2},
      {"another category", with("ChargeCategory", "Adjustment"), 2},
      {"another class", with("ChargeClass", "Correction"), 2},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const DeliveryReading read = lab().of(FocusSample{}.row(base).row(row.cells)).value();
    REQUIRE(read.delivery.charges.size() == row.charge_count);
    if (row.charge_count > 1) continue;
    CHECK(read.delivery.charges[0].row_count == 2);
    CHECK(read.delivery.charges[0].amount == dec("0.0000000145845115184783980002"));
  }
}

TEST_CASE("focus charges: null and absent fields are the empty text") {
  const FocusSample sample = FocusSample{}
                                 .row({{"SkuId", "NULL"}})
                                 .row({{"SkuId", ""}})
                                 .row({{"SkuId", "(null)"}})
                                 .row({{"SkuId", "null"}});
  const DeliveryReading read = lab().of(sample).value();
  REQUIRE(read.delivery.charges.size() == 1);
  CHECK(read.delivery.charges[0].key.sku.empty());
  CHECK(read.delivery.charges[0].row_count == 4);
}

TEST_CASE("focus charges: a charge whose rows cancel out is kept, with its rows") {
  const FocusSample sample =
      FocusSample{}.row({{"EffectiveCost", "5"}}).row({{"EffectiveCost", "-5.00"}});
  const DeliveryReading read = lab().of(sample).value();
  REQUIRE(read.delivery.charges.size() == 1);
  CHECK(read.delivery.charges[0].amount.is_zero());
  CHECK(read.delivery.charges[0].row_count == 2);
}

TEST_CASE("focus charges: charges are in the order of time and key") {
  FocusReading reading = lab();
  reading.investments.push_back(holder("Atelier", {"ba-9"}));
  const FocusSample sample = FocusSample{}
                                 .row({{"ChargePeriodStart", "2026-05-01T00:30:00Z"}})
                                 .row({{"RegionId", "b"}})
                                 .row({{"RegionId", "a"}})
                                 .row({{"SkuId", "a"}})
                                 .row({{"ChargeCategory", "Adjustment"}, {"SkuId", "a"}})
                                 .row({{"ChargeClass", "Correction"}, {"SkuId", "a"}})
                                 .row({{"BillingAccountId", "ba-9"}, {"SubAccountId", "z"}});
  const auto read = reading.of(sample);
  std::vector<std::string> order;
  for (const Charge& charge : read.value().delivery.charges) {
    order.push_back(charge.at.to_string().substr(11, 5) + ' ' + charge.key.investee + ' ' +
                    charge.key.sku + ' ' + charge.key.region + ' ' +
                    std::to_string(static_cast<int>(charge.category)) +
                    std::to_string(static_cast<int>(charge.charge_class)));
  }
  CHECK(order == std::vector<std::string>{"00:00 Atelier sku-1 us-east-1 00",
                                          "00:00 Lab a us-east-1 00", "00:00 Lab a us-east-1 01",
                                          "00:00 Lab a us-east-1 40", "00:00 Lab sku-1 a 00",
                                          "00:00 Lab sku-1 b 00", "00:30 Lab sku-1 us-east-1 00"});
}

TEST_CASE("focus charges: Credit rows settle or reduce, as the source says, and never neither") {
  const FocusSample sample = FocusSample{}
                                 .row({{"EffectiveCost", "100"}})
                                 .row({{"ChargeCategory", "Credit"}, {"EffectiveCost", "-30"}})
                                 .row({{"ChargeCategory", "Credit"}, {"EffectiveCost", "-5"}})
                                 .row({{"ChargeCategory", "Credit"}, {"BillingAccountId", "ba-2"}});

  const DeliveryReading settles = lab({.credit_rows = CreditRows::settles}).of(sample).value();
  CHECK(settles.delivery.charges.size() == 1);
  CHECK(settles.delivery.settled.at({"Lab", "USD"}) == RowsAndAmount{2, dec("-35")});

  const DeliveryReading reduces = lab({.credit_rows = CreditRows::reduces}).of(sample).value();
  REQUIRE(reduces.delivery.charges.size() == 2);
  CHECK(reduces.delivery.charges[1].kind == Charge::Kind::reduction);
  CHECK(reduces.delivery.charges[1].amount == dec("-35"));
  CHECK(reduces.delivery.settled.empty());

  for (const OnError on_error : {OnError::stop, OnError::quarantine}) {
    const auto neither = lab({.on_error = on_error}).of(sample);
    REQUIRE_FALSE(neither.ok());
    REQUIRE(neither.refusal().errors.size() == 1);
    CHECK(neither.error().code == ErrorCode::credit_rows_undecided);
    CHECK(neither.error().place.line == 3);
    CHECK(neither.error().notes == std::vector<std::string>{"rows: 2"});
  }

  // Another customer's Credit rows need no decision.
  const FocusSample others =
      FocusSample{}.row({{"ChargeCategory", "Credit"}, {"BillingAccountId", "ba-2"}});
  CHECK(lab().of(others).ok());
}

TEST_CASE("focus charges: the basis of a deal goes before that of the source") {
  FocusReading reading = lab({.basis = Basis::effective});
  reading.investments[0].basis = Basis::list;
  const FocusSample sample =
      FocusSample{}
          .row({{"EffectiveCost", "1"}, {"ListCost", "3"}})
          .row({{"EffectiveCost", "1"}, {"ListCost", "3"}, {"ChargeCategory", "Purchase"}});
  const DeliveryReading read = reading.of(sample).value();
  REQUIRE(read.delivery.charges.size() == 1);
  CHECK(read.delivery.charges[0].amount == dec("3"));
  // What is counted is counted in the basis of the source.
  CHECK(read.delivery.by_account.at({"ba-1", "USD"}) == RowsAndAmount{2, dec("2")});

  for (const OnError on_error : {OnError::stop, OnError::quarantine}) {
    reading.terms.on_error = on_error;
    CHECK(code_of(reading.of(FocusSample{sample}.without("ListCost"))) == "missing_column");
  }
}

TEST_CASE("focus charges: a charge needs an amount; a row of nobody's counts as zero without") {
  const DeliveryTerms terms{.basis = Basis::list};
  const Cells null{{"ListCost", "NULL"}};
  CHECK(code_of(lab(terms).of(FocusSample{}.row(null))) == "null_not_allowed");
  CHECK(lab(terms)
            .of(FocusSample{}.row({{"ListCost", ""}, {"ChargeCategory", "Tax"}}))
            .value()
            .delivery.by_category.at({ChargeCategory::tax, "USD"}) == RowsAndAmount{1, dec("0")});
  // Not the amount of the row before.
  const DeliveryReading read =
      FocusReading{.terms = terms}.of(FocusSample{}.row({{"ListCost", "7"}}).row(null)).value();
  CHECK(read.delivery.other_customers.begin()->second == RowsAndAmount{2, dec("7")});
  CHECK(read.delivery.by_account.at({"ba-1", "USD"}) == RowsAndAmount{2, dec("7")});
}

TEST_CASE("focus charges: other customers are totals per account, month of the book and currency") {
  FocusReading reading = lab();
  reading.zone = "Asia/Shanghai";
  const FocusSample sample =
      FocusSample{}
          .row({{"BillingAccountId", "ba-2"}, {"EffectiveCost", "1"}})
          .row({{"BillingAccountId", "ba-2"},
                {"EffectiveCost", "2"},
                {"ChargeCategory", "Tax"},
                {"SubAccountId", "sub-2"}})
          // In Shanghai the month has begun at 16:00 UTC.
          .row({{"BillingAccountId", "ba-2"},
                {"EffectiveCost", "4"},
                {"ChargePeriodStart", "2026-04-30T15:59:59Z"}})
          .row({{"BillingAccountId", "ba-2"},
                {"EffectiveCost", "8"},
                {"ChargePeriodStart", "2026-04-30T16:00:00Z"}})
          .row({{"BillingAccountId", "ba-2"}, {"EffectiveCost", "16"}, {"BillingCurrency", "EUR"}})
          .row({{"BillingAccountId", "ba-3"}, {"EffectiveCost", "32"}})
          .row({{"EffectiveCost", "64"}});
  const Delivery delivery = reading.of(sample).value().delivery;
  const Period april = Period::of(2026, 4);
  const Period may = Period::of(2026, 5);
  const std::map<Delivery::OtherKey, RowsAndAmount> expected{
      {{"ba-2", april, "USD"}, {1, dec("4")}},
      {{"ba-2", may, "EUR"}, {1, dec("16")}},
      {{"ba-2", may, "USD"}, {3, dec("11")}},
      {{"ba-3", may, "USD"}, {1, dec("32")}},
  };
  CHECK(delivery.other_customers == expected);
  REQUIRE(delivery.charges.size() == 1);
  CHECK(delivery.charges[0].amount == dec("64"));
}

TEST_CASE("focus charges: a match that begins in the middle of a file takes what is timed in it") {
  FocusReading reading = lab();
  reading.investments[0].matching.from_on = Date::parse("2026-05-10").value();
  FocusSample sample;
  for (const char* day : {"09", "10", "09", "11", "10"}) {
    sample.row({{"ChargePeriodStart", "2026-05-" + std::string{day} + "T12:00:00Z"},
                {"ChargePeriodEnd", "2026-05-" + std::string{day} + "T13:00:00Z"}});
  }
  const Delivery delivery = reading.of(sample).value().delivery;
  REQUIRE(delivery.charges.size() == 2);
  CHECK(delivery.charges[0].row_count == 2);
  CHECK(delivery.other_customers.begin()->second.row_count == 2);
}

TEST_CASE("focus charges: more than 31 days with an amount is refused, of charges only") {
  struct Row {
    std::string why;
    std::string zone;
    std::string start;
    std::string end;
    Cells cells;
    std::string refused;
  };
  const Row rows[] = {
      {"31 days", "UTC", "2026-05-01", "2026-06-01", {}, ""},
      {"31 days and a second", "UTC", "2026-05-01", "2026-06-01T00:00:01Z", {}, "charge_too_long"},
      {"without an amount", "UTC", "2026-05-01", "2027-05-01", {{"EffectiveCost", "0"}}, ""},
      {"below zero",
       "UTC",
       "2026-05-01",
       "2027-05-01",
       {{"EffectiveCost", "-1"}},
       "charge_too_long"},
      {"a covering purchase",
       "UTC",
       "2026-05-01",
       "2027-05-01",
       {{"EffectiveCost", "0"}, {"ChargeCategory", "Purchase"}},
       ""},
      {"tax", "UTC", "2026-05-01", "2027-05-01", {{"ChargeCategory", "Tax"}}, ""},
      {"another customer's", "UTC", "2026-05-01", "2027-05-01", {{"BillingAccountId", "x"}}, ""},
      // October 2026 in Berlin: from 22:00Z to 23:00Z, 31 days and the hour put in.
      {"a month with an hour put in",
       "Europe/Berlin",
       "2026-09-30T22:00:00Z",
       "2026-10-31T23:00:00Z",
       {},
       ""},
      {"and a second more",
       "Europe/Berlin",
       "2026-09-30T22:00:00Z",
       "2026-10-31T23:00:01Z",
       {},
       "charge_too_long"},
      {"the same hours in UTC",
       "UTC",
       "2026-09-30T22:00:00Z",
       "2026-10-31T23:00:00Z",
       {},
       "charge_too_long"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    Cells cells = row.cells;
    cells["ChargePeriodStart"] = row.start;
    cells["ChargePeriodEnd"] = row.end;
    FocusReading reading = lab();
    reading.zone = row.zone;
    CHECK(code_of(reading.of(FocusSample{}.row(cells))) == row.refused);
  }
}

TEST_CASE("focus charges: what crosses a month end of the book is added up by currency") {
  struct Row {
    std::string why;
    std::string zone;
    std::string start;
    std::string end;
    std::optional<std::string> crossing;
  };
  const Row rows[] = {
      {"inside", "UTC", "2026-05-10", "2026-05-11", {}},
      {"up to the month end", "UTC", "2026-05-31T23:00:00Z", "2026-06-01T00:00:00Z", {}},
      {"a second beyond", "UTC", "2026-05-31T23:00:00Z", "2026-06-01T00:00:01Z", "2.5"},
      {"a whole month", "UTC", "2026-05-01", "2026-06-01", {}},
      {"a month of another zone", "Asia/Shanghai", "2026-05-01", "2026-06-01", "2.5"},
      {"up to its month end", "Asia/Shanghai", "2026-05-01", "2026-05-31T16:00:00Z", {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    FocusReading reading = lab();
    reading.zone = row.zone;
    const Cells cells{
        {"ChargePeriodStart", row.start}, {"ChargePeriodEnd", row.end}, {"EffectiveCost", "1.25"}};
    Cells others = cells;
    others["BillingAccountId"] = "ba-2";
    const Delivery delivery =
        reading.of(FocusSample{}.row(cells).row(cells).row(others)).value().delivery;
    std::map<std::string, Decimal> expected;
    if (row.crossing) expected["USD"] = dec(*row.crossing);
    CHECK(delivery.crossing == expected);
  }
}

TEST_CASE("focus charges: a currency without a grant is refused once, until it is named") {
  const FocusSample sample = FocusSample{}
                                 .row({})
                                 .row({{"BillingCurrency", "EUR"}})
                                 .row({{"BillingCurrency", "JPY"}})
                                 .row({{"BillingCurrency", "EUR"}})
                                 .row({{"BillingCurrency", "CNY"}, {"BillingAccountId", "ba-2"}})
                                 .row({{"BillingCurrency", "CNY"}, {"ChargeCategory", "Tax"}});
  for (const OnError on_error : {OnError::stop, OnError::quarantine}) {
    const auto read = lab({.on_error = on_error}).of(sample);
    REQUIRE_FALSE(read.ok());
    REQUIRE(read.refusal().errors.size() == 2);
    const Error& euros = read.refusal().errors[0];
    CHECK(euros.code == ErrorCode::no_grant_in_currency);
    CHECK(euros.message.find("Lab") != std::string::npos);
    CHECK(euros.place.line == 3);
    CHECK(euros.notes == std::vector<std::string>{"rows: 2"});
    CHECK(euros.hint.find("--overage-currency EUR") != std::string::npos);
    CHECK(read.refusal().errors[1].place.line == 4);
  }
  CHECK(code_of(lab({.overage_currencies = {"EUR"}}).of(sample)) == "no_grant_in_currency");
  const DeliveryReading read = lab({.overage_currencies = {"EUR", "JPY"}}).of(sample).value();
  CHECK(read.delivery.charges.size() == 3);
}

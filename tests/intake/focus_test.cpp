#include "ledger/intake/usage.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/intake/focus_sample.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

std::string_view name_of(const Error& error) { return accrue::name_of(error.code); }

/// "bad_decimal 2:1, ..." of a refusal.
std::string refused(const Result<DeliveryReading>& read) {
  if (read.ok()) return "";
  std::string text;
  for (const Error& error : read.refusal().errors) {
    text += (text.empty() ? "" : ", ") + std::string{name_of(error)} + ' ' +
            std::to_string(error.place.line) + ':' + std::to_string(error.place.column);
  }
  if (read.refusal().unlisted_count > 0) {
    text += " and " + std::to_string(read.refusal().unlisted_count);
  }
  return text;
}

const Warning* warning(const DeliveryReading& read, std::string_view code) {
  for (const Warning& found : read.warnings) {
    if (found.code == code) return &found;
  }
  return nullptr;
}

/// Row count and amount of a category in USD.
std::string counted(const DeliveryReading& read, ChargeCategory category,
                    const std::string& currency = "USD") {
  const auto found = read.delivery.by_category.find({category, currency});
  if (found == read.delivery.by_category.end()) return "";
  return std::to_string(found->second.row_count) + " x " + found->second.amount.to_string();
}

}  // namespace

TEST_CASE("focus: every row is counted by category and account, matched or not") {
  const FocusSample sample = FocusSample{}
                                 .row({{"EffectiveCost", "10.5"}})
                                 .row({{"EffectiveCost", "-0.25"}})
                                 .row({{"EffectiveCost", "3"}, {"ChargeCategory", "Tax"}})
                                 .row({{"EffectiveCost", "4"},
                                       {"ChargeCategory", "Purchase"},
                                       {"BillingAccountId", "ba-2"}})
                                 .row({{"EffectiveCost", "5"}, {"BillingCurrency", "EUR"}});
  const DeliveryReading read = FocusReading{}.of(sample).value();
  CHECK(counted(read, ChargeCategory::usage) == "2 x 10.25");
  CHECK(counted(read, ChargeCategory::tax) == "1 x 3");
  CHECK(counted(read, ChargeCategory::purchase) == "1 x 4");
  CHECK(counted(read, ChargeCategory::usage, "EUR") == "1 x 5");
  CHECK(read.delivery.by_account.at({"ba-1", "USD"}) == RowsAndAmount{3, dec("13.25")});
  CHECK(read.delivery.by_account.at({"ba-2", "USD"}) == RowsAndAmount{1, dec("4")});
  CHECK(read.delivery.files.at(0).row_count == 5);
  CHECK(read.delivery.files.at(0).name == "usage.csv");
  CHECK(read.delivery.files.at(0).sha256.size() == 32);
  CHECK(read.delivery.files.at(0).byte_count == static_cast<std::int64_t>(sample.text().size()));
  CHECK(read.delivery.charges.empty());
  CHECK(read.warnings.empty());
  CHECK(read.quarantine_csv.empty());
}

TEST_CASE("focus: the basis is the column that is counted") {
  const FocusSample sample = FocusSample{}.row(
      {{"EffectiveCost", "1"}, {"ContractedCost", "2"}, {"ListCost", "3"}, {"BilledCost", "4"}});
  struct Row {
    Basis basis;
    std::string counted;
  };
  for (const Row& row : {Row{Basis::effective, "1 x 1"}, Row{Basis::contracted, "1 x 2"},
                         Row{Basis::list, "1 x 3"}, Row{Basis::billed, "1 x 4"}}) {
    CAPTURE(row.counted);
    const DeliveryReading read = FocusReading{.terms = {.basis = row.basis}}.of(sample).value();
    CHECK(counted(read, ChargeCategory::usage) == row.counted);
  }
}

TEST_CASE("focus: a row is refused for what is wrong with it, where it stands") {
  struct Row {
    std::string why;
    FocusSample::Cells cells;
    std::string refused;
  };
  // Row 2; the columns begin at 1, 3, 5, 7, 9, 14, 20, 24, 45, 66, 87, 108 when they are as usual.
  const Row rows[] = {
      {"as usual", {}, ""},
      {"a symbol and a comma", {{"BilledCost", "\"$10,000.00 \""}}, "bad_decimal 2:1"},
      {"a quoted number is fine", {{"BilledCost", "\"1.5\""}}, ""},
      {"too many digits", {{"EffectiveCost", "1E-31"}}, "decimal_too_wide 2:3"},
      {"billed cost is needed whatever the basis",
       {{"BilledCost", "NULL"}},
       "null_not_allowed 2:1"},
      {"effective cost null", {{"EffectiveCost", ""}}, "null_not_allowed 2:3"},
      {"list cost may be null", {{"ListCost", "(null)"}}, ""},
      {"list cost, when stated, is a number", {{"ListCost", "x"}}, "bad_decimal 2:5"},
      {"contracted cost may be null", {{"ContractedCost", "null"}}, ""},
      {"None is no null", {{"ListCost", "None"}}, "bad_decimal 2:5"},
      {"account null", {{"BillingAccountId", "NULL"}}, "null_not_allowed 2:9"},
      {"sub account null", {{"SubAccountId", "NULL"}}, ""},
      {"currency null", {{"BillingCurrency", ""}}, "null_not_allowed 2:20"},
      {"currency unknown", {{"BillingCurrency", "US$"}}, "bad_currency 2:20"},
      {"currency in lower case", {{"BillingCurrency", "usd"}}, "bad_currency 2:20"},
      {"billing period empty",
       {{"BillingPeriodEnd", "2026-05-01T00:00:00Z"}},
       "empty_interval 2:45"},
      {"charge period empty", {{"ChargePeriodEnd", "2026-05-01T00:00:00Z"}}, "empty_interval 2:87"},
      {"charge period backwards",
       {{"ChargePeriodEnd", "2026-04-30T00:00:00Z"}},
       "empty_interval 2:87"},
      {"a date null", {{"ChargePeriodStart", "null"}}, "null_not_allowed 2:66"},
      {"an impossible date", {{"ChargePeriodStart", "2026-02-30T00:00:00Z"}}, "bad_date 2:66"},
      {"an ambiguous date", {{"BillingPeriodStart", "5/1/26"}}, "bad_date 2:24"},
      {"a day as end", {{"ChargePeriodEnd", "2026-05-02"}}, ""},
      {"category null", {{"ChargeCategory", ""}}, "null_not_allowed 2:108"},
      {"category unknown", {{"ChargeCategory", "Support"}}, "not_allowed_value 2:108"},
      {"class unknown", {{"ChargeClass", "Refund"}}, "not_allowed_value 2:114"},
      {"class null", {{"ChargeClass", "(null)"}}, ""},
      {"class correction", {{"ChargeClass", "Correction"}}, ""},
      {"a field too many", {{"RegionId", "a,b"}}, "ragged_row 2:1"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(refused(FocusReading{}.of(FocusSample{}.row(row.cells))) == row.refused);
  }
}

TEST_CASE("focus: the excerpt is the row and the caret marks the field") {
  const auto read = FocusReading{}.of(FocusSample{}.row({{"EffectiveCost", "1.2.3"}}));
  const Error& error = read.error();
  CHECK(error.message == "EffectiveCost '1.2.3' is not a decimal number");
  CHECK(error.place.file.ends_with("usage.csv"));
  CHECK(error.place.excerpt.substr(error.place.column - error.place.excerpt_column,
                                   error.place.length) == "1.2.3");
  CHECK_FALSE(error.hint.empty());
}

TEST_CASE("focus: every bad row is listed up to twenty, then counted, and nothing is taken") {
  FocusSample sample;
  for (int i = 0; i < 25; ++i) {
    sample.row({{"BilledCost", "x"}});
    sample.row({});
  }
  const auto read = FocusReading{}.of(sample);
  REQUIRE_FALSE(read.ok());
  CHECK(read.refusal().errors.size() == 20);
  CHECK(read.refusal().unlisted_count == 5);
  CHECK(read.refusal().errors.at(19).place.line == 40);
}

TEST_CASE("focus: with quarantine the bad rows are set aside whole, and the rest is taken") {
  const FocusSample sample =
      FocusSample{}
          .row({{"EffectiveCost", "2"}})
          .row({{"BilledCost", "\"$1,000\""}, {"EffectiveCost", "100"}})
          .row({{"EffectiveCost", "3"}})
          .row({{"BillingCurrency", "XXX"}, {"EffectiveCost", "100"}, {"SkuId", "\"a\nb\""}});
  const DeliveryReading read =
      FocusReading{.terms = {.on_error = OnError::quarantine}}.of(sample).value();
  CHECK(counted(read, ChargeCategory::usage) == "2 x 5");
  CHECK(read.delivery.files.at(0).row_count == 4);
  CHECK(read.delivery.files.at(0).quarantined_count == 2);
  const std::string tail =
      "2026-05-01T00:00:00Z,2026-06-01T00:00:00Z,2026-05-01T00:00:00Z,2026-05-01T01:00:00Z,Usage,,"
      "GPU,";
  CHECK(read.quarantine_csv ==
        "file,line,code,message,row\n"
        "usage.csv,3,bad_decimal,\"BilledCost '$1,000' is not a decimal number\","
        "\"\"\"$1,000\"\",100,1,1,ba-1,sub-1,USD," +
            tail +
            "sku-1,us-east-1\"\n"
            "usage.csv,5,bad_currency,BillingCurrency 'XXX' is not an ISO 4217 currency code,"
            "\"1,100,1,1,ba-1,sub-1,XXX," +
            tail + "\"\"a\nb\"\",us-east-1\"\n");
}

TEST_CASE("focus: columns are bound by name, in any order, and others are passed over") {
  const std::string text =
      "x_Id,ChargeCategory,EffectiveCost,BilledCost,BillingCurrency,BillingAccountId,"
      "ChargePeriodEnd,ChargePeriodStart,BillingPeriodEnd,BillingPeriodStart,x_Id\n"
      "7,Usage,1.5,0,USD,ba,2026-05-02,2026-05-01,2026-06-01,2026-05-01,8\n";
  const DeliveryReading read =
      FocusReading{.investments = {holder("Lab", {"ba"})}}.of({text}).value();
  REQUIRE(read.delivery.charges.size() == 1);
  const Charge& charge = read.delivery.charges.front();
  CHECK(charge.key == ChargeKey{"Lab", "USD", "ba", "", "", "", ""});
  CHECK(charge.amount == dec("1.5"));
}

TEST_CASE("focus: header names in the wrong case are read with a warning") {
  const FocusSample sample =
      FocusSample{}.renamed("SkuId", "SkuID").renamed("BilledCost", "billedcost").row({});
  const DeliveryReading read = FocusReading{}.of(sample).value();
  CHECK(read.warnings.size() == 2);
  REQUIRE(warning(read, "column_case") != nullptr);
  CHECK(warning(read, "column_case")->first.line == 1);
}

TEST_CASE("focus: a header without the columns needed is refused, naming each") {
  struct Row {
    std::string why;
    FocusSample sample;
    Basis basis;
    std::string refused;
  };
  const FocusSample plain = FocusSample{}.row({});
  const Row rows[] = {
      {"no start", FocusSample{plain}.without("ChargePeriodStart"), Basis::effective,
       "missing_column 1:1"},
      {"two missing", FocusSample{plain}.without("ChargePeriodStart").without("BillingPeriodEnd"),
       Basis::effective, "missing_column 1:1, missing_column 1:1"},
      {"no category", FocusSample{plain}.without("ChargeCategory"), Basis::effective,
       "missing_column 1:1"},
      {"the basis", FocusSample{plain}.without("EffectiveCost"), Basis::effective,
       "missing_column 1:1"},
      {"effective cost under another basis", FocusSample{plain}.without("EffectiveCost"),
       Basis::billed, ""},
      {"list cost under another basis", FocusSample{plain}.without("ListCost"), Basis::effective,
       ""},
      {"list cost as the basis", FocusSample{plain}.without("ListCost"), Basis::list,
       "missing_column 1:1"},
      {"billed cost whatever the basis", FocusSample{plain}.without("BilledCost"), Basis::effective,
       "missing_column 1:1"},
      {"currency, and none is declared", FocusSample{plain}.without("BillingCurrency"),
       Basis::effective, "missing_column 1:1"},
      {"optional ones",
       FocusSample{plain}
           .without("SubAccountId")
           .without("ServiceName")
           .without("SkuId")
           .without("RegionId"),
       Basis::effective, ""},
      {"one twice", FocusSample{plain}.with("BilledCost"), Basis::effective,
       "duplicate_column 1:220"},
      {"one twice but for case", FocusSample{plain}.with("billedcost"), Basis::effective,
       "duplicate_column 1:220"},
      {"another dataset", FocusSample{plain}.without("ChargeCategory").with("ContractCommitmentId"),
       Basis::effective, "wrong_dataset 1:1"},
      {"commitments beside charges", FocusSample{plain}.with("ContractCommitmentId"),
       Basis::effective, ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(refused(FocusReading{.terms = {.basis = row.basis}}.of(row.sample)) == row.refused);
  }
  CHECK(refused(FocusReading{}.of({""})) == "empty_file 0:0");
  CHECK(refused(FocusReading{}.of({"\r\n\n"})) == "empty_file 0:0");
}

TEST_CASE("focus: a file without account and currency columns is read with a warning for each") {
  const FocusSample sample =
      FocusSample{}.without("BillingAccountId").without("BillingCurrency").row({}).row({});
  const DeliveryReading read = FocusReading{.terms = {.absent_currency = "EUR"}}.of(sample).value();
  CHECK(read.delivery.by_account.at({"", "EUR"}) == RowsAndAmount{2, dec("2")});
  CHECK(warning(read, "absent_account") != nullptr);
  CHECK(warning(read, "absent_currency") != nullptr);
  CHECK(refused(FocusReading{.terms = {.absent_currency = "euro"}}.of(sample)) ==
        "bad_currency 0:0");
}

TEST_CASE("focus: wrong case and loose numbers are read, warned of once and counted") {
  const FocusSample sample = FocusSample{}
                                 .row({{"ChargeCategory", "usage"}})
                                 .row({{"ChargeCategory", "Usage"}})
                                 .row({{"ChargeCategory", "usage"}})
                                 .row({{"ChargeCategory", "USAGE"}})
                                 .row({{"ChargeClass", "correction"}})
                                 .row({{"EffectiveCost", "1E+2"}})
                                 .row({{"EffectiveCost", "1e2"}})
                                 .row({{"EffectiveCost", "1E2"}});
  const DeliveryReading read = FocusReading{}.of(sample).value();
  CHECK(counted(read, ChargeCategory::usage) == "8 x 305");
  REQUIRE(read.warnings.size() == 4);
  CHECK(read.warnings[0].message == "ChargeCategory 'usage' is read as Usage");
  CHECK(read.warnings[0].count == 2);
  CHECK(read.warnings[0].first.line == 2);
  CHECK(read.warnings[1].message == "ChargeCategory 'USAGE' is read as Usage");
  CHECK(read.warnings[2].code == "value_case");
  CHECK(read.warnings[3].code == "loose_number");
  CHECK(read.warnings[3].count == 2);
  CHECK(read.warnings[3].first.line == 7);
}

TEST_CASE("focus: several files are one delivery, whatever lies in which") {
  const auto texts = [](const std::vector<int>& per_file) {
    std::vector<std::string> texts;
    int next = 0;
    for (const int count : per_file) {
      FocusSample sample;
      for (int i = 0; i < count; ++i, ++next) {
        sample.row({{"EffectiveCost", std::to_string(next) + ".125"},
                    {"SkuId", "sku-" + std::to_string(next % 3)}});
      }
      texts.push_back(sample.text());
    }
    return texts;
  };
  const FocusReading reading{.investments = {holder("Lab", {"ba-1"})}};
  const Delivery whole = reading.of(texts({12})).value().delivery;
  const Delivery parts = reading.of(texts({5, 0, 7})).value().delivery;
  CHECK(parts.files.size() == 3);
  CHECK(parts.files[1].row_count == 0);
  CHECK(parts.by_category == whole.by_category);
  REQUIRE(parts.charges.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(parts.charges[i].key == whole.charges[i].key);
    CHECK(parts.charges[i].amount == whole.charges[i].amount);
    CHECK(parts.charges[i].row_count == 4);
  }
  // 0 + 3 + 6 + 9, and four times 0.125.
  CHECK(whole.charges[0].amount == dec("18.5"));
}

TEST_CASE("focus: one file under two names is refused, and gzip is another file") {
  const std::string text = FocusSample{}.row({}).text();
  const auto twice = FocusReading{}.of({text, text});
  REQUIRE_FALSE(twice.ok());
  CHECK(twice.error().code == ErrorCode::already_imported);
  CHECK(twice.error().message == "usage.csv and usage1.csv have the same content");
  CHECK(FocusReading{}.of({text, gzip(text)}).ok());
}

TEST_CASE("focus: what breaks the file stops the reading, whatever is done with bad rows") {
  const std::string good = FocusSample{}.row({}).text();
  struct Row {
    std::string why;
    std::string tail;
    std::string refused;
  };
  const Row rows[] = {
      {"a quote never closed", "\"1,2\n", "bad_quoting 3:1"},
      {"not UTF-8", "\xFF,2\n", "bad_encoding 3:1"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    for (const OnError on_error : {OnError::stop, OnError::quarantine}) {
      CHECK(refused(FocusReading{.terms = {.on_error = on_error}}.of({good + row.tail})) ==
            row.refused);
    }
  }
  const std::string bad_row = FocusSample{}.row({{"BilledCost", "x"}}).text();
  CHECK(refused(FocusReading{}.of({bad_row + "\"1,2\n"})) == "bad_decimal 2:1, bad_quoting 3:1");
  const std::string packed = gzip(good);
  CHECK(refused(FocusReading{}.of({packed.substr(0, packed.size() - 4)})) == "bad_gzip 0:0");
  CHECK(refused(FocusReading{}.of_paths({"/nowhere/usage.csv"})) == "file_unreadable 0:0");
}

TEST_CASE("focus: billing periods are months, also of bills cut in another zone") {
  const auto periods = [](std::string zone, const FocusSample& sample) {
    const auto read = FocusReading{.zone = std::move(zone)}.of(sample);
    std::string text;
    for (const Period period : read.value().delivery.billing_periods) {
      text += period.to_string() + ' ';
    }
    return text;
  };
  const FocusSample utc =
      FocusSample{}
          .row({{"BillingPeriodStart", "2026-06-01"}, {"BillingPeriodEnd", "2026-07-01"}})
          .row({})
          .row({});
  CHECK(periods("UTC", utc) == "2026-05 2026-06 ");
  // A bill cut in UTC begins on the evening before in Los Angeles, and is no bill of April.
  CHECK(periods("America/Los_Angeles", utc) == "2026-05 2026-06 ");
  CHECK(periods("Asia/Shanghai", utc) == "2026-05 2026-06 ");
  const FocusSample los_angeles = FocusSample{}.row(
      {{"BillingPeriodStart", "2026-05-01T07:00:00Z"}, {"BillingPeriodEnd", "2026-05-31"}});
  CHECK(periods("UTC", los_angeles) == "2026-05 ");
}

TEST_CASE("focus: progress is told in bytes of all files") {
  FocusSample sample;
  for (int i = 0; i < 40'000; ++i) sample.row({});
  const ScratchFile file{sample.text()};
  const TimeZone zone = TimeZone::named("UTC").value();
  const AccountMatcher matcher{{}, zone};
  const auto size = static_cast<std::int64_t>(sample.text().size());
  std::vector<std::int64_t> told;
  const DeliveryContext context{matcher, zone, {}, [&](std::int64_t read, std::int64_t all) {
                                  told.push_back(read);
                                  CHECK(all == size);
                                  CHECK(read <= all);
                                }};
  CHECK(read_usage({file.path()}, {}, context).ok());
  CHECK(told.size() == 2);
}

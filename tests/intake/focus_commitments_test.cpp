#include "ledger/intake/focus_commitments.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/intake/feed_sample.h"
#include "tests/intake/scratch_file.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

// The 13 columns of 1.3, with the instants of a real-shaped export.
const std::string header =
    "ContractCommitmentId,ContractCommitmentType,ContractCommitmentCategory,"
    "ContractCommitmentCost,ContractCommitmentQuantity,ContractCommitmentUnit,"
    "ContractCommitmentDescription,ContractCommitmentPeriodStart,ContractCommitmentPeriodEnd,"
    "ContractId,ContractPeriodStart,ContractPeriodEnd,BillingCurrency\n";
const std::string spend =
    "plan/1,Savings Plan,Spend,1121.840640,,,One year,2026-05-01T01:00:00Z,2027-05-01T01:00:00Z,"
    "C-1,2026-01-31T01:00:00Z,2027-07-30T01:00:00Z,USD\n";
const std::string usage =
    "plan/2,Reservation,Usage,,35040.0000,Hours,,2026-05-01,2027-05-01,C-1,2026-01-31,2027-07-30,"
    "USD\n";

Result<CommitmentsReading> read(const std::string& text) {
  return read_commitments(ScratchFile{text, "commitments.csv"}.path());
}

}  // namespace

TEST_CASE("commitments: a row keeps its amount to the letter, and what else the file states") {
  const auto reading = read(header + spend + usage);
  REQUIRE_MESSAGE(reading.ok(), refused(reading));
  CHECK(reading->warnings.empty());
  REQUIRE(reading->contracts.size() == 1);
  const Contract& contract = reading->contracts.front();
  CHECK(contract.id == "C-1");
  CHECK(contract.begin_at.value().to_string() == "2026-01-31T01:00:00Z");
  CHECK(contract.end_at.value().to_string() == "2027-07-30T01:00:00Z");
  REQUIRE(contract.commitments.size() == 2);
  const Commitment& first = contract.commitments.front();
  CHECK(first.line == 2);
  CHECK(first.id == "plan/1");
  CHECK(first.category == "Spend");
  CHECK(first.cost_text == "1121.840640");
  CHECK(first.cost.value().to_string() == "1121.84064");
  CHECK(first.currency.code() == "USD");
  CHECK(first.begin_at.to_string() == "2026-05-01T01:00:00Z");
  CHECK(first.end_at.to_string() == "2027-05-01T01:00:00Z");
  CHECK(first.status.empty());
  using Stated = std::vector<std::pair<std::string_view, std::string>>;
  CHECK(first.stated == Stated{{"ContractCommitmentDescription", "One year"},
                               {"ContractCommitmentType", "Savings Plan"}});
  const Commitment& second = contract.commitments.back();
  CHECK(second.category == "Usage");
  CHECK_FALSE(second.cost.has_value());
  CHECK(second.stated == Stated{{"ContractCommitmentType", "Reservation"},
                                {"ContractCommitmentQuantity", "35040.0000"},
                                {"ContractCommitmentUnit", "Hours"}});
}

TEST_CASE("commitments: contracts and their commitments stand in the order of the file") {
  const auto other = [](std::string id, std::string contract) {
    return with(with(spend, "plan/1", id), "C-1", contract);
  };
  const auto reading = read(header + other("b", "C-2") + other("a", "C-1") + other("c", "C-2"));
  REQUIRE_MESSAGE(reading.ok(), refused(reading));
  REQUIRE(reading->contracts.size() == 2);
  CHECK(reading->contracts[0].id == "C-2");
  CHECK(reading->contracts[0].commitments.size() == 2);
  CHECK(reading->contracts[0].commitments[1].id == "c");
  CHECK(reading->contracts[1].id == "C-1");
}

TEST_CASE("commitments: what is read without harm, and what is said about it") {
  const std::string wide = with(header, "BillingCurrency",
                                "BillingCurrency,ContractCommitmentModel,"
                                "ContractCommitmentLifecycleStatus,"
                                "ContractCommitmentBenefitCategory,x_Other");
  const auto wide_row = [](std::string_view values) {
    return with(spend, "USD", "USD," + std::string{values});
  };
  struct Row {
    const char* why;
    std::string text;
    std::vector<std::string> warnings;
    std::string status, model;
  };
  const Row rows[] = {
      {"1.4 columns and one of the source's own", wide + wide_row("Continuous,Active,Discount,7"),
       {}, "Active", "Continuous"},
      {"open enumerations: a value of a draft of the standard",
       wide + wide_row(",Paused,Monetary Pool,7"), {"unknown_value 2 1", "unknown_value 2 1"},
       "Paused", ""},
      {"the wrong case is read as the right one", wide + wide_row("continuous,ACTIVE,Other,7"),
       {"value_case 2 1", "value_case 2 1"}, "Active", "Continuous"},
      {"nulls are no values", wide + wide_row("NULL,(null),null,"), {}, "", ""},
      {"a column in the wrong case", with(header, "ContractId", "contractId") + spend,
       {"column_case 1 1"}, "", ""},
      {"a row twice counts once", header + spend + spend, {}, "", ""},
      {"gzip", gzip(header + spend), {}, "", ""},
      {"E notation", header + with(spend, "1121.840640", "1.5E6"), {}, "", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const auto reading = read(row.text);
    REQUIRE_MESSAGE(reading.ok(), refused(reading));
    CHECK(warned(reading->warnings) == row.warnings);
    REQUIRE(reading->contracts.size() == 1);
    REQUIRE(reading->contracts.front().commitments.size() == 1);
    CHECK(reading->contracts.front().commitments.front().status == row.status);
    CHECK(reading->contracts.front().commitments.front().model == row.model);
  }
}

TEST_CASE("commitments: what is refused, and where") {
  struct Row {
    const char* why;
    std::string text;
    std::string refused;
  };
  const Row rows[] = {
      {"no header", "", "empty_file 0:0"},
      {"a header and nothing below", header, "empty_file 0:0"},
      {"no contract, no cost",
       with(with(header, "ContractId", "x_ContractId"), "CommitmentCost", "CommitmentPrice"),
       "missing_column 1:1, missing_column 1:1"},
      {"a column twice", with(header, "ContractPeriodEnd", "ContractId") + spend,
       "duplicate_column 1:264"},
      {"Cost and Usage", "ChargeCategory,BilledCost\n", "wrong_dataset 1:1"},
      {"Billing Period", "BillingPeriodStatus\n", "wrong_dataset 1:1"},
      {"no id", header + with(spend, "plan/1", ""), "null_not_allowed 2:1"},
      {"no contract", header + with(spend, "C-1", "NULL"), "null_not_allowed 2:92"},
      {"no category", header + with(spend, "Spend", ""), "null_not_allowed 2:21"},
      {"a thousands comma", header + with(spend, "1121.840640", "\"1,121.84\""),
       "bad_decimal 2:27"},
      {"a currency symbol", header + with(spend, "1121.840640", "$1121"), "bad_decimal 2:27"},
      {"31 fraction digits", header + with(spend, "1121.840640", "0." + std::string(31, '1')),
       "decimal_too_wide 2:27"},
      {"a virtual currency", header + with(spend, "USD", "Token"), "bad_currency 2:138"},
      {"no begin", header + with(spend, "2026-05-01T01:00:00Z", ""), "null_not_allowed 2:50"},
      {"a day that does not exist", header + with(spend, "2027-05-01", "2027-02-29"),
       "bad_date 2:71"},
      {"an end that is the begin", header + with(spend, "2027-05-01", "2026-05-01"),
       "empty_interval 2:71"},
      {"a contract that begins on no day", header + with(spend, "2026-01-31", "2026-01-32"),
       "bad_date 2:96"},
      {"a contract that begins on no day, in a later row",
       header + spend + with(with(spend, "plan/1", "plan/2"), "2026-01-31", "2026-01-32"),
       "bad_date 3:96"},
      {"a contract that ends on no day, in a later row",
       header + spend + with(with(spend, "plan/1", "plan/2"), "2027-07-30", "2027-07-32"),
       "bad_date 3:117"},
      {"a field too few", header + with(spend, ",USD", ""), "ragged_row 2:1"},
      {"two rows of one commitment that differ", header + spend + with(spend, "1121", "1122"),
       "duplicate_id 3:1"},
      {"each bad row is listed, not only the first",
       header + with(spend, "USD", "?") + with(spend, "Spend", ""),
       "bad_currency 2:138, null_not_allowed 3:21"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(refused(read(row.text)) == row.refused);
  }
  CHECK(read("ChargeCategory\n").error().hint.find("import usage") != std::string::npos);
  CHECK(read("BillingPeriodStatus\n").error().hint.find("import billing-periods") !=
        std::string::npos);
}

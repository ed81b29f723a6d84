#include "ledger/intake/focus_billing_periods.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/intake/feed_sample.h"
#include "tests/intake/scratch_file.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

const std::string header =
    "InvoiceIssuerName,BillingPeriodStart,BillingPeriodEnd,BillingPeriodCreated,"
    "BillingPeriodLastUpdated,BillingPeriodStatus\n";
const std::string may = "Acme,2024-05-01T00:00:00Z,2024-06-01T00:00:00Z,2024-05-01T00:00:00Z,"
                        "2024-06-04T09:30:00Z,Closed\n";

Result<BillingPeriodsReading> read(const std::string& text, const char* zone = "UTC") {
  return read_billing_periods(ScratchFile{text, "periods.csv"}.path(),
                              TimeZone::named(zone).value());
}

/// "issuer period status", one per row.
std::vector<std::string> rows_of(const Result<BillingPeriodsReading>& reading) {
  REQUIRE_MESSAGE(reading.ok(), refused(reading));
  std::vector<std::string> rows;
  for (const ProviderPeriod& row : reading->file.rows) {
    rows.push_back(row.issuer + " " + row.period.to_string() +
                   (row.status == ProviderPeriod::Status::closed ? " closed" : " open"));
  }
  return rows;
}

}  // namespace

TEST_CASE("billing periods: a row says which month of which issuer is closed, and since when") {
  const auto reading = read(header + may);
  CHECK(rows_of(reading) == std::vector<std::string>{"Acme 2024-05 closed"});
  const ProviderPeriod& row = reading->file.rows.front();
  CHECK(row.begin_at.to_string() == "2024-05-01T00:00:00Z");
  CHECK(row.end_at.to_string() == "2024-06-01T00:00:00Z");
  CHECK(row.updated_at.value().to_string() == "2024-06-04T09:30:00Z");
  CHECK(reading->file.sha256.size() == 32);
  CHECK(reading->warnings.empty());
}

TEST_CASE("billing periods: what is read without harm") {
  struct Row {
    const char* why;
    std::string text;
    std::vector<std::string> rows, warnings;
  };
  const Row rows[] = {
      {"columns in any order, unknown ones passed over, no time of update",
       "BillingPeriodStatus,x_Note,BillingPeriodEnd,BillingPeriodStart,InvoiceIssuerName\n"
       "Open,n,2024-06-01,2024-05-01,Acme\n",
       {"Acme 2024-05 open"}, {}},
      {"a null time of update", header + with(may, "2024-06-04T09:30:00Z", "NULL"),
       {"Acme 2024-05 closed"}, {}},
      {"gzip", gzip(header + may), {"Acme 2024-05 closed"}, {}},
      {"names in the wrong case, and a status", with(header, "Status", "status") +
                                                    with(may, "Closed", "CLOSED"),
       {"Acme 2024-05 closed"}, {"column_case 1 1", "value_case 2 1"}},
      {"a row twice counts once", header + may + may, {"Acme 2024-05 closed"}, {}},
      {"in order of issuer and month",
       header + with(may, "Acme", "Beta") + may +
           "Acme,2024-04-01,2024-05-01,,2024-04-02,Open\n",
       {"Acme 2024-04 open", "Acme 2024-05 closed", "Beta 2024-05 closed"}, {}},
      {"a header and nothing below", header, {}, {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const auto reading = read(row.text);
    CHECK(rows_of(reading) == row.rows);
    CHECK(warned(reading->warnings) == row.warnings);
  }
}

TEST_CASE("billing periods: a bill is of the month that holds the middle of its first 28 days") {
  struct Row {
    const char* begin;
    const char* end;
    const char* zone;
    const char* period;
  };
  const Row rows[] = {
      {"2024-05-01T00:00:00Z", "2024-06-01T00:00:00Z", "UTC", "2024-05"},
      // Cut in Los Angeles, kept in Shanghai: begins on 1 May at 15:00 there.
      {"2024-05-01T07:00:00Z", "2024-06-01T07:00:00Z", "Asia/Shanghai", "2024-05"},
      // Cut in Shanghai, read in UTC: begins on 30 April there.
      {"2024-04-30T16:00:00Z", "2024-05-31T16:00:00Z", "UTC", "2024-05"},
      // From the 17th: 28 days go to 14 June, the middle is 31 May.
      {"2024-05-17T00:00:00Z", "2024-06-17T00:00:00Z", "UTC", "2024-05"},
      {"2024-05-18T00:00:00Z", "2024-06-18T00:00:00Z", "UTC", "2024-06"},
      // Seven days: the middle is 1 June at noon.
      {"2024-05-29T00:00:00Z", "2024-06-05T00:00:00Z", "UTC", "2024-06"},
      // A year is of its first month.
      {"2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z", "UTC", "2024-01"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.begin);
    const std::string text =
        header + "Acme," + row.begin + "," + row.end + ",,2024-06-04,Open\n";
    CHECK(rows_of(read(text, row.zone)) ==
          std::vector<std::string>{"Acme " + std::string{row.period} + " open"});
  }
}

TEST_CASE("billing periods: a month of several bills is closed when all of them are") {
  const std::string first = "Acme,2024-05-01,2024-05-15,,2024-06-02,Closed\n";
  const std::string second = "Acme,2024-05-15,2024-06-01,,2024-06-03,";
  const auto open = read(header + first + second + "Open\n");
  CHECK(rows_of(open) == std::vector<std::string>{"Acme 2024-05 open"});
  const auto late = read(header + with(first, "Closed", "Open") + second + "Closed\n");
  CHECK(rows_of(late) == std::vector<std::string>{"Acme 2024-05 open"});
  const auto closed = read(header + second + "Closed\n" + first);
  CHECK(rows_of(closed) == std::vector<std::string>{"Acme 2024-05 closed"});
  const ProviderPeriod& row = closed->file.rows.front();
  CHECK(row.begin_at.to_string() == "2024-05-01T00:00:00Z");
  CHECK(row.end_at.to_string() == "2024-06-01T00:00:00Z");
  CHECK(row.updated_at.value().to_string() == "2024-06-03T00:00:00Z");
}

TEST_CASE("billing periods: what is refused, and where") {
  struct Row {
    const char* why;
    std::string text;
    std::string refused;
  };
  std::string many = header;
  for (int i = 0; i < 23; ++i) many += with(may, "Closed", "Shut");
  std::string twenty;
  for (int line = 2; line < 22; ++line) {
    twenty += (line == 2 ? "" : ", ") + ("not_allowed_value " + std::to_string(line)) + ":90";
  }
  const Row rows[] = {
      {"no header", "", "empty_file 0:0"},
      {"no status, no issuer", "BillingPeriodStart,BillingPeriodEnd\n",
       "missing_column 1:1, missing_column 1:1"},
      {"a column twice", with(header, "BillingPeriodCreated", "billingperiodend") + may,
       "duplicate_column 1:55"},
      {"Cost and Usage", "ChargeCategory,BillingPeriodStart\n", "wrong_dataset 1:1"},
      {"Contract Commitment", "ContractCommitmentId,ContractId\n", "wrong_dataset 1:1"},
      {"Invoice Detail", "InvoiceDetailId,InvoiceIssuerName\n", "wrong_dataset 1:1"},
      {"an issuer that is null", header + with(may, "Acme", ""), "null_not_allowed 2:1"},
      {"a begin that is null", header + with(may, "2024-05-01T00:00:00Z", "NULL"),
       "null_not_allowed 2:6"},
      {"a status that is null", header + with(may, "Closed", ""), "null_not_allowed 2:90"},
      {"a status of another list", header + with(may, "Closed", "Final"),
       "not_allowed_value 2:90"},
      {"a day that does not exist", header + with(may, "2024-06-01", "2024-06-31"),
       "bad_date 2:27"},
      {"a date that can be read in two orders", header + with(may, "2024-05-01T00:00:00Z", "5/1/24"),
       "bad_date 2:6"},
      {"a time of update that is none", header + with(may, "2024-06-04T09:30:00Z", "soon"),
       "bad_date 2:69"},
      {"an end that is the begin", header + with(may, "2024-06-01T", "2024-05-01T"),
       "empty_interval 2:27"},
      {"a field too many", header + with(may, "Closed", "Closed,"), "ragged_row 2:1"},
      {"two rows that contradict each other", header + may + with(may, "Closed", "Open"),
       "duplicate_id 3:6"},
      {"a quote that is not closed", header + "\"Acme", "bad_quoting 2:1"},
      {"every row is listed, up to 20", many, twenty + " and 3 more"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(refused(read(row.text)) == row.refused);
  }
  CHECK(refused(read_billing_periods("/nowhere/periods.csv", TimeZone::named("UTC").value()))
            .starts_with("file_unreadable"));
}

TEST_CASE("billing periods: another dataset is refused with the command that reads it") {
  CHECK(read("ChargeCategory\n").error().hint.find("import usage") != std::string::npos);
  CHECK(read("ContractCommitmentId\n").error().hint.find("investment draft") != std::string::npos);
}

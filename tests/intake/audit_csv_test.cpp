#include "ledger/intake/audit_csv.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/intake/scratch_file.h"

using namespace accrue;
using accrue::testing::ScratchFile;

namespace {

/// "code line", one per error.
template <typename T>
std::string refused(const Result<T>& read) {
  if (read.ok()) return "accepted";
  std::string all;
  for (const Error& error : read.refusal().errors) {
    all += (all.empty() ? "" : "; ") + std::string{name_of(error.code)} + " " +
           std::to_string(error.place.line);
  }
  return all;
}

std::string findings(const std::string& text) {
  return refused(read_findings_csv(ScratchFile{text, "found.csv"}.path()));
}
std::string invoices(const std::string& text) {
  return refused(read_invoices_csv(ScratchFile{text, "inv.csv"}.path(), FiscalCalendar{4}));
}

}  // namespace

TEST_CASE("audit csv: findings stand among the columns of a printed sample") {
  const ScratchFile file{"selection,ref,book_value,audited\ntop stratum,draw:3:1:T1,5.00,4.5\n",
                         "found.csv"};
  const auto read = read_findings_csv(file.path());
  REQUIRE(read.ok());
  REQUIRE(read->rows.size() == 1);
  CHECK(read->rows[0].ref == "draw:3:1:T1");
  CHECK(read->rows[0].audited.to_string() == "4.5");
}

TEST_CASE("audit csv: findings that cannot be read are refused") {
  struct Row {
    const char* why;
    const char* text;
    const char* refusal;
  };
  const Row rows[] = {
      {"no audited column", "ref,amount\na,1\n", "missing_column 1"},
      {"an audited amount left open", "ref,audited\na,1\nb,\n", "null_not_allowed 3"},
      {"no ref", "ref,audited\n,1\n", "null_not_allowed 2"},
      {"thousands", "ref,audited\na,\"1,000\"\n", "bad_decimal 2"},
      {"two amounts for one item", "ref,audited\na,1\na,2\n", "duplicate_id 3"},
      {"the same amount twice", "ref,audited\na,1\na,1\n", "accepted"},
      {"a column twice", "ref,audited,ref\na,1,a\n", "duplicate_column 1"},
      {"an empty file", "", "empty_file 0"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(findings(row.text) == row.refusal);
  }
}

TEST_CASE("audit csv: an invoice is of one account, month and currency") {
  const std::string header = "billing_account,billing_period,currency,amount\n";
  struct Row {
    const char* why;
    const char* rows;
    const char* refusal;
  };
  const Row rows[] = {
      {"a month", "a,2024-03,USD,1.5\n", "accepted"},
      {"a quarter", "a,2024-Q1,USD,1.5\n", "bad_value 2"},
      {"no month", "a,March,USD,1.5\n", "bad_value 2"},
      {"another currency is another invoice", "a,2024-03,USD,1\na,2024-03,CNY,2\n", "accepted"},
      {"two sums of one invoice", "a,2024-03,USD,1\na,2024-03,USD,2\n", "duplicate_id 3"},
      {"no currency", "a,2024-03,XXX,1\n", "bad_currency 2"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(invoices(header + row.rows) == row.refusal);
  }
  CHECK(invoices("billing_account,billing_period,currency,amount,note\na,2024-03,USD,1,x\n") ==
        "unknown_key 1");
}

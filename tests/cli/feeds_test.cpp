// The feeds beside usage, through the program: drafts of terms, and the months a provider closed.

#include <string>

#include <doctest/doctest.h>

#include "accounting/posting/books.h"
#include "tests/cli/program.h"

using accrue_test::focus_file;
using accrue_test::Run;
using accrue_test::Scratch;
using accrue_test::usage_row;

namespace {

const std::string commitments_header =
    "ContractId,ContractPeriodStart,ContractCommitmentId,ContractCommitmentCategory,"
    "ContractCommitmentCost,BillingCurrency,ContractCommitmentPeriodStart,"
    "ContractCommitmentPeriodEnd,ContractCommitmentBenefitCategory\n";
const std::string one_contract =
    commitments_header + "AGR-1,2024-04-01,CMT-1,Spend,5000,USD,2024-04-01,2025-04-01,Discount\n";
const std::string two_contracts =
    one_contract + "AGR-2,2024-04-01,CMT-2,Spend,7000,USD,2024-04-01,2025-04-01,Monetary Pool\n";

const std::string periods_header =
    "InvoiceIssuerName,BillingPeriodStart,BillingPeriodEnd,BillingPeriodLastUpdated,"
    "BillingPeriodStatus\n";

/// The bill of a month of 2024 from the 1st to the 28th.
std::string bill(const std::string& issuer, const std::string& month, const std::string& updated,
                 const std::string& status) {
  return issuer + ",2024-" + month + "-01,2024-" + month + "-28," + updated + "," + status + "\n";
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// A book with usage in April and May, and what Acme said in June: April and May are closed.
void make_used_book(const Scratch& scratch) {
  accrue_test::make_book(scratch);
  scratch.write("usage.csv", focus_file(usage_row("ba-1", "2024-04-10T00:00:00Z", "100") +
                                        usage_row("ba-1", "2024-05-10T00:00:00Z", "50")));
  REQUIRE(scratch.run("import usage usage.csv").status == 0);
  scratch.write("june.csv",
                periods_header + bill("Acme", "03", "2024-04-03T00:00:00Z", "Closed") +
                    bill("Acme", "04", "2024-05-03T00:00:00Z", "Closed") +
                    bill("Acme", "05", "2024-06-03T00:00:00Z", "Closed") +
                    bill("Acme", "06", "2024-06-03T00:00:00Z", "Open"));
}

}  // namespace

TEST_CASE("feeds: a draft is made without a book, checked in vain, and checked once it is finished") {
  const Scratch scratch;
  scratch.write("commitments.csv", one_contract);
  const Run made =
      scratch.run("investment draft commitments.csv --investee Lunar -o agr.toml");
  CHECK(made.status == 0);
  CHECK(made.out.empty());
  CHECK(has(made.err, "next: accrue investment check agr.toml"));
  CHECK(scratch.read("agr.toml") ==
        scratch.run("investment draft commitments.csv --investee Lunar -q").out);

  const Run refused = scratch.run("investment check agr.toml");
  CHECK(refused.status == 3);
  CHECK(has(refused.err, "error[unknown_key]"));
  CHECK(has(refused.err, "draft = \"remove this line"));

  std::string terms;
  std::string text = scratch.read("agr.toml");
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
    const std::string line = text.substr(at, text.find('\n', at) + 1 - at);
    if (line.starts_with("draft =")) continue;
    if (line.starts_with("# TODO signed")) terms += "signed = 2024-04-01\n";
    if (line.starts_with("# TODO billing_accounts")) terms += "billing_accounts = [\"ba-1\"]\n";
    terms += line;
  }
  scratch.write("agr.toml", terms);
  const Run checked = scratch.run("investment check agr.toml");
  CHECK_MESSAGE(checked.status == 0, checked.err);
}

TEST_CASE("feeds: of several contracts each has its draft, and a file takes one") {
  const Scratch scratch;
  scratch.write("commitments.csv", two_contracts);
  const Run all = scratch.run("investment draft commitments.csv");
  CHECK(all.status == 0);
  CHECK(all.out.starts_with("# ==== 1 of 2 ====\n# A draft of terms"));
  CHECK(has(all.out, "\n\n# ==== 2 of 2 ====\n# A draft of terms"));
  CHECK(has(all.err, "warning[unknown_value]: ContractCommitmentBenefitCategory 'Monetary Pool'"));
  CHECK(has(all.err, "commitments.csv:3:"));
  CHECK(has(all.err, "2 contracts, a draft each"));

  const Run one = scratch.run("investment draft commitments.csv --contract AGR-2");
  CHECK(one.status == 0);
  CHECK(has(one.out, "face = \"7000 USD\""));
  CHECK_FALSE(has(one.out, "AGR-1"));
  CHECK_FALSE(has(one.out, "===="));

  const Run to_file = scratch.run("investment draft commitments.csv -o all.toml");
  CHECK(to_file.status == 2);
  CHECK(has(to_file.err, "commitments.csv has 2 contracts"));
  CHECK(has(to_file.err, "note: AGR-2"));
  CHECK_FALSE(scratch.has("all.toml"));
  CHECK(scratch.run("investment draft commitments.csv -o two.toml --contract AGR-2").status == 0);
  CHECK(scratch.read("two.toml") == one.out);

  const Run unknown = scratch.run("investment draft commitments.csv --contract AGR-3");
  CHECK(unknown.status == 3);
  CHECK(has(unknown.err, "error[unknown_id]"));
  CHECK(has(unknown.err, "did you mean 'AGR-"));
}

TEST_CASE("feeds: a file of another dataset is refused with the command that reads it") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  scratch.write("usage.csv", focus_file(""));
  scratch.write("commitments.csv", one_contract);
  scratch.write("periods.csv", periods_header);
  struct Row {
    const char* command;
    const char* hint;
  };
  const Row rows[] = {
      {"investment draft usage.csv", "accrue import usage FILE"},
      {"investment draft periods.csv", "accrue import billing-periods FILE"},
      {"import billing-periods usage.csv", "accrue import usage FILE"},
      {"import billing-periods commitments.csv", "accrue investment draft FILE"},
      {"import usage commitments.csv", "accrue investment draft FILE"},
      {"import usage periods.csv", "accrue import billing-periods FILE"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.command);
    const Run run = scratch.run(row.command);
    CHECK(run.status == 3);
    CHECK(has(run.err, "error[wrong_dataset]"));
    CHECK(has(run.err, row.hint));
  }
}

TEST_CASE("feeds: a month that the provider closed is named until the book closes it too") {
  const Scratch scratch;
  make_used_book(scratch);
  CHECK_FALSE(has(scratch.run("status").out, "provider_closed"));

  const Run imported = scratch.run("import billing-periods june.csv");
  CHECK_MESSAGE(imported.status == 0, imported.err);
  CHECK(has(imported.err, "warning[provider_closed]: Acme's bill of 2024-04 is Closed"));
  CHECK(has(imported.err, "warning[provider_closed]: Acme's bill of 2024-05 is Closed"));
  // March lies before the book, June is open with both.
  CHECK_FALSE(has(imported.err, "2024-03"));
  CHECK_FALSE(has(imported.err, "2024-06 is"));
  CHECK(has(scratch.run("import show 4 -f csv").out,
            "issuer,period,provider,book,begins_at,ends_at,updated_at,ref\n"
            "Acme,2024-03,Closed,before the book,2024-03-01T00:00:00Z,2024-03-28T00:00:00Z,"
            "2024-04-03T00:00:00Z,record:4\n"
            "Acme,2024-04,Closed,open,"));

  CHECK(has(scratch.run("status -f csv").out,
            "provider_closed,\"2024-04 (Acme), 2024-05 (Acme)\",status:provider_closed"));
  const Run check = scratch.run("period check 2024-04 -f csv");
  CHECK(check.status == 0);
  CHECK(has(check.out, "provider_closed,noted,\"Acme's bill of 2024-04 is Closed"));

  const Run closed = scratch.run("close 2024-04");
  CHECK(closed.status == 0);
  CHECK_FALSE(has(closed.err, "warning"));
  CHECK(has(scratch.run("status -f csv").out, "provider_closed,2024-05 (Acme),"));
  CHECK(scratch.run("close 2024-05").status == 0);
  CHECK(has(scratch.run("status -f csv").out, "\nprovider_closed,,"));
  // What the book knew before its closes.
  CHECK(has(scratch.run("status -f csv --as-of 4").out, "2024-04 (Acme), 2024-05 (Acme)"));
  CHECK(scratch.run("audit verify").status == 0);
  CHECK(scratch.run("audit replay").status == 0);
}

TEST_CASE("feeds: a close of a month that the provider still holds open is warned of and done") {
  const Scratch scratch;
  make_used_book(scratch);
  scratch.write("may.csv", periods_header + bill("Acme", "04", "2024-05-01", "Open") +
                               bill("Beta", "04", "2024-05-01", "Closed"));
  REQUIRE(scratch.run("import billing-periods may.csv").status == 0);
  const std::string warning =
      "warning[provider_open]: Acme's bill of 2024-04 is still Open: usage of the month may yet "
      "come, updated 2024-05-01T00:00:00Z";
  CHECK(has(scratch.run("period check 2024-04 -f csv").out, "provider_open,noted,"));
  CHECK(has(scratch.run("close 2024-04 --dry-run").err, warning));
  const Run closed = scratch.run("close 2024-05 --through -f json");
  CHECK(closed.status == 0);
  CHECK(has(closed.err, warning));
  CHECK(has(closed.out, "\"notes\": [\n    \"" + warning));
  CHECK_FALSE(has(closed.err, "Beta"));
  CHECK_FALSE(has(closed.err, "2024-05 is"));
}

TEST_CASE("feeds: a file that says nothing new leaves no record, whatever its name") {
  const Scratch scratch;
  make_used_book(scratch);
  REQUIRE(scratch.run("import billing-periods june.csv").status == 0);
  const std::string before = scratch.run("status -f csv").out;
  scratch.write("again.csv", scratch.read("june.csv"));
  for (const char* file : {"june.csv", "again.csv"}) {
    const Run again = scratch.run(std::string{"import billing-periods "} + file);
    CHECK(again.status == 0);
    CHECK(has(again.out, "nothing new: no record was written"));
    CHECK_FALSE(has(again.err, "record 5"));
  }
  CHECK(scratch.run("status -f csv").out == before);
}

TEST_CASE("feeds: a bill that opens again is taken and said, an older word on it is left out") {
  const Scratch scratch;
  make_used_book(scratch);
  REQUIRE(scratch.run("import billing-periods june.csv").status == 0);
  scratch.write("july.csv", periods_header + bill("Acme", "05", "2024-07-01", "Open"));
  const Run opened = scratch.run("import billing-periods july.csv -f json");
  CHECK(opened.status == 0);
  CHECK(has(opened.err, "warning[provider_reopened]: Acme's bill of 2024-05 was Closed, updated "
                        "2024-06-03T00:00:00Z, and is Open now, updated 2024-07-01T00:00:00Z"));
  CHECK(has(opened.out, "warning[provider_reopened]"));
  CHECK(has(opened.out, "\"provider\": \"Open\""));
  CHECK(has(scratch.run("status -f csv").out, "provider_closed,2024-04 (Acme),"));

  // The file of June comes again: its word on May is older.
  const Run late = scratch.run("import billing-periods june.csv");
  CHECK(late.status == 0);
  CHECK(has(late.err, "warning[provider_older]: the file's word on Acme's bill of 2024-05"));
  CHECK(has(late.out, "nothing new: no record was written"));
  CHECK(has(scratch.run("status -f csv").out, "provider_closed,2024-04 (Acme),"));

  // So it is beside a row that says something new.
  scratch.write("mixed.csv", periods_header + bill("Acme", "05", "2024-06-03", "Closed") +
                                 bill("Beta", "04", "2024-06-03", "Closed"));
  CHECK(scratch.run("import billing-periods mixed.csv").status == 0);
  CHECK(has(scratch.run("status -f csv").out,
            "provider_closed,\"2024-04 (Acme), 2024-04 (Beta)\","));
}

TEST_CASE("feeds: a dry run of billing periods says what it would, and writes nothing") {
  const Scratch scratch;
  make_used_book(scratch);
  const std::string before = scratch.run("status -f csv").out;
  const Run dry = scratch.run("import billing-periods june.csv --dry-run");
  CHECK(dry.status == 0);
  CHECK(has(dry.err, "warning[provider_closed]"));
  CHECK(has(dry.err, "dry run: this would be record 4; nothing was written"));
  CHECK(scratch.run("status -f csv").out == before);
}

TEST_CASE("feeds: import list and import show know events, rate cards and billing periods") {
  using namespace accrue;
  const Scratch scratch;
  make_used_book(scratch);
  REQUIRE(scratch.run("import billing-periods june.csv").status == 0);
  const auto at = [](const char* text) { return Instant::parse(text).value(); };
  {
    Books books = Books::open(Store::open((scratch.folder() / "book.accrue").string(), Store::Access::write).value());
    const Stamp stamp{at("2024-07-01T08:00:00Z"), "ana", ""};
    const RateCard card{"gpu", Currency::from_code("EUR").value(),
                        {{"GPU", "H100", "", "hour", Date::of(2024, 4, 1),
                          Decimal::parse("2.505").value()}}};
    REQUIRE(books.record(RateCardAdded{card, "gpu.toml", "prices"}, stamp, RunMode::write).ok());
    const auto event = [&](const char* id, const char* when, const char* investee,
                           std::int64_t amount) {
      Event made;
      made.source = "meter";
      made.id = id;
      made.at = at(when);
      made.key = {investee, "USD", investee[0] == '\0' ? "other" : "ba-1", "", "GPU", "", ""};
      made.amount = Decimal::from_integer(amount);
      return made;
    };
    EventsAccepted events;
    events.events = {event("1", "2024-04-12T00:00:00Z", "Lunar", 3),
                     event("2", "2024-04-11T00:00:00Z", "Lunar", 4),
                     event("3", "2024-04-13T00:00:00Z", "", 5),
                     event("4", "2024-04-14T00:00:00Z", "Lunar", 1)};
    REQUIRE(books.record(events, stamp, RunMode::write).ok());
  }
  const std::string list = scratch.run("import list -f csv").out;
  CHECK(has(list, "4,billing_periods_imported,,june.csv,4,"));
  CHECK(has(list, "5,rate_card_added,,gpu.toml,1,"));
  CHECK(has(list, "6,events_accepted,,,4,"));
  // SHA-256 of "prices"; events have no file.
  CHECK(has(list, "fe81f9390ffe3dc8daa4888a7dc430ce4a41f164281d15449a24840a70b5f2c2,record:5"));
  CHECK(has(list, ",ana,,record:6"));
  CHECK(scratch.run("import show 5 -f csv").out ==
        "service,sku,region,unit,effective,price,currency,ref\n"
        "GPU,H100,,hour,2024-04-01,2.505,EUR,record:5\n");
  CHECK(has(scratch.run("import show 5").out, "rate card gpu from gpu.toml"));
  CHECK(scratch.run("import show 6 -f csv").out ==
        "investee,currency,events,amount,first_at,last_at,ref\n"
        ",USD,1,5.00,2024-04-13T00:00:00Z,2024-04-13T00:00:00Z,record:6\n"
        "Lunar,USD,3,8.00,2024-04-11T00:00:00Z,2024-04-14T00:00:00Z,record:6\n");
}

#include "ledger/intake/terms_draft.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "ledger/intake/terms.h"
#include "tests/intake/feed_sample.h"
#include "tests/intake/scratch_file.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

namespace fs = std::filesystem;

const std::string header =
    "ContractId,ContractPeriodStart,ContractPeriodEnd,ContractCommitmentId,"
    "ContractCommitmentCategory,ContractCommitmentCost,BillingCurrency,"
    "ContractCommitmentPeriodStart,ContractCommitmentPeriodEnd,"
    "ContractCommitmentLifecycleStatus,ContractCommitmentModel,ContractCommitmentDescription,"
    "PricingCurrency,PricingCurrencyContractCommitmentCost\n";
const std::string spend =
    "AGR-99,2025-12-01,2028-12-01,CMT-1,Spend,925000.00,EUR,2025-12-01,2028-12-01,Active,"
    "Discontinuous,Three years,EUR,925000.00\n";

CommitmentsReading read(const std::string& rows) {
  const auto reading = read_commitments(ScratchFile{header + rows, "commitments.csv"}.path());
  REQUIRE_MESSAGE(reading.ok(), refused(reading));
  return *reading;
}

std::string draft(const std::string& rows, std::optional<std::string> investee = std::nullopt) {
  const CommitmentsReading reading = read(rows);
  REQUIRE(reading.contracts.size() == 1);
  return draft_terms(reading.contracts.front(), {"commitments.csv", std::move(investee)});
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

std::string without_line(const std::string& text, std::string_view begin) {
  const std::size_t at = text.find(begin);
  REQUIRE(at != std::string::npos);
  return text.substr(0, at) + text.substr(text.find('\n', at) + 1);
}

/// What a person would make of a draft without questions beside those of every draft.
std::string filled(const std::string& text) {
  return with(with(text, "# TODO signed = 2025-12-01: the day of signing; the file says only when "
                         "the contract begins",
                   "signed = 2025-12-01\ncash = \"10_000 EUR\""),
              "# TODO billing_accounts = [\"ACCOUNT\"]: whose usage draws on the credits",
              "billing_accounts = [\"ba-1\"]");
}

std::optional<fs::path> data_folder() {
  const char* shared = std::getenv("ACCRUE_SHARED");
  const fs::path root =
      shared != nullptr ? fs::path{shared} : fs::path{ACCRUE_SOURCE_DIR}.parent_path() / "shared";
  const fs::path folder = root / "data" / "focus";
  if (fs::exists(folder / "control-totals.json")) return folder;
  MESSAGE("no ", folder.string(), ": skipped");
  return std::nullopt;
}

}  // namespace

TEST_CASE("draft: a contract as a person gets it") {
  const std::string usage =
      "AGR-99,2025-12-01,2028-12-01,CMT-2,Usage,46250.00,EUR,2025-12-01,2026-12-01,Active,"
      "Continuous,,,\n";
  CHECK(draft(spend + usage) ==
        R"(# A draft of terms from a FOCUS Contract Commitment file, to be finished by a person.
#   file: commitments.csv
#   contract: AGR-99, from 2025-12-01T00:00:00Z, to 2028-12-01T00:00:00Z
schema = "accrue.terms/1"
draft = "remove this line when every TODO is decided; until then the terms are refused"

# TODO keep a tranche only where the provider owes its amount in credits: a Spend commitment
# as such is what the customer must spend.

[investment]
id = "AGR-99"
# TODO investee = "NAME": who holds the credits
# TODO signed = 2025-12-01: the day of signing; the file says only when the contract begins
# TODO stake = "N%", influence = "none", "significant" or "control"
# TODO cash = "AMOUNT EUR": what was paid for the stake, if anything
# TODO fair_value_of_stake = "AMOUNT EUR": at inception; without it the price is that of the paid credits
# TODO ssp = "100%": what the credits sell for alone, in percent of face
# TODO shares = "at_closing" or "with_tranche": when the shares are received
# TODO fixed_rate = "RATE": only where the contract fixes one to the currency of the book
# TODO basis: the cost that credits burn at, where it is not that of the source

[matching]
# TODO billing_accounts = ["ACCOUNT"]: whose usage draws on the credits

[[tranche]]
# CMT-1
id = "CMT-1"
face = "925000.00 EUR"
issued = 2025-12-01
expires = 2028-12-01
# TODO breakage = { method = "remote" }, or { method = "proportional", expected = "N%" }
# TODO services, regions, skus: what the credits pay for; left out, everything
# The file states:
#   ContractCommitmentLifecycleStatus: Active
#   ContractCommitmentModel: Discontinuous
#   ContractCommitmentDescription: Three years
#   PricingCurrency: EUR
#   PricingCurrencyContractCommitmentCost: 925000.00

# Not a tranche: CMT-2 (line 3): a Usage commitment is a quantity, not an amount. The file states:
#   ContractCommitmentLifecycleStatus: Active
#   ContractCommitmentModel: Continuous
)");
}

TEST_CASE("draft: it is refused until a person takes its mark out, whatever else is filled in") {
  const std::string text = draft(spend, "Lunar \"AI\"");
  CHECK(refused(parse_terms(text, "draft.toml")).starts_with("unknown_key 5:1"));
  CHECK(has(refused(parse_terms(text, "draft.toml")), "missing_key"));

  const std::string complete = filled(text);
  CHECK(refused(parse_terms(complete, "draft.toml")) == "unknown_key 5:1");

  const auto deal = parse_terms(without_line(complete, "draft ="), "draft.toml");
  REQUIRE_MESSAGE(deal.ok(), refused(deal));
  CHECK(deal->id == "AGR-99");
  CHECK(deal->investee == "Lunar \"AI\"");
  REQUIRE(deal->tranches.size() == 1);
  const Tranche& tranche = deal->tranches.front();
  CHECK(tranche.id == "CMT-1");
  CHECK(tranche.face.value.to_string() == "925000");
  CHECK(tranche.face.currency.code() == "EUR");
  CHECK(tranche.issued_on.to_string() == "2025-12-01");
  CHECK(tranche.expires_on.value().to_string() == "2028-12-01");
}

TEST_CASE("draft: what no one promised, or no longer, is no tranche") {
  struct Row {
    const char* why;
    const char* from;
    const char* to;
    const char* reason;
  };
  const Row rows[] = {
      {"a quantity", "Spend", "Usage", "a Usage commitment is a quantity"},
      {"a category of no standard", "Spend", "Support", "its category is 'Support', not Spend"},
      {"no amount", "925000.00,EUR,2", ",EUR,2", "it states no ContractCommitmentCost"},
      {"zero", "925000.00,EUR,2", "0.00,EUR,2", "its cost is 0.00 EUR"},
      {"below zero", "925000.00,EUR,2", "-1,EUR,2", "its cost is -1 EUR"},
      {"not agreed", "Active", "Proposed", "it is Proposed"},
      {"ended", "Active", "Canceled", "it is Canceled"},
      {"ended, spelled the other way", "Active", "cancelled", "it is Canceled"},
      {"replaced", "Active", "Superseded", "it is Superseded"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const std::string text = draft(with(spend, row.from, row.to));
    CHECK(has(text, "# Not a tranche: CMT-1 (line 2): " + std::string{row.reason}));
    CHECK(has(text, "# TODO [[tranche]]: no commitment of the contract can be one\n"));
    CHECK_FALSE(has(text, "\n[[tranche]]\n"));
  }
}

TEST_CASE("draft: what a person must look at stands above the tranche") {
  struct Row {
    const char* why;
    const char* from;
    const char* to;
    const char* question;  ///< empty: none
  };
  const Row rows[] = {
      {"nothing to ask", "Active", "Active", ""},
      {"agreed, not begun", "Active", "Pending", ""},
      {"used up", "Active", "Exhausted", "# TODO the file says it is Exhausted: "},
      {"over", "Active", "Expired", "# TODO the file says it is Expired: "},
      {"a state of no standard", "Active", "Paused", "# TODO the file says it is Paused: "},
      {"use it or lose it", "Discontinuous", "Continuous",
       "# TODO what is not used in an interval is lost (Continuous)"},
      {"more digits than the currency has", "925000.00,EUR,2", "925000.005,EUR,2",
       "# TODO face: '925000.005' has more than the 2 fraction digits of EUR\n"},
      {"more than a book can hold", "925000.00,EUR,2", "925000000000000000000,EUR,2",
       "# TODO face: "},
      {"a pool in another currency", "EUR,925000.00", "USD,1000000.00",
       "# TODO face: the commitment is priced at 1000000.00 USD"},
      {"a pool in tokens", "EUR,925000.00", "Token,5", "# TODO face: the commitment is priced at 5 Token"},
      {"not at midnight", "EUR,2025-12-01,2028-12-01", "EUR,2025-12-01T01:00:00Z,2028-12-01",
       "# TODO issued, expires: the file says 2025-12-01T01:00:00Z to 2028-12-01T00:00:00Z"},
      {"ends not at midnight", "EUR,2025-12-01,2028-12-01", "EUR,2025-12-01,2028-12-01T07:00:00Z",
       "# TODO issued, expires: the file says"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const std::string text = draft(with(spend, row.from, row.to));
    const std::size_t begin = text.find("# CMT-1\n") + 8;
    const std::string above = text.substr(begin, text.find("id = \"CMT-1\"") - begin);
    if (std::string_view{row.question}.empty()) {
      CHECK(above == "");
    } else {
      CHECK(above.starts_with(row.question));
      CHECK(std::count(above.begin(), above.end(), '\n') == 1);
    }
  }
}

TEST_CASE("draft: an amount in E notation is written out, every other as it stands") {
  CHECK(has(draft(with(spend, "925000.00,EUR,2", "9.25E5,EUR,2")), "face = \"925000 EUR\"\n"));
  CHECK(has(draft(with(spend, "925000.00,EUR,2", "925000.000,EUR,2")),
            "face = \"925000.000 EUR\"\n"));
}

TEST_CASE("draft: faces in two currencies are asked about, for they are two deals") {
  const std::string other = with(with(spend, "CMT-1", "CMT-2"), "00,EUR,2", "00,USD,2");
  CHECK(has(draft(spend + other), "# TODO the faces are in EUR, USD: terms have one currency"));
  CHECK_FALSE(has(draft(spend), "# TODO the faces are in"));
  // What is no tranche has no face.
  CHECK_FALSE(has(draft(spend + with(other, "Spend", "Usage")), "# TODO the faces are in"));
}

TEST_CASE("draft: ids of providers become ids of terms, each its own") {
  struct Row {
    const char* provider;
    const char* id;
  };
  const Row rows[] = {
      {"CMT-SPEND_1.a", "CMT-SPEND_1.a"},
      {"arn:aws:savingsplans:us-west-2::savingsplan/e72e31", "e72e31"},
      {"/subscriptions/11/savingsPlans/e8038a", "e8038a"},
      {"plan no. 7 (EU)", "plan-no.-7-EU"},
      {"承诺", "tranche"},
      {"plan/", "tranche"},
      {"aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggg",
       "aaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgggggggggg"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.provider);
    CHECK(has(draft(with(spend, "CMT-1", row.provider)),
              "\nid = \"" + std::string{row.id} + "\"\nface"));
  }
  const std::string twice = draft(with(spend, "CMT-1", "a/plan") + with(spend, "CMT-1", "b/plan") +
                                  with(spend, "CMT-1", "c/plan"));
  CHECK(has(twice, "\nid = \"plan\"\nface"));
  CHECK(has(twice, "\nid = \"plan-2\"\nface"));
  CHECK(has(twice, "\nid = \"plan-3\"\nface"));
  CHECK(has(draft(with(spend, "AGR-99", "///")), "[investment]\nid = \"contract\"\n"));
}

TEST_CASE("draft: no text of the file can leave its comment or its quotes") {
  const std::string text =
      draft(with(with(spend, "Three years", "\"x\ndraft = 1\n[[tranche]]\r\nid = \"\"y\"\"\""),
                 "AGR-99", "\"A\n[x]\""),
            "Lunar\"\n[matching]");
  for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
    const std::string line = text.substr(at, text.find('\n', at) - at);
    const bool known = line.empty() || line.starts_with('#') || line.starts_with('[') ||
                       has(line, " = ");
    CHECK_MESSAGE(known, line);
  }
  CHECK(refused(parse_terms(text, "draft.toml")).starts_with("unknown_key 5:1"));
  // One table each: the texts added none.
  CHECK(text.find("\n[[tranche]]\n") == text.rfind("\n[[tranche]]\n"));
  CHECK(text.find("\n[matching]\n") == text.rfind("\n[matching]\n"));
  CHECK(has(text, "id = \"A-x\"\n"));
}

TEST_CASE("draft: the commitments of the specification and of the toolkit all become drafts") {
  const auto folder = data_folder();
  if (!folder) return;
  struct Row {
    const char* file;
    std::size_t contracts;
    std::size_t tranches;  ///< rows of category Spend, counted in the file
    std::size_t warnings;
  };
  // The warnings: "Monetary Pool" and "Total Term" are words of a working draft.
  const Row rows[] = {
      {"spec-examples-wd/contract_commitment_scenario_1.csv", 1, 2, 2},
      {"toolkit-golden/golden/compatibility_golden/aws_1_3_contract_commitment_rows100_seed42.csv",
       8, 6, 0},
      {"toolkit-golden/golden/compatibility_golden/azure_1_3_contract_commitment_rows100_seed42.csv",
       8, 5, 0},
      {"toolkit-golden/golden/compatibility_golden/gcp_1_3_contract_commitment_rows100_seed42.csv",
       9, 8, 0},
  };
  for (const Row& row : rows) {
    CAPTURE(row.file);
    const auto reading = read_commitments((*folder / row.file).string());
    REQUIRE_MESSAGE(reading.ok(), refused(reading));
    CHECK(reading->contracts.size() == row.contracts);
    CHECK(reading->warnings.size() == row.warnings);
    std::size_t tranches = 0;
    for (const Contract& contract : reading->contracts) {
      const std::string text = draft_terms(contract, {"commitments.csv", "Lunar"});
      const std::string mark = "\n[[tranche]]\n";
      for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos; ++at) ++tranches;
      CHECK(has(refused(parse_terms(text, "draft.toml")), "unknown_key 5:1"));
    }
    CHECK(tranches == row.tranches);
  }
}

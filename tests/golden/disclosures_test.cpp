// What a filing discloses, from the program: figures of examples worked by hand.

#include <string>

#include <doctest/doctest.h>

#include "tests/golden/reports.h"

using accrue_test::compare_with_published;
using accrue_test::must_run;
using accrue_test::report;
using accrue_test::Scratch;
using accrue_test::total;

namespace {

/// 36% for 500 million in cash and 300 of credits, with more lines for the deal.
void sign(const Scratch& scratch, const std::string& lines) {
  must_run(scratch, "init --start 2024-01 --now 2024-01-01T00:00:00Z");
  scratch.write("deal.toml",
                "schema = \"accrue.terms/1\"\n[investment]\nid = \"d\"\ninvestee = \"Lunar\"\n"
                "signed = 2024-01-01\nstake = \"36%\"\ninfluence = \"significant\"\n"
                "cash = \"500_000_000 USD\"\n" + lines +
                    "[matching]\nbilling_accounts = [\"ba-1\"]\n[[tranche]]\nid = \"T1\"\n"
                    "face = \"300_000_000 USD\"\nissued = 2024-01-01\nexpires = 2026-01-01\n");
  must_run(scratch, "investment add deal.toml --now 2024-01-01T00:00:00Z");
}

void use(const Scratch& scratch, const std::string& rows) {
  scratch.write("usage.csv",
                "BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,"
                "ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ServiceName,BilledCost,"
                "EffectiveCost\n" + rows);
  must_run(scratch, "import usage usage.csv --now 2025-01-02T00:00:00Z");
}

std::string used(const std::string& month, const std::string& amount) {
  return "ba-1,USD,2024-" + month + "-01T00:00:00Z,2024-" + month + "-28T00:00:00Z,2024-" + month +
         "-10T00:00:00Z,2024-" + month + "-11T00:00:00Z,Usage,GPU," + amount + "," + amount + "\n";
}

const std::string full_value = "fair_value_of_stake = \"800_000_000 USD\"\n";

}  // namespace

// DEAL-12: the price is 800 - 500 = 300, and what the credits would cost otherwise 75% of 300.
TEST_CASE("disclosures: a price above the stand-alone price is flagged, and no figure is chosen") {
  const Scratch scratch;
  sign(scratch, full_value + "ssp = \"75%\"\n");
  const nlohmann::json deal = report(scratch, "report deal 2024-03");
  CHECK(deal["schema"] == "accrue.report.deal/1");
  REQUIRE(deal["rows"].size() == 2);
  CHECK(deal["rows"][1]["flags"] == "price above stand-alone price");
  CHECK(deal["rows"][0]["fair_value_less_cash"] == "300000000.00");
  CHECK(deal["rows"][0]["stake_pct"] == "36.00");
  CHECK(deal["totals"]["face"] == "300000000.00");
  compare_with_published("DEAL-12", "/expected/ssp_of_credits",
                         {total(deal, "stand_alone_price", {{"level", "deal"}})});
  compare_with_published("DEAL-12", "/expected/transaction_price",
                         {total(deal, "price", {{"level", "deal"}})});
}

// DEAL-14: 300 at the begin of the year, 210 used in it: 90 are owed at its end.
TEST_CASE("disclosures: a year of an investee of 36%, in each report") {
  const Scratch scratch;
  sign(scratch, full_value);
  use(scratch, used("03", "120000000") + used("11", "90000000"));

  const nlohmann::json related = report(scratch, "report related-party 2024");
  CHECK(related["rows"][0]["relationship"] ==
        "d, signed 2024-01-01: 36% of the shares, influence significant");
  compare_with_published("DEAL-14", "/inputs/revenue", {total(related, "revenue")});
  compare_with_published("DEAL-14", "/inputs/of_which_breakage",
                         {total(related, "revenue_breakage")});
  compare_with_published("DEAL-14", "/inputs/contract_liability_close",
                         {total(related, "contract_liability_end")});
  compare_with_published("DEAL-14", "/inputs/undrawn_unfunded_commitment",
                         {total(related, "price_not_received")});
  compare_with_published("DEAL-14", "/inputs/receivable",
                         {total(related, "unbilled_receivable_end")});
  CHECK(total(related, "revenue") == "210000000.00");
  CHECK(total(related, "contract_liability_end") == "90000000.00");
  CHECK(total(related, "cash_paid") == "500000000.00");

  const nlohmann::json cash = report(scratch, "report cash-flow 2024");
  CHECK(total(cash, "amount", {{"category", "cash paid for stakes"}}) == "500000000.00");
  CHECK(total(cash, "amount", {{"category", "stakes received for credits"}}) == "300000000.00");
  CHECK(total(cash, "amount", {{"category", "revenue out of the contract liability"}}) ==
        "210000000.00");
  CHECK(total(cash, "amount", {{"category", "cash-funded revenue"}}) == "0.00");

  const nlohmann::json faces = report(scratch, "report burn-down 2024");
  CHECK(faces["rows"].size() == 12);
  CHECK(total(faces, "face_closing", {{"period", "2024-02"}}) == "300000000.00");
  CHECK(total(faces, "face_closing", {{"period", "2024-03"}}) == "180000000.00");
  CHECK(total(faces, "face_closing", {{"period", "2024-12"}}) == "90000000.00");
  CHECK(total(faces, "face_drawn") == "-210000000.00");
  const std::string csv = must_run(scratch, "report burn-down 2024-03 -f csv").out;
  CHECK(csv.find("\n2024-03,Lunar,T1,USD,300000000.00,0.00,-120000000.00,0.00,180000000.00,"
                 "2026-01-01,") != std::string::npos);
  CHECK(csv.ends_with(",burn-down:2024-03:2024-03:T1\n"));
}

// Credit that was made of negative numbers.

#include <string>

#include <doctest/doctest.h>

#include "tests/regressions/figures.h"

using namespace accrue_test;

namespace {

std::string rate_card(const std::string& price) {
  return "schema = \"accrue.rate-card/1\"\nid = \"gpu\"\ncurrency = \"USD\"\n[[price]]\n"
         "sku = \"h100\"\nunit = \"hour\"\neffective = 2024-04-01\nprice = \"" + price + "\"\n";
}

std::string metered(const std::string& id, const std::string& time, const std::string& quantity) {
  return R"({"specversion":"1.0","type":"used","source":"meter","id":")" + id + R"(","time":")" +
         time + R"(","data":{"account":"ba-1","sku":"h100","unit":"hour","quantity":")" + quantity +
         "\"}}\n";
}

}  // namespace

// eliza #22681: a price of -1, meant as "none", made 31,348.80 credits of usage.
TEST_CASE("regressions: a price below zero is refused, with everything that would use it") {
  const Scratch scratch;
  open_book(scratch, {{"T1", "100 USD"}});
  scratch.write("card.toml", rate_card("-1"));
  scratch.write("events.jsonl", metered("1", "2024-04-10T00:00:00Z", "31348.80"));
  const std::string before = standing(scratch);
  const Run run = scratch.run("import events events.jsonl --rate-card card.toml");
  CHECK(run.status == 3);
  CHECK(has(run.err, "error[bad_value]"));
  CHECK(standing(scratch) == before);
}

TEST_CASE("regressions: a quantity below zero is a refund and makes no credit") {
  const Scratch scratch;
  open_book(scratch, {{"T1", "100 USD"}});
  scratch.write("card.toml", rate_card("2"));
  scratch.write("events.jsonl", metered("1", "2024-04-10T00:00:00Z", "5") +
                                    metered("2", "2024-04-11T00:00:00Z", "-31348.80"));
  run_well(scratch, "import events events.jsonl --rate-card card.toml");
  // 10 drawn; 62,697.60 asked back, of which 10 stand and 62,687.60 find nothing.
  CHECK(grant_figures(scratch, "T1") == "drawn 0.00, expired 0.00, left 100.00, recognised 0.00");
  CHECK(revenue(scratch, "2024-04") == "cash usage -62687.60\n");
  CHECK(has(scratch.run("exceptions -f csv").out, "unmatched_refund"));
  // And no later charge may live on it: the grant pays its face, the rest is cash.
  scratch.write("more.jsonl", metered("3", "2024-04-12T00:00:00Z", "60"));
  run_well(scratch, "import events more.jsonl");
  CHECK(has(grant_figures(scratch, "T1"), "drawn 100.00, expired 0.00, left 0.00"));
  CHECK(revenue(scratch, "2024-04") == "cash usage -62667.60\nT1 usage 100.00\n");
}

TEST_CASE("regressions: terms with an amount below zero are refused") {
  const Scratch scratch;
  open_book(scratch, {{"T1", "100 USD"}});
  struct Row {
    const char* why;
    std::string terms;
  };
  const Row rows[] = {
      {"face", terms_of("d", {{"T2", "-100 USD"}})},
      {"nothing", terms_of("d", {{"T2", "0 USD"}})},
      {"cash", terms_of("d", {{"T2", "100 USD"}},
                        "cash = \"-1 USD\"\nfair_value_of_stake = \"1 USD\"")},
      {"cash above the fair value",
       terms_of("d", {{"T2", "100 USD"}}, "cash = \"2 USD\"\nfair_value_of_stake = \"1 USD\"")},
      {"price", terms_of("d", {{"T2", "100 USD", "2024-04-01", "",
                                "transaction_price = \"-1 USD\""}})},
      {"stand-alone price", terms_of("d", {{"T2", "100 USD"}}, "ssp = \"-5%\"")},
      {"expected unused",
       terms_of("d", {{"T2", "100 USD", "2024-04-01", "",
                       "breakage = { method = \"proportional\", expected = \"-1%\" }"}})},
  };
  const std::string before = standing(scratch);
  for (const Row& row : rows) {
    CAPTURE(row.why);
    scratch.write("d.toml", row.terms);
    const Run run = scratch.run("investment add d.toml");
    CHECK_MESSAGE(run.status == 3, run.out);
    CHECK(standing(scratch) == before);
  }
}

// What is sent again because nobody knows whether it arrived.

#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/regressions/figures.h"

using namespace accrue_test;

// eliza #10930: committed, the answer lost, tried again: settled twice.
TEST_CASE("regressions: events sent again after their acknowledgement was lost change nothing") {
  const Scratch scratch;
  open_book(scratch, {{"T1", "100 USD"}});
  const MeteredEvent first{"1", "2024-04-10T00:00:00Z", "40"};
  // Equal but for its id: another charge.
  const MeteredEvent second{"2", "2024-04-10T00:00:00Z", "40"};
  send(scratch, {first, second});
  const std::string before = standing(scratch);
  CHECK(has(send(scratch, {first, second}), "ack count=2 taken=0 known=2 refused=0 record=- "));
  CHECK(has(send(scratch, {second, first, second}), "ack count=3 taken=0 known=3 "));
  CHECK(standing(scratch) == before);
  CHECK(has(grant_figures(scratch, "T1"), "drawn 80.00, expired 0.00, left 20.00"));
}

// fountain #1131 (4): the balance was looked at first, and a charge that was paid for was refused.
TEST_CASE("regressions: a key is known before the balance is looked at") {
  const Scratch scratch;
  open_book(scratch, {{"T1", "100 USD", "2024-04-01", "2024-05-01"}});
  const MeteredEvent paid{"1", "2024-04-10T00:00:00Z", "100"};
  send(scratch, {paid});
  const auto again = [&] {
    const std::string before = standing(scratch);
    const std::string answer = send(scratch, {paid});
    CHECK(standing(scratch) == before);
    return answer;
  };
  CHECK(has(again(), "taken=0 known=1 refused=0 record=- "));  // the grant is empty
  run_well(scratch, "close 2024-04");
  CHECK(has(again(), "taken=0 known=1 refused=0 record=- "));  // expired, and its period closed
  CHECK(grant_figures(scratch, "T1") ==
        "drawn 100.00, expired 0.00, left 0.00, recognised 100.00");
  CHECK(funding(scratch) == "credits 100.00, cash 0.00");
}

TEST_CASE("regressions: a key is known before its price is looked up") {
  const Scratch scratch;
  open_book(scratch, {{"T1", "100 USD"}});
  const auto card = [](const std::string& price) {
    return "schema = \"accrue.rate-card/1\"\nid = \"gpu\"\ncurrency = \"USD\"\n[[price]]\n"
           "sku = \"h100\"\nunit = \"hour\"\neffective = 2024-04-01\nprice = \"" + price + "\"\n";
  };
  scratch.write("2.toml", card("2"));
  // Times half an hour it has more digits than an amount can: it would be refused.
  scratch.write("fine.toml", card("3.000000000000000000000000000001"));
  scratch.write("events.jsonl",
                R"({"specversion":"1.0","type":"used","source":"meter","id":"1",)"
                R"("time":"2024-04-10T00:00:00Z","data":{"account":"ba-1","sku":"h100",)"
                R"("quantity":"5.5","unit":"hour"}})" "\n");
  run_well(scratch, "import events events.jsonl --rate-card 2.toml");
  CHECK(has(grant_figures(scratch, "T1"), "drawn 11.00"));
  CHECK(has(run_well(scratch, "import events events.jsonl --rate-card fine.toml").out,
            "taken=0 known=1 "));
  CHECK(has(grant_figures(scratch, "T1"), "drawn 11.00"));
}

TEST_CASE("regressions: a known key with other content is refused, and nothing else with it") {
  const Scratch scratch;
  open_book(scratch, {{"T1", "100 USD"}});
  send(scratch, {{"1", "2024-04-10T00:00:00Z", "40"}});
  const Run run = [&] {
    scratch.write("events.jsonl", event_of({"1", "2024-04-10T00:00:00Z", "41"}) +
                                      event_of({"2", "2024-04-10T00:00:00Z", "7"}));
    return scratch.run("import events events.jsonl");
  }();
  CHECK(has(run.err, "refused[event_conflict]: events.jsonl:1: "));
  CHECK(has(run.out, "ack count=2 taken=1 known=0 refused=1 "));
  CHECK(has(grant_figures(scratch, "T1"), "drawn 47.00"));
}

TEST_CASE("regressions: a delivery sent again is refused, or says that nothing changed") {
  const Scratch scratch;
  open_book(scratch, {{"T1", "100 USD"}});
  const std::string rows = usage_row("ba-1", "2024-04-10T00:00:00Z", "40") +
                           usage_row("ba-1", "2024-04-11T00:00:00Z", "5");
  scratch.write("a.csv", focus_file(rows));
  run_well(scratch, "import usage a.csv");
  const std::string before = standing(scratch);

  const Run again = scratch.run("import usage a.csv");
  CHECK(again.status == 4);
  CHECK(has(again.err, "error[already_imported]"));
  // Nor under another name, of another source.
  scratch.write("b.csv", focus_file(rows));
  CHECK(scratch.run("import usage b.csv --source other").status == 4);
  const Run replaced = run_well(scratch, "import usage a.csv --mode replace");
  CHECK(has(replaced.err, "nothing changed"));
  CHECK(standing(scratch) == before);
  CHECK(has(grant_figures(scratch, "T1"), "drawn 45.00"));
}

// flexprice #2155: one low balance was told of more than once, and each time topped up.
TEST_CASE("regressions: a threshold crossed is told of once, whatever is sent again") {
  const Scratch scratch;
  open_book(scratch, {{"T1", "100 USD"}});
  scratch.write("a.csv", focus_file(usage_row("ba-1", "2024-04-10T00:00:00Z", "85")));
  CHECK(has(run_well(scratch, "import usage a.csv").err, "notice[grant_80_percent_drawn]"));
  CHECK_FALSE(has(scratch.run("import usage a.csv").err, "notice["));
  const Run replaced = run_well(scratch, "import usage a.csv --mode replace -f json");
  CHECK_FALSE(has(replaced.err, "notice["));
  CHECK(nlohmann::json::parse(replaced.out)["notices"].empty());

  const MeteredEvent last{"1", "2024-04-11T00:00:00Z", "6"};
  const auto notices = [&] {
    scratch.write("events.jsonl", event_of(last));
    return run_well(scratch, "import events events.jsonl").err;
  };
  CHECK(has(notices(), "notice[grant_90_percent_drawn]"));
  CHECK_FALSE(has(notices(), "notice["));
  CHECK_FALSE(has(run_well(scratch, "close 2024-04").err, "notice["));
}

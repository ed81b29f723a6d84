// What a person sees of a stream.

#include <doctest/doctest.h>

#include <string>

#include "tests/cli/program.h"

using namespace accrue_test;

namespace {

std::string event(const std::string& id, const std::string& data) {
  return R"({"specversion":"1.0","type":"used","source":"meter","id":")" + id +
         R"(","time":"2024-04-02T10:00:00Z","data":)" + data + "}\n";
}

std::string amount(const std::string& id, const std::string& value) {
  return event(id, R"({"account":"ba-1","service":"gpu","amount":")" + value +
                       R"(","currency":"USD"})");
}

const std::string card =
    "schema = \"accrue.rate-card/1\"\nid = \"gpu\"\ncurrency = \"USD\"\n[[price]]\n"
    "sku = \"h100\"\nunit = \"hour\"\neffective = 2024-01-01\nprice = \"2.50\"\n";

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("events: groups are acknowledged one by one, refused events go to the dead letters") {
  const Scratch scratch;
  make_book(scratch);
  scratch.write("feed.jsonl", amount("a", "10") + amount("b", "20") + "\nno JSON\n" +
                                  amount("c", "30") + amount("a", "11") + amount("b", "20.00"));
  const Run run = scratch.run("import events feed.jsonl --group-count 2");
  CHECK(run.status == 0);
  CHECK(holds(run.out, "ack count=2 taken=2 known=0 refused=0 record=3 root="));
  CHECK(holds(run.out, "ack count=2 taken=1 known=0 refused=1 record=4 root="));
  // What was taken with other content, and what is known, make no record.
  CHECK(holds(run.out, "ack count=2 taken=0 known=1 refused=1 record=- root=- last_id=b\n"));
  CHECK(holds(run.err, "refused[bad_json]: feed.jsonl:4: "));
  CHECK(holds(run.err, "refused[event_conflict]: feed.jsonl:6: "));
  CHECK(holds(run.err, "events: 3 taken in 2 records, 1 known, 2 refused"));
  const std::string letters = scratch.read("book.accrue.dead-letter.jsonl");
  CHECK(holds(letters, R"("line":4,"code":"bad_json")"));
  CHECK(holds(letters, R"("event":"no JSON")"));
  CHECK(holds(letters, R"("line":6,"code":"event_conflict")"));
  CHECK(holds(scratch.run("status").out, "2 in book.accrue.dead-letter.jsonl"));
  CHECK(holds(scratch.run("status").out, "period check 2024-04"));
  CHECK(holds(scratch.run("drawdown list -f json").out, "\"drawn_USD\": \"60.00\""));
}

TEST_CASE("events: a stream comes through a pipe, and its acknowledgements are JSON when asked for") {
  const Scratch scratch;
  make_book(scratch);
  scratch.write("feed.jsonl", amount("a", "10"));
  // What stands behind the pipe takes the redirections that every run has.
  const auto through_pipe = [&](const std::string& flags) {
    return scratch.run("version >version.txt; cat feed.jsonl | ACCRUE_AUTHOR=ana "
                       "ACCRUE_NOW=2024-07-01T08:00:00Z '" ACCRUE_PROGRAM "' import events " + flags +
                       "; true");
  };
  const Run run = through_pipe("- -f json");
  CHECK(holds(run.out, R"({"schema":"accrue.import.events/1","count":1,"taken":1,"known":0,)"
                       R"("refused":0,"last_id":"a","record":3,"root":")"));
  CHECK(through_pipe("").out ==
        "ack count=1 taken=0 known=1 refused=0 record=- root=- last_id=a\n");
  CHECK(holds(scratch.run("import events feed.jsonl -f csv").err, "error[format_conflict]"));
  CHECK(holds(scratch.run("import events feed.jsonl -o acks.json").err, "error[format_conflict]"));
  CHECK_FALSE(scratch.has("acks.json"));
}

TEST_CASE("events: quantities are priced by the rate card, which the book keeps") {
  const Scratch scratch;
  make_book(scratch);
  const std::string hours = R"({"account":"ba-1","sku":"h100","quantity":3,"unit":"hour"})";
  scratch.write("feed.jsonl", event("a", hours));
  scratch.write("card.toml", card);
  CHECK(holds(scratch.run("import events feed.jsonl --dead-letter none.jsonl").err,
              "refused[price_missing]"));
  CHECK(holds(scratch.read("none.jsonl"), R"("code":"price_missing")"));
  CHECK_FALSE(scratch.has("book.accrue.dead-letter.jsonl"));
  CHECK(holds(scratch.run("import events feed.jsonl --rate-card card.toml").out, "record=4"));
  // 3 hours of 2.50.
  CHECK(holds(scratch.run("drawdown list -f json").out, "\"drawn_USD\": \"7.50\""));

  // The card is in the book, once; a later version prices what comes after it.
  scratch.write("more.jsonl", event("b", hours));
  CHECK(holds(scratch.run("import events more.jsonl").out, "record=5"));
  scratch.write("dearer.toml", card + "[[price]]\nsku = \"h100\"\nunit = \"hour\"\n"
                                      "effective = 2024-04-01\nprice = \"4\"\n");
  scratch.write("again.jsonl", event("a", hours) + event("c", hours));
  CHECK(holds(scratch.run("import events again.jsonl --rate-card dearer.toml").out,
              "taken=1 known=1 refused=0 record=7"));
  // 7.50 twice, and 3 hours of 4.
  CHECK(holds(scratch.run("drawdown list -f json").out, "\"drawn_USD\": \"27.00\""));
  CHECK(scratch.run("audit verify").status == 0);
}

TEST_CASE("events: a dry run writes neither the card nor the events nor a dead letter") {
  const Scratch scratch;
  make_book(scratch);
  scratch.write("card.toml", card);
  scratch.write("feed.jsonl",
                event("a", R"({"account":"ba-1","sku":"h100","quantity":3,"unit":"hour"})") + "x\n");
  const std::string before = scratch.read("book.accrue");
  const Run run = scratch.run("import events feed.jsonl --rate-card card.toml --dry-run");
  CHECK(run.status == 0);
  CHECK(run.out.empty());
  CHECK(holds(run.err, "dry run: events: 1 taken in 1 records, 0 known, 1 refused"));
  CHECK(scratch.read("book.accrue") == before);
  CHECK_FALSE(scratch.has("book.accrue.dead-letter.jsonl"));
}

TEST_CASE("events: a stream says which grants it brought near their end, once") {
  const Scratch scratch;
  make_book(scratch);
  scratch.write("feed.jsonl", amount("a", "400") + amount("b", "450"));
  const Run first = scratch.run("import events feed.jsonl");
  CHECK(holds(first.err, "notice[grant_80_percent_drawn]"));
  CHECK_FALSE(holds(scratch.run("import events feed.jsonl").err, "notice["));
}

TEST_CASE("events: a card of another id or currency is no version of the one before") {
  const Scratch scratch;
  make_book(scratch);
  const std::string hours = R"({"account":"ba-1","sku":"h100","quantity":3,"unit":"hour"})";
  scratch.write("card.toml", card);
  scratch.write("a.jsonl", event("a", hours));
  CHECK(scratch.run("import events a.jsonl --rate-card card.toml").status == 0);

  std::string euros = card;
  euros.replace(euros.find("USD"), 3, "EUR");
  scratch.write("euros.toml", euros);
  const Run refused = scratch.run("import events a.jsonl --rate-card euros.toml");
  CHECK(refused.status == 3);
  CHECK(holds(refused.err, "error[duplicate_id]"));
  CHECK(holds(refused.err, "in the book: USD, in the file: EUR"));

  // With two cards in the book and none named nobody can say which is meant.
  std::string other = card;
  other.replace(other.find("\"gpu\""), 5, "\"net\"");
  scratch.write("other.toml", other);
  scratch.write("b.jsonl", event("b", hours));
  CHECK(scratch.run("import events b.jsonl --rate-card other.toml").status == 0);
  scratch.write("c.jsonl", event("c", hours));
  CHECK(holds(scratch.run("import events c.jsonl").err, "refused[price_missing]"));
  CHECK(holds(scratch.run("import events c.jsonl --rate-card card.toml").out, "taken=1"));
}

TEST_CASE("events: cash-funded currencies and the class of catch-ups are said with the stream") {
  const Scratch scratch;
  make_book(scratch);
  scratch.write("rates.csv", "date,from,to,rate,source\n2024-04-01,EUR,USD,1.10,test\n");
  CHECK(scratch.run("import rates rates.csv").status == 0);
  scratch.write("feed.jsonl",
                event("a", R"({"account":"ba-1","amount":"100","currency":"EUR"})"));
  CHECK(holds(scratch.run("import events feed.jsonl").err, "refused[no_grant_in_currency]"));
  CHECK(holds(scratch.run("import events feed.jsonl --overage-currency EUR").out, "taken=1"));
  // 100 EUR at 1.10.
  CHECK(holds(scratch.run("report period 2024-04 -f csv").out, "110.00"));

  CHECK(scratch.run("close 2024-04").status == 0);
  scratch.write("late.jsonl", amount("b", "5"));
  CHECK(scratch.run("import events late.jsonl --catch-up error --reason 'feed was down'").status ==
        0);
  const std::string bridge = scratch.run("report bridge 2024-04 -f csv").out;
  CHECK(holds(bridge, ",error,"));
  CHECK(holds(bridge, "feed was down"));
}

TEST_CASE("redelivery: bills are named only for a delivery that replaces them") {
  const Scratch scratch;
  make_book(scratch);
  scratch.write("usage.csv", focus_file(usage_row("ba-1", "2024-04-02T00:00:00Z", "1")));
  const Run run = scratch.run("import usage usage.csv --billing-period 2024-04");
  CHECK(run.status == 2);
  CHECK(holds(run.err, "--mode replace"));
}

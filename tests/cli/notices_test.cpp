#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

using accrue_test::focus_file;
using accrue_test::Run;
using accrue_test::Scratch;
using accrue_test::usage_row;
using Json = nlohmann::json;

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

void add_usage(const Scratch& scratch, const std::string& name, const std::string& start,
               const std::string& cost) {
  scratch.write(name, focus_file(usage_row("ba-1", start, cost)));
}

/// A deal whose grant expires on the day; it is accepted on 2024-04-01.
std::string terms_until(const std::string& day) {
  std::string terms = accrue_test::deal_terms;
  const std::string from = "2025-04-01";
  return terms.replace(terms.find(from), from.size(), day);
}

}  // namespace

// T1 has a face of 1,000 USD.
TEST_CASE("notices: the import that crosses a threshold says so, as text and as JSON") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  add_usage(scratch, "a.csv", "2024-04-10T00:00:00Z", "499.99");
  const Run below = scratch.run("import usage a.csv -f json");
  REQUIRE(below.status == 0);
  CHECK(Json::parse(below.out)["notices"].empty());
  CHECK_FALSE(has(below.err, "notice["));

  add_usage(scratch, "b.csv", "2024-04-11T00:00:00Z", "310.01");
  const Run dry = scratch.run("import usage b.csv --dry-run");
  CHECK(has(dry.err, "notice[grant_80_percent_drawn]: grant T1 of Lunar is 81.00% drawn: 810.00 of "
                     "1000.00 USD, 190.00 left\n"));
  const Run crossed = scratch.run("import usage b.csv -f json");
  CHECK(has(crossed.err, "notice[grant_80_percent_drawn]: "));
  const Json notices = Json::parse(crossed.out)["notices"];
  REQUIRE(notices.size() == 1);
  CHECK(notices[0]["code"] == "grant_80_percent_drawn");
  CHECK(notices[0]["grant"] == "T1");
  CHECK(notices[0]["investee"] == "Lunar");
  CHECK(notices[0]["percent"] == 80);
  CHECK(notices[0]["drawn"] == "810.00");
  CHECK(notices[0]["face"] == "1000.00");
  CHECK(notices[0]["left"] == "190.00");
  CHECK(notices[0]["currency"] == "USD");
  CHECK(notices[0]["expires"] == "2025-04-01");

  // Said once: not again while it stays there, not by a refund, and not with -q.
  add_usage(scratch, "c.csv", "2024-04-12T00:00:00Z", "1");
  CHECK_FALSE(has(scratch.run("import usage c.csv").err, "notice["));
  add_usage(scratch, "d.csv", "2024-04-13T00:00:00Z", "-400");
  CHECK_FALSE(has(scratch.run("import usage d.csv").err, "notice["));
  add_usage(scratch, "e.csv", "2024-04-14T00:00:00Z", "589");
  const Run quiet = scratch.run("import usage e.csv -q");
  CHECK(quiet.status == 0);
  CHECK(quiet.err.empty());
  const Run status = scratch.run("status -f csv");
  CHECK(has(status.out, "grant_100_percent_drawn: grant T1 of Lunar is 100.00% drawn"));
}

TEST_CASE("notices: the close or import that brings an expiry near says so once") {
  const Scratch scratch;
  scratch.write("lunar.toml", terms_until("2024-06-20"));
  REQUIRE(scratch.run("init --name Test --now 2024-04-01T00:00:00Z").status == 0);
  REQUIRE(scratch.run("investment add lunar.toml").status == 0);
  add_usage(scratch, "a.csv", "2024-04-10T00:00:00Z", "100");
  CHECK_FALSE(has(scratch.run("import usage a.csv").err, "notice["));
  CHECK_FALSE(has(scratch.run("close 2024-04").err, "notice["));
  // The end of May is 19 days before the expiry.
  const Run may = scratch.run("close 2024-05 -f json");
  CHECK(has(may.err, "notice[grant_expires_soon]: grant T1 of Lunar expires on 2024-06-20, in 19 "
                     "days, with 900.00 of 1000.00 USD left\n"));
  const Json notices = Json::parse(may.out)["notices"];
  REQUIRE(notices.size() == 1);
  CHECK(notices[0]["code"] == "grant_expires_soon");
  CHECK(notices[0]["percent"].is_null());
  add_usage(scratch, "b.csv", "2024-06-05T00:00:00Z", "1");
  CHECK_FALSE(has(scratch.run("import usage b.csv").err, "notice["));
}

TEST_CASE("notices: an import moves the book's time to its latest charge") {
  const Scratch scratch;
  scratch.write("lunar.toml", terms_until("2024-06-20"));
  REQUIRE(scratch.run("init --name Test --now 2024-04-01T00:00:00Z").status == 0);
  REQUIRE(scratch.run("investment add lunar.toml").status == 0);
  // The day before, 31 days are left.
  add_usage(scratch, "a.csv", "2024-05-20T00:00:00Z", "1");
  CHECK_FALSE(has(scratch.run("import usage a.csv").err, "notice["));
  add_usage(scratch, "b.csv", "2024-05-21T00:00:00Z", "1");
  CHECK(has(scratch.run("import usage b.csv").err,
            "notice[grant_expires_soon]: grant T1 of Lunar expires on 2024-06-20, in 30 days, with "
            "998.00 of 1000.00 USD left\n"));
  add_usage(scratch, "c.csv", "2024-05-22T00:00:00Z", "1");
  CHECK_FALSE(has(scratch.run("import usage c.csv").err, "notice["));
}

TEST_CASE("notices: status goes by the book's time, or by the time given") {
  const Scratch scratch;
  scratch.write("lunar.toml", terms_until("2024-06-20"));
  REQUIRE(scratch.run("init --name Test --now 2024-04-01T00:00:00Z").status == 0);
  REQUIRE(scratch.run("investment add lunar.toml").status == 0);
  add_usage(scratch, "a.csv", "2024-04-10T00:00:00Z", "100");
  REQUIRE(scratch.run("import usage a.csv").status == 0);
  const std::string no_time = "ACCRUE_NOW=";
  const Run by_book = scratch.run("status -f json", no_time);
  CHECK(has(by_book.out, "2024-04-10T00:00:00Z"));
  CHECK(Json::parse(by_book.out)["notices"].empty());
  CHECK(has(scratch.run("status --expiring-within 71", no_time).out, "grant_expires_soon"));
  CHECK_FALSE(has(scratch.run("status --expiring-within 70", no_time).out, "grant_expires_soon"));
  const Run given = scratch.run("status -f json --now 2024-06-01T00:00:00Z");
  REQUIRE(Json::parse(given.out)["notices"].size() == 1);
  CHECK(Json::parse(given.out)["notices"][0]["code"] == "grant_expires_soon");
  // Past it there is nothing left to hurry for.
  CHECK(Json::parse(scratch.run("status -f json --now 2024-07-01T00:00:00Z").out)["notices"].empty());
  CHECK(scratch.run("status --expiring-within soon").status == 2);
}

TEST_CASE("notices: a deal that comes near its expiry is told of when it is added") {
  const Scratch scratch;
  accrue_test::make_book(scratch);
  add_usage(scratch, "a.csv", "2024-04-10T00:00:00Z", "1");
  REQUIRE(scratch.run("import usage a.csv").status == 0);
  std::string terms = terms_until("2024-05-01");
  for (const auto& [from, to] : {std::pair{"\"lunar\"", "\"moon\""}, {"ba-1", "ba-2"}}) {
    terms.replace(terms.find(from), std::string{from}.size(), to);
  }
  scratch.write("moon.toml", terms);
  const Run added = scratch.run("investment add moon.toml -f json");
  CHECK(has(added.err, "notice[grant_expires_soon]: grant moon/T1 of Lunar expires on 2024-05-01, in "
                       "21 days"));
  CHECK(Json::parse(added.out)["notices"].size() == 1);
}

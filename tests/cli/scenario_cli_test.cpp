// Scenarios from the command line: what they answer, and that the book does not notice.

#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <ctime>
#include <string>
#include <vector>

#include "ledger/proof/merkle.h"
#include "tests/golden/reports.h"

using accrue_test::must_run;
using accrue_test::report;
using accrue_test::Run;
using accrue_test::Scratch;

namespace {

/// 100 USD of T1 in each of April, May and June 2024, closed; 700 of its 1,000 are left, at a price
/// of 0.9.
void make_used_book(const Scratch& scratch) {
  accrue_test::make_book(scratch);
  std::string rows;
  for (const char* day : {"2024-04-30", "2024-05-31", "2024-06-30"}) {
    rows += accrue_test::usage_row("ba-1", std::string{day} + "T00:00:00Z", "100");
  }
  scratch.write("usage.csv", accrue_test::focus_file(rows));
  must_run(scratch, "import usage usage.csv");
  must_run(scratch, "close 2024-06 --through");
}

const std::string plan = R"(schema = "accrue.scenario/1"
[scenario]
name   = "plan"
months = 6
[[drawdown]]
grant = "T1"
curve = { shape = "ramp", from = "150 USD", growth = "0%" }
after_exhaustion = "pay 50%"
[[uncertainty]]
of = "volume"
investee = "*"
distribution = { kind = "lognormal", sd = "20%" }
source = "a guess for this test"
)";

/// The rows, without what says that they are assumed.
nlohmann::json figures_of(const nlohmann::json& report) {
  nlohmann::json rows = report.at("rows");
  for (nlohmann::json& row : rows) row.erase("ref");
  return rows;
}

std::string digest_of(const Scratch& scratch) {
  return accrue::to_hex(accrue::sha256(scratch.read("book.accrue")));
}

}  // namespace

TEST_CASE("scenario: reports of assumed months are marked, and say which book they are of") {
  const Scratch scratch;
  make_used_book(scratch);
  scratch.write("plan.toml", plan);
  const nlohmann::json run = report(scratch, "scenario run plan.toml");
  CHECK(run.at("rows").size() == 6);
  // 700 left at 150 a month: four whole months, then 100 of 150; half of the other 50 is paid.
  CHECK(run.at("rows")[4].at("period") == "2024-11");
  CHECK(run.at("rows")[4].at("used") == "125.00");
  CHECK(run.at("rows")[4].at("cash_revenue") == "25.00");
  CHECK(run.at("rows")[5].at("face_left") == "0.00");
  const nlohmann::json roll =
      report(scratch, "scenario run plan.toml 2024-Q3 --report rollforward");
  CHECK(roll.at("schema") == "accrue.report.rollforward/1");
  CHECK(roll.at("assumed").at("scenario") == "plan");
  CHECK(roll.at("assumed").at("from") == "2024-07");
  CHECK(roll.at("rows")[0].at("ref") == "assumed:plan:rollforward:2024-Q3:T1");
  const nlohmann::json booked = report(scratch, "report rollforward 2024-Q2");
  CHECK(roll.at("as_of") == booked.at("as_of"));
  CHECK(roll.at("rows")[0].at("opening") == booked.at("rows")[0].at("closing"));
  // 750 drawn of the 900 that are expected to be used, at a price of 900: 750 earned, 150 left.
  CHECK(roll.at("totals").at("closing") == "150.00");
  CHECK(scratch.transcript("scenario run plan.toml").find("not booked") != std::string::npos);
}

TEST_CASE("scenario: a figure of a run is explained by its page, and explain says so") {
  const Scratch scratch;
  make_used_book(scratch);
  scratch.write("plan.toml", plan);
  const std::string ref = "assumed:plan:rollforward:2024-07..2024-12:T1";
  for (const std::string& address : {ref, ref + "#closing"}) {
    const Run refused = scratch.run("explain '" + address + "'");
    CHECK(refused.status == 2);
    CHECK(refused.err.find("error[unknown_ref]: '" + address + "' is assumed by scenario plan") == 0);
    CHECK(refused.err.find("note: ") != std::string::npos);
    CHECK(refused.err.find("accrue scenario run FILE -o run.html") != std::string::npos);
  }
  // What the hint says, done: the figure stands there, and leads to its explanation.
  must_run(scratch, "scenario run plan.toml -o run.html");
  CHECK(scratch.read("run.html").find(ref) != std::string::npos);
  for (const std::string words : {"", " --events"}) {
    const nlohmann::json paths = report(scratch, "scenario montecarlo plan.toml --paths 20" + words);
    const std::string drawn = paths.at("rows")[0].at("ref");
    CHECK(drawn.starts_with("assumed:plan:scenario-"));
    CHECK(scratch.run("explain '" + drawn + "'").err.find("scenario montecarlo FILE --path 1") !=
          std::string::npos);
  }
  scratch.write("other.toml", std::string{plan}.replace(plan.find("\"plan\""), 6, "\"other\""));
  // Rows that are walks of their own are on no page of one run.
  for (const auto& asked :
       {std::pair{"check plan.toml", "the file of scenario plan states it: "},
        std::pair{"compare plan.toml other.toml", "run each of the scenarios compared: "},
        std::pair{"compare plan.toml other.toml --bridge", "run each of the scenarios compared: "},
        std::pair{"grid plan.toml --vary volume=50..100:50", "change a copy of the file as the row"},
        std::pair{"sensitivity plan.toml", "change a copy of the file as the row"}}) {
    CAPTURE(asked.first);
    const nlohmann::json rows =
        report(scratch, std::string{"scenario "} + asked.first).at("rows");
    REQUIRE(!rows.empty());
    const std::string printed = rows[0].at("ref");
    CHECK(printed.starts_with("assumed:"));
    CHECK(scratch.run("explain '" + printed + "'").err.find(asked.second) !=
          std::string::npos);
  }
  CHECK(scratch.run("explain assumed:plan").err.find("nothing in the book") != std::string::npos);
  // A backtest is of the book alone: its rows lead to the same by month.
  for (const std::string words : {"", " --months"}) {
    const std::string of_backtest =
        report(scratch, "scenario backtest --first-close 1" + words).at("rows")[0].at("ref");
    CHECK(scratch.run("explain '" + of_backtest + "'").err.find(
              "hint: each forecast beside what happened: accrue scenario backtest --months "
              "--investee 'Lunar'") != std::string::npos);
  }
}

TEST_CASE("scenario: an interrupted simulation answers with the paths that are in") {
  const Scratch scratch;
  make_used_book(scratch);
  scratch.write("plan.toml", plan);
  const std::string simulate = "scenario montecarlo plan.toml --threads 1 --seed 7 -f json --paths ";
  // Sooner or later it is interrupted between its first path and its last.
  nlohmann::json stopped;
  for (double seconds = 0.1; seconds < 60 && stopped.is_null(); seconds *= 1.4) {
    const Run run = scratch.run(simulate + "1000000",
                                "timeout --preserve-status -s INT " + std::to_string(seconds));
    REQUIRE(run.status != 0);
    CHECK(run.status == 130);
    if (!run.out.empty()) stopped = nlohmann::json::parse(run.out);
  }
  REQUIRE(!stopped.is_null());
  const std::string note = stopped.at("notes")[1];
  CHECK(note.ends_with(" paths of seed 7; interrupted: 1000000 were asked for"));
  const std::string paths = note.substr(0, note.find(' '));
  CHECK(std::stoi(paths) < 1'000'000);
  // As many paths, not interrupted, come to the same.
  const nlohmann::json whole = nlohmann::json::parse(must_run(scratch, simulate + paths).out);
  const bool are_equal = whole.at("rows") == stopped.at("rows");
  CHECK(are_equal);
  CHECK(scratch.run(simulate + "9000000").err.find("at most --paths ") != std::string::npos);
  CHECK(scratch.run(simulate + "10000001").err.find(
            "--paths is a whole number from 1 to 10000000, not '10000001'") != std::string::npos);
  CHECK(scratch.run("scenario montecarlo plan.toml --threads 0").err.find(
            "--threads is a whole number from 1 to 1024, not '0'") != std::string::npos);
}

TEST_CASE("scenario: a simulation's table is of all together; files have each, and all percentiles") {
  const Scratch scratch;
  make_used_book(scratch);
  scratch.write("plan.toml", plan);
  scratch.write("two.toml", plan + R"([[tranche]]
id = "S1"
investee = "Solar"
face = "500 USD"
issued = 2024-07-01
[[drawdown]]
investee = "Solar"
curve = { shape = "ramp", from = "100 USD", growth = "0%" }
after_exhaustion = "stop"
)");
  const std::string words = "scenario montecarlo two.toml --paths 50";
  const std::string table = must_run(scratch, words).out;
  for (const char* shown : {" p5 ", " p50 ", " p95 ", "note: months of all investees together"}) {
    CHECK_MESSAGE(table.find(shown) != std::string::npos, shown);
  }
  CHECK(table.find(" p10 ") == std::string::npos);
  CHECK(table.find("credit_revenue  Solar") == std::string::npos);
  CHECK(must_run(scratch, words + " --percentiles 10").out.find("p10") != std::string::npos);
  const nlohmann::json file = report(scratch, words);
  CHECK(file.at("rows")[0].contains("p10"));
  CHECK(file.dump().find("months of all investees together") == std::string::npos);
  CHECK(std::ranges::any_of(file.at("rows"), [](const nlohmann::json& row) {
    return row.at("measure") == "credit_revenue" && row.at("investee") == "Solar";
  }));
}

TEST_CASE("scenario: assumed usage that is imported for real gives the forecast's own reports") {
  const Scratch scratch;
  make_used_book(scratch);
  scratch.write("plan.toml", plan);
  must_run(scratch, "scenario run plan.toml --usage assumed.csv -q");
  std::vector<nlohmann::json> forecast;
  const std::vector<std::string> kinds{"period", "rollforward", "waterfall", "burn-down",
                                       "trial-balance", "contract-balances", "cash-flow"};
  for (const std::string& kind : kinds) {
    forecast.push_back(report(scratch, "scenario run plan.toml 2024-07..2024-12 --report " + kind));
  }
  must_run(scratch, "import usage assumed.csv");
  must_run(scratch, "close 2024-12 --through --accept all --reason 'as assumed'");
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    CAPTURE(kinds[i]);
    const nlohmann::json came = report(scratch, "report " + kinds[i] + " 2024-07..2024-12");
    CHECK(figures_of(came) == figures_of(forecast[i]));
    CHECK(came.at("totals") == forecast[i].at("totals"));
  }
}

TEST_CASE("scenario: no question changes a byte of the book") {
  const Scratch scratch;
  make_used_book(scratch);
  scratch.write("plan.toml", plan);
  scratch.write("other.toml", plan);
  const std::string before = digest_of(scratch);
  for (const char* const words :
       {"scenario check plan.toml", "scenario run plan.toml", "scenario run plan.toml -o run.xlsx",
        "scenario run plan.toml -o run.html", "scenario sensitivity plan.toml",
        "scenario solve plan.toml --vary volume=50..150 --figure revenue --to 600",
        "scenario grid plan.toml --vary volume=90..110:10 -o grid.csv", "scenario backtest --first-close 1",
        "scenario montecarlo plan.toml --paths 300 --seed 7",
        "scenario montecarlo plan.toml --paths 300 --seed 7 --events"}) {
    CAPTURE(words);
    const Run run = scratch.run(words);
    CHECK_MESSAGE(run.status == 0, run.err);
    CHECK(digest_of(scratch) == before);
  }
}

TEST_CASE("scenario: a run that is killed leaves the book as it was") {
  const Scratch scratch;
  make_used_book(scratch);
  std::string longer = plan;
  longer.replace(longer.find("months = 6"), 10, "months = 120");
  scratch.write("plan.toml", longer);
  const std::string before = digest_of(scratch);
  const std::string book = (scratch.folder() / "book.accrue").string();
  const std::string file = (scratch.folder() / "plan.toml").string();
  int killed = 0;
  for (int i = 0; i < 20; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      close(STDOUT_FILENO);
      execl(ACCRUE_PROGRAM, "accrue", "-b", book.c_str(), "-q", "scenario", "run", file.c_str(),
            nullptr);
      _exit(127);
    }
    const timespec pause{0, 10'000'000L * (i + 1)};
    nanosleep(&pause, nullptr);
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    killed += WIFSIGNALED(status) ? 1 : 0;
    CHECK(digest_of(scratch) == before);
  }
  MESSAGE("killed before its end: ", killed, " of 20");
  CHECK(scratch.run("audit verify").status == 0);
}

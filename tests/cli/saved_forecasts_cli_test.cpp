// Forecasts that are saved, as a person meets them: kept, shown, cited and compared.

#include <cstdlib>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <sys/wait.h>

#include "tests/golden/reports.h"

using namespace accrue_test;
using Json = nlohmann::json;

namespace {

// After April 900 USD of face are left, of a price of 900 USD for 1,000; a tenth is expected to stay
// unused, so that each USD drawn is a USD of revenue, ten cents of it breakage.
constexpr const char* plan = R"(schema = "accrue.scenario/1"

[scenario]
name   = "plan"
months = 12

[[drawdown]]
investee = "Lunar"
curve    = { shape = "table", amounts = ["50 USD", "60 USD"] }
after_exhaustion = "stop"
)";

/// Records 1 to 4: the book, the deal, 100 USD drawn in April, its close.
void make_april(const Scratch& scratch) {
  make_book(scratch);
  scratch.write("april.csv", focus_file(usage_row("ba-1", "2024-04-30T00:00:00Z", "100")));
  scratch.write("may.csv", focus_file(usage_row("ba-1", "2024-05-31T00:00:00Z", "40")));
  scratch.write("plan.toml", plan);
  must_run(scratch, "import usage april.csv");
  must_run(scratch, "close 2024-04");
}

std::string code_of(const Run& run) {
  const std::size_t from = run.err.find("error[");
  return from == std::string::npos ? "" : run.err.substr(from + 6, run.err.find(']', from) - from - 6);
}

Json total_of(const Scratch& scratch, const std::string& words, const std::string& name) {
  return report(scratch, words).at("totals").at(name);
}

}  // namespace

TEST_CASE("scenario save: the book keeps what a scenario comes to, once under a name") {
  const Scratch scratch;
  make_april(scratch);
  const std::string before = scratch.run("audit log -f csv").out;
  must_run(scratch, "scenario save plan plan.toml --dry-run");
  CHECK(scratch.run("audit log -f csv").out == before);
  must_run(scratch, "scenario save plan plan.toml --reason 'the board agreed'");
  const Run show = scratch.run("scenario show plan -f csv");
  CHECK(show.out ==
        "period,investee,grant,face_currency,drawn,expired,usage_revenue,breakage_revenue,"
        "currency,ref\n"
        "2024-05,Lunar,T1,USD,50.00,0.00,45.00,5.00,USD,forecast:plan:2024-05:Lunar:T1:USD\n"
        "2024-06,Lunar,T1,USD,60.00,0.00,54.00,6.00,USD,forecast:plan:2024-06:Lunar:T1:USD\n"
        "2025-03,Lunar,T1,USD,0.00,790.00,0.00,690.00,USD,forecast:plan:2025-03:Lunar:T1:USD\n");
  CHECK(scratch.run("scenario show plan --file").out == plan);
  const Json list = report(scratch, "scenario list").at("rows");
  REQUIRE(list.size() == 1);
  CHECK(list[0].at("forecast") == "plan");
  CHECK(list[0].at("record") == 5);
  CHECK(list[0].at("file") == "plan.toml");
  CHECK(list[0].at("first_month") == "2024-05");
  CHECK(list[0].at("last_month") == "2025-04");
  CHECK(list[0].at("start_records") == 4);
  CHECK(code_of(scratch.run("scenario save plan plan.toml")) == "duplicate_id");
  CHECK(code_of(scratch.run("scenario show plam")) == "unknown_id");
  CHECK(code_of(scratch.run("scenario save plan2 none.toml")) == "file_unreadable");
  must_run(scratch, "audit verify");
}

TEST_CASE("scenario save: what it keeps moves no figure") {
  const Scratch scratch;
  make_april(scratch);
  const std::string before = scratch.run("report trial-balance 2024-04 -f csv").out;
  const std::string rpo = scratch.run("report rpo 2024-04 -f csv").out;
  must_run(scratch, "scenario save plan plan.toml");
  CHECK(scratch.run("report trial-balance 2024-04 -f csv").out == before);
  CHECK(scratch.run("report rpo 2024-04 -f csv").out == rpo);
}

TEST_CASE("saved forecasts: disclosures and a close rest on one, and say which") {
  const Scratch scratch;
  make_april(scratch);
  must_run(scratch, "scenario save plan plan.toml");
  const std::string digest = report(scratch, "scenario list").at("rows")[0].at("digest");
  // Of 800 USD: 50 in May, 60 in June, the rest when it expires.
  const std::string words = "report rpo 2024-04 --bands 1,2 --forecast scenario:plan";
  CHECK(total_of(scratch, words, "0-1") == "50.00");
  CHECK(total_of(scratch, words, "2-2") == "60.00");
  CHECK(total_of(scratch, words, "over 2") == "690.00");
  CHECK(scratch.run(words).out.find("scenario plan, saved in record 5, digest " + digest) !=
        std::string::npos);
  CHECK(total_of(scratch, "report contract-balances 2024-04 --forecast scenario:plan",
                 "liability_current") == "800.00");
  CHECK(code_of(scratch.run("report rpo 2024-04 --forecast scenario:plam")) == "unknown_id");
  CHECK(code_of(scratch.run("report rpo 2024-04 --forecast scenario:")) == "usage");
  // In March the forecast has not begun.
  CHECK(code_of(scratch.run("report rpo 2024-03 --forecast scenario:plan")) == "bad_value");

  must_run(scratch, "import usage may.csv");
  must_run(scratch, "close 2024-05 --forecast scenario:plan");
  CHECK(total_of(scratch, "report rpo 2024-05 --bands 1", "0-1") == "60.00");
  CHECK(scratch.run("audit log").out.find("digest " + digest) != std::string::npos);
  CHECK(code_of(scratch.run("close 2025-04 --through --forecast scenario:plan")) == "bad_value");
  must_run(scratch, "audit verify");
  must_run(scratch, "audit replay");
}

TEST_CASE("saved forecasts: flux says what came of one") {
  const Scratch scratch;
  make_april(scratch);
  CHECK(code_of(scratch.run("report flux 2024-05")) == "nothing_to_report");
  must_run(scratch, "scenario save plan plan.toml");
  must_run(scratch, "import usage may.csv");
  must_run(scratch, "close 2024-05");
  CHECK(scratch.run("report flux 2024-05 -f csv").out ==
        "investee,funding,grant,forecast,actual,difference,difference_pct,forecast_to_date,"
        "actual_to_date,difference_to_date,difference_to_date_pct,currency,ref\n"
        "Lunar,breakage,T1,5.00,4.00,-1.00,-20.00,5.00,4.00,-1.00,-20.00,USD,"
        "flux:2024-05:plan:Lunar:breakage:T1\n"
        "Lunar,credits,T1,45.00,36.00,-9.00,-20.00,45.00,36.00,-9.00,-20.00,USD,"
        "flux:2024-05:plan:Lunar:credits:T1\n");
  must_run(scratch, "explain flux:2024-05:plan:Lunar:credits:T1#difference --depth 9");
  must_run(scratch, "scenario save plan2 plan.toml");
  const Run several = scratch.run("report flux 2024-06");
  CHECK(code_of(several) == "usage");
  CHECK(several.err.find("plan2") != std::string::npos);
  must_run(scratch, "report pack 2024-06 -o pack");
  CHECK(scratch.has("pack/flux-5-plan.csv"));
  CHECK(scratch.has("pack/flux-8-plan2.json"));
  must_run(scratch, "report flux 2024-05 --against plan -o flux.xlsx");
  must_run(scratch, "report flux 2024-05 --against plan -o flux.html");
}

TEST_CASE("saved forecasts: an estimate cites one, and takes its value from it") {
  const Scratch scratch;
  make_april(scratch);
  must_run(scratch, "scenario save plan plan.toml");
  CHECK(code_of(scratch.run("estimate T1 breakage --reason slow")) == "usage");
  CHECK(code_of(scratch.run("estimate T1 breakage --from-scenario plam --reason slow")) ==
        "unknown_id");
  must_run(scratch, "estimate T1 breakage --from-scenario plan --reason slow");
  CHECK(scratch.run("audit log").out.find("790 of 1000 USD, was 100, as forecast 'plan' of record "
                                          "5, digest") != std::string::npos);
  const Json breakage = report(scratch, "report breakage 2024-05");
  CHECK(breakage.at("rows")[0].at("expected_pct") == "79.00");
  CHECK(breakage.at("notes")[0].get<std::string>().starts_with(
      "estimate of T1 in record 6: from forecast plan, saved in record 5, digest "));
  CHECK(scratch.run("explain record:6").out.find("rests on the forecast of record 5") !=
        std::string::npos);
  // Stated, and cited all the same.
  must_run(scratch, "estimate T1 breakage 50% --from-scenario plan --reason slower");
  CHECK(report(scratch, "report breakage 2024-05").at("rows")[0].at("expected_pct") == "50.00");
  must_run(scratch, "audit verify");
  // Three months do not reach the expiry.
  std::string months = plan;
  scratch.write("short.toml", months.replace(months.find("12"), 2, "3"));
  must_run(scratch, "scenario save short short.toml");
  CHECK(code_of(scratch.run("estimate T1 breakage --from-scenario short --reason slow")) ==
        "bad_value");
}

TEST_CASE("saved forecasts: under dual control a second person signs what cites one") {
  const Scratch scratch;
  scratch.write("lunar.toml", deal_terms);
  scratch.write("april.csv", focus_file(usage_row("ba-1", "2024-04-30T00:00:00Z", "100")));
  scratch.write("plan.toml", plan);
  must_run(scratch, "init --dual-control --now 2024-04-01T00:00:00Z");
  must_run(scratch, "investment add lunar.toml --now 2024-04-01T00:00:00Z");
  must_run(scratch, "import usage april.csv");
  must_run(scratch, "keygen bo.key --name bo");
  must_run(scratch, "key register bo.key.pub --person bo");
  must_run(scratch, "scenario save plan plan.toml");
  must_run(scratch,
           "estimate T1 breakage --from-scenario plan --reason slow --request estimate.json");
  REQUIRE(scratch.run("approve estimate.json --key bo.key --yes", "ACCRUE_AUTHOR=bo").status == 0);
  must_run(scratch, "close 2024-04 --forecast scenario:plan --request close.json");
  REQUIRE(scratch.run("approve close.json --key bo.key --yes", "ACCRUE_AUTHOR=bo").status == 0);
  CHECK(scratch.run("report rpo 2024-04").out.find("scenario plan, saved in record") !=
        std::string::npos);
  must_run(scratch, "audit verify");
}

TEST_CASE("saved forecasts: a pack is checked without the program, its citations too") {
  if (std::system("python3 -c pass >/dev/null 2>&1") != 0) {
    MESSAGE("python3 is not there: skipped");
    return;
  }
  const Scratch scratch;
  make_april(scratch);
  must_run(scratch, "scenario save plan plan.toml");
  must_run(scratch, "estimate T1 breakage --from-scenario plan --reason slow");
  must_run(scratch, "import usage may.csv");
  must_run(scratch, "close 2024-05 --forecast scenario:plan");
  must_run(scratch, "audit pack 2024-05 -o pack");
  const std::string command = "cd '" + scratch.folder().string() +
                              "' && PYTHONDONTWRITEBYTECODE=1 python3 '" ACCRUE_SOURCE_DIR
                              "/accounting/audit/verify.py' pack --json >said.json 2>&1";
  const int status = std::system(command.c_str());
  CHECK(WEXITSTATUS(status) == 0);
  const Json said = Json::parse(scratch.read("said.json"));
  CHECK(said.at("verdict") == "ok");
  for (const Json& check : said.at("checks")) {
    // The root of its start, and two citations.
    if (check.at("name") == "forecasts") CHECK(check.at("count") == 3);
  }
}

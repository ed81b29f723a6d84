// Every answer in JSON is of the schema that it names, and the schemas refuse what is none.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <map>
#include <sstream>
#include <string>

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/cli/answers.h"
#include "tests/cli/program.h"
#include "tests/golden/reports.h"
#include "tests/proof/stamping_authority.h"

using accrue_test::Answers;
using accrue_test::focus_file;
using accrue_test::must_run;
using accrue_test::Run;
using accrue_test::Scratch;
using accrue_test::StampingAuthority;
using accrue_test::usage_row;
using Json = nlohmann::json;

namespace fs = std::filesystem;

namespace {

const fs::path examples = fs::path{ACCRUE_SOURCE_DIR} / "examples";

/// Commands that answer in no JSON, and why.
const std::map<std::string, std::string> without_json{
    {"demo", "tells a story, as text"},
    {"investment check", "says in a sentence that the terms can be read"},
    {"investment draft", "writes TOML"},
    {"report pack", "writes files; those in JSON are answers of the reports"},
    {"export hledger", "has the format of hledger"},
    {"export ledger", "has the format of ledger"},
    {"export beancount", "has the format of beancount"},
    {"export journal", "has the formats of the Audit Data Standards"},
    {"export usage", "writes CSV"},
    {"export terms", "writes files as they were accepted"},
    {"export all", "writes the other exports"},
    {"audit pack", "writes files; those in JSON have schemas of their own"},
    {"audit timestamp request", "writes DER"},
    {"help", "prints a page"}};

/// A command and how it ends.
struct Step {
  int status;
  const char* words;
};

/// A deal in USD from the first record through catch-ups, refusals and a reopening.
const Step steps[] = {
    {0, "init --name Test --materiality 5% --start 2024-04 --now 2024-04-01 --dry-run"},
    {0, "init --name Test --materiality 5% --start 2024-04 --now 2024-04-01"},
    {0, "version"},
    {0, "doctor"},
    {0, "doctor -b none.accrue"},
    {0, "status"},
    {0, "period list"},
    {0, "import list"},
    {0, "report period 2024-04"},
    {4, "report growth 2024-Q2"},
    {2, "report nothing 2024-04"},
    {2, "close"},
    {1, "investment add none.toml"},
    {0, "investment add lunar.toml --dry-run"},
    {0, "investment add lunar.toml"},
    {3, "investment add lunar.toml"},
    {0, "investment show lunar"},
    {0, "import rates rates.csv"},
    {0, "import segment segment.csv"},
    {0, "import base base.csv"},
    {0, "import usage april.csv --dry-run"},
    {0, "import usage april.csv"},
    {4, "import usage april.csv"},
    {0, "import usage april-again.csv --mode replace"},
    {3, "import usage may.csv"},
    {0, "import usage may.csv --on-error quarantine"},
    {0, "exceptions 2024-05"},
    {0, "import usage june.csv"},
    {0, "exceptions 2024-06"},
    {4, "period check 2024-06"},
    {0, "import billing-periods billing.csv"},
    {0, "import billing-periods billing.csv"},
    {0, "estimate T1 breakage 4% --reason 'first months'"},
    {0, "keygen ledger.key --name ledger"},
    {0, "key register ledger.key.pub --person ana"},
    {0, "close 2024-04 --dry-run"},
    {0, "close 2024-04 --key ledger.key"},
    {4, "estimate T1 breakage 5% --from 2024-04 --reason late"},
    {4, "close 2024-06 --through"},
    {4, "close 2024-05"},
    {0, "close 2024-05 --accept all --reason 'set aside by hand'"},
    {4, "reopen 2024-05 --reason 'a late file'"},
    {0, "reopen 2024-05 --reason 'a late file' --yes"},
    {0, "audit checkpoint --key ledger.key"},
    {0, "audit checkpoint --record 14"},
    {3, "audit checkpoint --record 99"},
    {3, "import show 1"},
    {0, "report period 2024-04 --currency EUR"},
    {0, "report rollforward 2024-Q2 --currency EUR --compare 2024-04"},
    {0, "report growth 2024-Q2 --exclude Lunar"},
    {0, "report growth 2024-Q2 --exclude Lunar --compare 2024-Q2"},
    {0, "report growth 2024-Q2 --by-origin --currency EUR"},
    {0, "report rpo 2024-05 --bands 3,6 --compare 2024-04"},
    {0, "audit completeness --invoice invoices.csv"},
    {0, "audit vouch april.csv"},
    {0, "audit vouch april.csv --charge charge:6:1"},
    {0, "audit sample --period 2024-04 --mus --interval 100 --seed 3"},
    {0, "scenario save plan plan.toml --dry-run"},
    {0, "scenario save plan plan.toml"},
    {3, "scenario save plan plan.toml"},
    {0, "scenario show plan"},
    {0, "report flux 2024-06"},
    {0, "report rpo 2024-06 --forecast scenario:plan"},
    {0, "estimate T1 breakage --from-scenario plan --reason 'as planned'"}};

/// What a reading command prints of a book depends on what it holds: each is asked of several.
void read_all(Answers& answers, const Scratch& scratch, const std::string& book) {
  const std::string at = "-b " + book + " ";
  const Json periods = accrue_test::report(scratch, at + "period list").at("rows");
  REQUIRE_FALSE(periods.empty());
  const std::string first = periods.front().at("period");
  const std::string last = periods.back().at("period");
  const std::string range = first + ".." + last;
  const std::string sample = "audit sample --period " + range + " --seed 7 ";
  const auto ask = [&](const std::string& words) {
    // In the book's own time, which is later than the tests' in some.
    answers.ask(scratch, words + " -b " + book, "ACCRUE_NOW=");
  };
  for (const char* words :
       {"status", "doctor", "investment list", "grant list", "import list", "drawdown list",
        "entry list", "entry show 1", "period list", "exceptions", "audit log", "audit approvals",
        "audit approvals --matrix", "audit completeness", "audit lookback", "audit checkpoints",
        "audit prove --record 2", "audit prove --from 2", "key list", "audit verify",
        "audit replay", "scenario list", "scenario backtest",
        "scenario backtest --months"}) {
    ask(words);
  }
  for (const std::string& words :
       {"period check " + last, "audit cutoff " + last,
        "audit je-tests " + range + " --threshold 1000", sample + "--mus --interval 50000",
        sample + "--random 5 --by investee", sample + "--random 3 --of entries",
        sample + "--random 3 --of entries --excluded"}) {
    ask(words);
  }
  for (const std::string& path : accrue_test::command_paths(scratch)) {
    const bool is_report = path.starts_with("report ") && path != "report pack";
    if (!is_report) continue;
    ask(path + " " + range);
    ask(path + " " + last + " --by-origin");
    ask(path + " " + last + " --compare " + first);
  }
  const Json imports = accrue_test::report(scratch, at + "import list").at("rows");
  for (const Json& row : imports) ask("import show " + row.at("record").dump());
  for (const char* dimension : {"service", "sku", "region", "funding", "grant", "investee"}) {
    ask("report disaggregation " + range + " --by " + dimension);
  }
}

/// Of several books of a story the last by name: the one with the most investees.
std::string last_book_in(const fs::path& folder) {
  std::string last;
  for (const fs::directory_entry& file : fs::directory_iterator{folder}) {
    const std::string name = file.path().filename().string();
    if (file.path().extension() == ".accrue") last = std::max(last, name);
  }
  return last;
}

/// The refs of the rows of a report, asked what they follow from.
void explain(Answers& answers, const Scratch& scratch, const std::string& words) {
  const Json report = accrue_test::report(scratch, words);
  for (const Json& row : report.at("rows")) {
    answers.ask(scratch, "explain '" + row.at("ref").get<std::string>() + "' --depth 9");
  }
}

/// A scenario that says something of everything an answer can hold.
const std::string wide_plan = R"(schema = "accrue.scenario/1"
[scenario]
name = "wide"
months = 15
[[drawdown]]
investee = "Lunar"
incremental = "40%"
curve = { shape = "ramp", from = "90 USD", growth = "2%" }
after_exhaustion = "pay 50%"
[[cost]]
sku = "*"
rate = "60%"
[[segment]]
segment = "cloud"
basis = "recast"
growth_of_others = "8%"
[[uncertainty]]
of = "volume"
investee = "*"
distribution = { kind = "lognormal", sd = "20%" }
source = "a guess for this test"
)";

/// What modelers ask of the book as it stands.
void ask_what_if(Answers& answers, const Scratch& scratch) {
  for (const std::string words :
       {"check wide.toml", "run plan.toml", "run wide.toml", "run wide.toml --report grants",
        "run wide.toml --report growth", "run wide.toml --report rollforward",
        "run wide.toml 2024-Q4 --report period", "run wide.toml --report rpo",
        "run wide.toml --report trial-balance", "compare plan.toml wide.toml",
        "compare plan.toml wide.toml --bridge", "sensitivity wide.toml",
        "sensitivity wide.toml --figure run_out",
        "solve wide.toml --vary volume=20..200 --figure revenue --to 900",
        "solve wide.toml --vary volume=20..30 --figure revenue --to 99999",
        "grid wide.toml --vary volume=90..110:10 --vary price=80..100:20",
        "montecarlo wide.toml --paths 300 --seed 5",
        "montecarlo wide.toml --paths 300 --seed 5 --events",
        "montecarlo wide.toml --seed 5 --path 3"}) {
    CAPTURE(words);
    const Run run = answers.ask(scratch, "scenario " + words);
    CHECK_MESSAGE(run.status == 0, run.err);
  }
}

void write_inputs(const Scratch& scratch) {
  scratch.write("lunar.toml", accrue_test::deal_terms);
  scratch.write("plan.toml",
                "schema = \"accrue.scenario/1\"\n[scenario]\nname = \"plan\"\nmonths = 18\n"
                "[[drawdown]]\ninvestee = \"Lunar\"\n"
                "curve = { shape = \"table\", amounts = [\"20 USD\"] }\n"
                "after_exhaustion = \"stop\"\n");
  scratch.write("wide.toml", wide_plan);
  scratch.write("rates.csv", "date,from,to,rate,source\n2024-04-30,EUR,USD,1.08,ecb\n");
  scratch.write("segment.csv",
                "segment,basis,period,currency,revenue,source,published_growth_pct\n"
                "cloud,recast,2024-Q2,USD,120000,filing,20\n"
                "cloud,recast,2023-Q2,USD,100000,filing,\n");
  scratch.write("base.csv",
                "investee,segment,period,currency,revenue,source\n"
                "Lunar,cloud,2023-Q2,USD,1000,invoices\n");
  scratch.write("april.csv", focus_file(usage_row("ba-1", "2024-04-10T00:00:00Z", "400") +
                                        usage_row("ba-1", "2024-04-11T00:00:00Z", "160.5") +
                                        usage_row("other", "2024-04-12T00:00:00Z", "7.5")));
  scratch.write("april-again.csv",
                focus_file(usage_row("ba-1", "2024-04-10T00:00:00Z", "450") +
                           usage_row("ba-1", "2024-04-11T00:00:00Z", "160.5")));
  scratch.write("may.csv", focus_file(usage_row("ba-1", "2024-05-10T00:00:00Z", "600") +
                                      usage_row("ba-1", "2024-05-11T00:00:00Z", "five")));
  scratch.write("june.csv", focus_file(usage_row("ba-1", "2024-06-10T00:00:00Z", "-30")));
  scratch.write("billing.csv",
                "InvoiceIssuerName,BillingPeriodStart,BillingPeriodEnd,BillingPeriodStatus\n"
                "Aurora,2024-04-01T00:00:00Z,2024-05-01T00:00:00Z,Closed\n");
  scratch.write("invoices.csv", "billing_account,billing_period,currency,amount\n"
                                "ba-1,2024-04,USD,610\nba-9,2024-04,USD,5\n");
}

void keep_a_book(Answers& answers, const Scratch& scratch) {
  write_inputs(scratch);
  for (const Step& step : steps) {
    CAPTURE(step.words);
    CHECK(answers.ask(scratch, step.words).status == step.status);
  }
  explain(answers, scratch, "report rollforward 2024-Q2");
  explain(answers, scratch, "report period 2024-Q2");
  ask_what_if(answers, scratch);
  read_all(answers, scratch, "book.accrue");
}

/// What is handed out as files, and what is found when it is compared.
void hand_out(Answers& answers, const Scratch& scratch) {
  must_run(scratch, "report period 2024-04 -o handed.json");
  answers.ask(scratch, "audit reperform handed.json");
  Json handed = Json::parse(scratch.read("handed.json"));
  handed["rows"][0]["revenue"] = "1.00";
  handed["totals"]["revenue"] = "1.00";
  scratch.write("altered.json", handed.dump());
  CHECK(answers.ask(scratch, "audit reperform altered.json").status == 5);

  for (const std::string how : {"--mus --interval 200", "--random 2"}) {
    must_run(scratch, "audit sample --period 2024-04 " + how + " --seed 3 -o sample.json");
    std::string found = "ref,audited\n";
    const Json sample = Json::parse(scratch.read("sample.json"));
    for (const Json& row : sample.at("rows")) {
      found += row.at("ref").get<std::string>() + ",10\n";
    }
    scratch.write("found.csv", found);
    answers.ask(scratch, "audit sample evaluate sample.json found.csv");
  }
  must_run(scratch, "audit pack 2024-Q2 -o pack");
  answers.keep_files(scratch.folder() / "pack", "audit pack");
  must_run(scratch, "report pack 2024-04 -o reports");
  answers.keep_files(scratch.folder() / "reports", "report pack");
}

/// Two persons, another book beside this one, a time stamp, and damage.
void control(Answers& answers) {
  const Scratch scratch;
  write_inputs(scratch);
  const auto ask = [&](const std::string& words, const std::string& settings = {}) {
    return answers.ask(scratch, words, settings);
  };
  for (const char* words :
       {"init --dual-control --now 2024-04-01T00:00:00Z",
        "investment add lunar.toml --now 2024-04-01T00:00:00Z", "import usage april.csv",
        "keygen bo.key --name bo", "key register bo.key.pub --person bo", "close 2024-04"}) {
    ask(words);
  }
  must_run(scratch, "close 2024-04 --reason 'month end' --request april.json");
  answers.keep_files(scratch.folder() / "april.json", "close --request FILE");
  ask("approve april.json --key bo.key --yes");
  CHECK(ask("approve april.json --key bo.key --yes", "ACCRUE_AUTHOR=bo").status == 0);
  ask("audit approvals");
  ask("audit approvals --matrix");
  ask("audit log");

  must_run(scratch, "-b other.accrue init --now 2024-04-02T00:00:00Z");
  CHECK(ask("audit verify --against other.accrue").status == 5);
  CHECK(ask("audit replay --rules present").status == 0);

  const StampingAuthority authority;
  must_run(scratch, "audit checkpoint --key bo.key -o head.note");
  must_run(scratch, "audit timestamp request head.note -o head.tsq");
  scratch.write("head.tsr", authority.stamp(scratch.read("head.tsq")));
  scratch.write("ca.pem", authority.certificate());
  const Json kept = accrue_test::report(scratch, "audit checkpoints").at("rows").back();
  ask("audit timestamp attach " + kept.at("record").dump() + " head.tsr --ca ca.pem");
  ask("audit checkpoints");

  SQLite::Database book{(scratch.folder() / "book.accrue").string(), SQLite::OPEN_READWRITE};
  book.exec("DROP TRIGGER record_is_never_changed");
  book.exec("UPDATE record SET fact = x'00' WHERE sequence = 1");
  CHECK(ask("audit verify").status == 5);
  CHECK(ask("audit replay").status == 5);
}

/// Every command answered or is said to answer in no JSON, and none is said so in vain.
void check_coverage(const Scratch& scratch, const Answers& answers) {
  for (const std::string& path : accrue_test::command_paths(scratch)) {
    CAPTURE(path);
    CHECK(answers.answered().contains(path) != without_json.contains(path));
  }
}

struct Counts {
  std::size_t answers = 0;
  std::size_t schemas = 0;
  std::size_t mutations = 0;
};

/// Of "N answers of N schemas, N mutations refused", the last line that is said.
Counts counts_in(const std::string& said) {
  Counts counts;
  const std::size_t end = said.find_last_not_of('\n');
  const std::size_t begin = said.rfind('\n', end);
  std::istringstream line{said.substr(begin == std::string::npos ? 0 : begin + 1)};
  std::string word;
  line >> counts.answers >> word >> word >> counts.schemas >> word >> counts.mutations;
  return counts;
}

std::size_t schema_count() {
  const fs::directory_iterator files{fs::path{ACCRUE_SOURCE_DIR} / "docs/schemas"};
  return static_cast<std::size_t>(std::distance(begin(files), end(files)));
}

}  // namespace

TEST_CASE("schemas: every answer is of the schema it names, which refuses every other form") {
  if (!StampingAuthority::is_available()) {
    MESSAGE("skipped: there is no openssl to stamp a checkpoint");
    return;
  }
  const Scratch scratch;
  Answers answers{scratch.folder() / "answers", accrue_test::command_paths(scratch)};
  for (const fs::directory_entry& example : fs::directory_iterator{examples}) {
    if (!fs::exists(example.path() / "story.sh")) continue;
    const Scratch books;
    answers.tell_story(books, example.path().filename().string());
    read_all(answers, books, last_book_in(books.folder()));
  }
  keep_a_book(answers, scratch);
  hand_out(answers, scratch);
  control(answers);
  answers.finish();
  check_coverage(scratch, answers);

  const std::string python = "PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 ";
  const std::string probe = python + "-c 'from jsonschema import Draft202012Validator' 2>/dev/null";
  if (std::system(probe.c_str()) != 0) {
    MESSAGE("skipped: no /usr/bin/python3 with jsonschema (python3-jsonschema)");
    return;
  }
  const std::string folder = scratch.folder().string();
  const std::string check = python + "'" ACCRUE_SOURCE_DIR "/tests/outside/check_schemas.py' "
                            "'" ACCRUE_SOURCE_DIR "/docs/schemas' '" + folder + "/answers' >'" +
                            folder + "/said.txt' 2>&1";
  const int status = std::system(check.c_str());
  CHECK_MESSAGE(status == 0, scratch.read("said.txt"));
  const Counts counts = counts_in(scratch.read("said.txt"));
  CHECK(counts.answers == answers.count());
  CHECK(counts.schemas == schema_count() - 1);  // all but the one that the others refer to
  CHECK(counts.mutations > 5'000);
}

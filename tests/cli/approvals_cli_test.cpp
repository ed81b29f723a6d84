// Dual control as two people meet it: one prepares a request, the other looks at it and signs.

#include <functional>
#include <random>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "ledger/error/error_code.h"
#include "ledger/proof/merkle.h"
#include "ledger/store/store.h"
#include "tests/cli/program.h"

using accrue::ErrorCode;
using accrue_test::focus_file;
using accrue_test::Run;
using accrue_test::Scratch;
using accrue_test::usage_row;
using Json = nlohmann::ordered_json;

namespace {

void must_run(const Scratch& scratch, const std::string& words, const std::string& settings = {}) {
  const Run run = scratch.run(words, settings);
  REQUIRE_MESSAGE(run.status == 0, words, "\n", run.err);
}

/// Records 1 to 5: the book, a deal, 100 USD drawn in April, the keys of bo and cy.
void make_controlled_book(const Scratch& scratch) {
  scratch.write("lunar.toml", accrue_test::deal_terms);
  scratch.write("april.csv", focus_file(usage_row("ba-1", "2024-04-10T00:00:00Z", "100")));
  must_run(scratch, "init --dual-control --now 2024-04-01T00:00:00Z");
  must_run(scratch, "investment add lunar.toml --now 2024-04-01T00:00:00Z");
  must_run(scratch, "import usage april.csv");
  for (const std::string person : {"bo", "cy", "eve"}) {
    must_run(scratch, "keygen " + person + ".key --name " + person + "-2024");
    if (person != "eve") must_run(scratch, "key register " + person + ".key.pub --person " + person);
  }
}

Run approve(const Scratch& scratch, const std::string& file, const std::string& person,
            const std::string& more = " --yes") {
  return scratch.run("approve " + file + " --key " + person + ".key" + more,
                     "ACCRUE_AUTHOR=" + person);
}

std::int64_t record_count(const Scratch& scratch) {
  return accrue::Store::open((scratch.folder() / "book.accrue").string(),
                             accrue::Store::Access::read)
      .value()
      .record_count();
}

/// "code" of the refusal, empty where there is none.
std::string code_of(const Run& run) {
  const std::size_t from = run.err.find("error[");
  return from == std::string::npos ? "" : run.err.substr(from + 6, run.err.find(']') - from - 6);
}

}  // namespace

TEST_CASE("dual control: a close is prepared by one person and signed by another") {
  const Scratch scratch;
  make_controlled_book(scratch);
  const Run alone = scratch.run("close 2024-04");
  CHECK(alone.status == 4);
  CHECK(code_of(alone) == "approval_needed");
  CHECK(alone.err.find("--request FILE") != std::string::npos);

  const Run prepared = scratch.run("close 2024-04 --reason 'month end' --request april.json");
  CHECK(prepared.status == 0);
  CHECK(prepared.err.find("request written to april.json") != std::string::npos);
  CHECK(record_count(scratch) == 5);
  const Json request = Json::parse(scratch.read("april.json"));
  CHECK(request["schema"] == "accrue.request/1");
  CHECK(request["what"] == "closed 2024-04");
  CHECK(request["author"] == "ana");
  CHECK(request["reason"] == "month end");
  CHECK(request["as_of"]["records"] == 5);

  const Run seen = approve(scratch, "april.json", "bo", "");
  CHECK(code_of(seen) == "confirmation_needed");
  CHECK(seen.err.find("because: month end") != std::string::npos);
  CHECK(record_count(scratch) == 5);

  const Run approved = approve(scratch, "april.json", "bo");
  CHECK_MESSAGE(approved.status == 0, approved.err);
  CHECK(record_count(scratch) == 7);
  // The approver's key signs the checkpoint of the close as well.
  CHECK(scratch.has("book.accrue.checkpoints/2024-04-6.note"));
  CHECK(scratch.run("audit verify").status == 0);
  CHECK(scratch.run("audit replay").status == 0);
  const Json row = Json::parse(scratch.run("audit approvals -f json").out)["rows"][0];
  CHECK(row["record"] == 6);
  CHECK(row["prepared_by"] == "ana");
  CHECK(row["approved_by"] == "bo");
  // Both run on this machine here.
  CHECK(row["state"] == "same system user");
  CHECK(code_of(approve(scratch, "april.json", "bo")) == "request_outdated");
}

TEST_CASE("dual control: estimates, reopenings and further keys go the same way") {
  const Scratch scratch;
  make_controlled_book(scratch);
  for (const std::string words :
       {"close 2024-04", "estimate T1 breakage 20% --reason x", "reopen 2024-04 --reason x --yes",
        "key register eve.key.pub --person eve"}) {
    CAPTURE(words);
    const std::int64_t before = record_count(scratch);
    CHECK(code_of(scratch.run(words)) == "approval_needed");
    must_run(scratch, words + " --request r.json");
    CHECK(record_count(scratch) == before);
    const Run run = approve(scratch, "r.json", "bo");
    CHECK_MESSAGE(run.status == 0, run.err);
    CHECK(record_count(scratch) == before + (words == "close 2024-04" ? 2 : 1));
  }
  CHECK(scratch.run("audit verify").status == 0);
  const Json matrix = Json::parse(scratch.run("audit approvals --matrix -f json").out);
  REQUIRE(matrix["rows"].size() == 1);
  CHECK(matrix["rows"][0]["prepared_by"] == "ana");
  CHECK(matrix["rows"][0]["approved_by"] == "bo");
  CHECK(matrix["rows"][0]["records"] == 4);
}

TEST_CASE("dual control: wrong approvals are refused, leave a record, and spoil no request") {
  const Scratch scratch;
  make_controlled_book(scratch);
  must_run(scratch, "close 2024-04 --author bo --request april.json");
  struct Row {
    const char* why;
    const char* person;
    const char* settings;
    const char* code;
  };
  const Row rows[] = {
      {"the preparer", "bo", "ACCRUE_AUTHOR=bo", "own_approval"},
      {"a key that is not registered", "eve", "ACCRUE_AUTHOR=eve", "key_unknown"},
      {"the key of another", "cy", "ACCRUE_AUTHOR=ana", "key_unknown"},
  };
  std::int64_t records = 5;
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const Run run = scratch.run("approve april.json --yes --key " + std::string{row.person} + ".key",
                                row.settings);
    CHECK(run.status == 4);
    CHECK(code_of(run) == row.code);
    CHECK(run.err.find("recorded as record " + std::to_string(++records)) != std::string::npos);
    CHECK(record_count(scratch) == records);
  }
  const Json attempt =
      Json::parse(scratch.run("audit log --only refused -f json").out)["rows"][0];
  CHECK(attempt["periods"] == "2024-04");
  CHECK(attempt["what"].get<std::string>().find("bo.key") == std::string::npos);
  // Attempts move no figure: what was asked for is still what it was.
  const Run approved = approve(scratch, "april.json", "cy");
  CHECK_MESSAGE(approved.status == 0, approved.err);
}

TEST_CASE("dual control: a request that is not as it was written, or not of this book") {
  const Scratch scratch;
  make_controlled_book(scratch);
  must_run(scratch, "close 2024-04 --reason honest --request april.json");
  const std::string good = scratch.read("april.json");
  struct Row {
    std::string why;
    std::function<void(Json&)> alter;
  };
  const Row rows[] = {
      {"another author", [](Json& j) { j["author"] = "dee"; }},
      {"another reason", [](Json& j) { j["reason"] = "other"; }},
      {"another host", [](Json& j) { j["host"] = "elsewhere"; }},
      {"other words", [](Json& j) { j["what"] = "closed nothing"; }},
      {"another posting", [](Json& j) { j["posts"].push_back({{"account", "Cash:x"}, {"debit", "1"}}); }},
      {"another fact", [](Json& j) { j["fact"] = "AAAA"; }},
      {"another kind", [](Json& j) { j["kind"] = "period_reopened"; }},
      {"a field is gone", [](Json& j) { j.erase("author"); }},
      {"another schema", [](Json& j) { j["schema"] = "accrue.request/2"; }},
      {"no object", [](Json& j) { j = 1; }},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    Json altered = Json::parse(good);
    row.alter(altered);
    scratch.write("altered.json", altered.dump(2) + "\n");
    const Run run = approve(scratch, "altered.json", "bo");
    CHECK(run.status == 3);
    CHECK(code_of(run) == "bad_request");
  }
  CHECK(record_count(scratch) == 5);

  must_run(scratch, "-b other.accrue init --dual-control");
  CHECK(code_of(approve(scratch, "april.json", "bo", " --yes -b other.accrue")) == "other_book");
  // A fact came in between: the approver must look again.
  scratch.write("late.csv", focus_file(usage_row("ba-1", "2024-04-11T00:00:00Z", "1")));
  must_run(scratch, "import usage late.csv");
  const Run outdated = approve(scratch, "april.json", "bo");
  CHECK(code_of(outdated) == name_of(ErrorCode::request_outdated));
  CHECK(outdated.err.find("record 6, usage_imported, came after it") != std::string::npos);
}

TEST_CASE("dual control: --request is for what a second person must approve") {
  const Scratch scratch;
  make_controlled_book(scratch);
  CHECK(code_of(scratch.run("close 2024-04 --request r.json --dry-run")) == "usage");
  CHECK_FALSE(scratch.has("r.json"));
  const Run many = scratch.run("close 2024-05 --through --request r.json");
  CHECK(code_of(many) == "approval_needed");
  CHECK(many.err.find("close 2024-04 --request FILE") != std::string::npos);

  const Scratch plain;
  accrue_test::make_book(plain);
  CHECK(code_of(plain.run("close 2024-04 --request r.json")) == "usage");
  CHECK_FALSE(plain.has("r.json"));
  must_run(plain, "close 2024-04");
  const Json report = Json::parse(plain.run("audit approvals -f json").out);
  REQUIRE(report["rows"].size() == 1);
  CHECK(report["rows"][0]["state"] == "not approved");
  CHECK(report["rows"][0]["approved_by"].is_null());
  CHECK(report["totals"]["not_approved"] == 1);
}

TEST_CASE("dual control: words that belie the fact are found, whoever wrote the digest") {
  const Scratch scratch;
  make_controlled_book(scratch);
  must_run(scratch, "close 2024-04 --request april.json");
  Json forged = Json::parse(scratch.read("april.json"));
  forged["what"] = "closed 2024-03";
  forged.erase("digest");
  const std::string digest = accrue::to_hex(accrue::sha256(forged.dump()));
  forged["digest"] = digest;
  scratch.write("forged.json", forged.dump(2) + "\n");
  const Run run = approve(scratch, "forged.json", "bo");
  CHECK(code_of(run) == "bad_request");
  CHECK(run.err.find("does not say what it would post") != std::string::npos);
}

TEST_CASE("dual control: no bytes of a request stop the program") {
  const Scratch scratch;
  make_controlled_book(scratch);
  must_run(scratch, "close 2024-04 --request april.json");
  const std::string good = scratch.read("april.json");
  std::mt19937_64 engine{20240401};
  for (int i = 0; i < 150; ++i) {
    CAPTURE(i);
    std::string bad = good;
    const std::size_t at = engine() % bad.size();
    switch (engine() % 3) {
      case 0: bad[at] = static_cast<char>(engine()); break;
      case 1: bad.erase(at, 1 + engine() % 20); break;
      default: bad.insert(at, bad.substr(engine() % bad.size(), 20)); break;
    }
    if (bad == good) continue;
    scratch.write("bad.json", bad);
    const Run run = approve(scratch, "bad.json", "bo");
    CHECK_MESSAGE(run.status == 3, bad, run.err);
    CHECK(code_of(run) == "bad_request");
  }
  CHECK(record_count(scratch) == 5);
}

// A report that was handed over is derived again: every way in which it can differ is found, and a
// report as the program wrote it has no difference.

#include <functional>
#include <random>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

using accrue_test::focus_file;
using accrue_test::Run;
using accrue_test::Scratch;
using accrue_test::usage_row;
using Json = nlohmann::ordered_json;

namespace {

/// make_book, 100 USD drawn in April, 2024-04 closed: records 1 to 4.
void make_reported_book(const Scratch& scratch) {
  accrue_test::make_book(scratch);
  scratch.write("april.csv", focus_file(usage_row("ba-1", "2024-04-10T00:00:00Z", "100") +
                                        usage_row("ba-1", "2024-04-11T00:00:00Z", "20")));
  for (const char* command : {"import usage april.csv", "close 2024-04"}) {
    const Run run = scratch.run(command);
    REQUIRE_MESSAGE(run.status == 0, run.err);
  }
}

Json report_of(const Scratch& scratch, const std::string& words) {
  const Run run = scratch.run(words + " -f json");
  REQUIRE_MESSAGE(run.status == 0, words, "\n", run.err);
  return Json::parse(run.out);
}

Run reperform(const Scratch& scratch, const Json& report) {
  scratch.write("handed.json", report.dump());
  return scratch.run("audit reperform handed.json -f json");
}

}  // namespace

TEST_CASE("reperform: every report comes out again, also when the book has grown since") {
  const Scratch scratch;
  make_reported_book(scratch);
  scratch.write("segment.csv",
                "segment,basis,period,currency,revenue,source\n"
                "cloud,a,2023-04,USD,500.00,x\ncloud,a,2024-04,USD,900.00,x\n");
  REQUIRE(scratch.run("import segment segment.csv").status == 0);
  const char* const reports[] = {
      "report answers 2024-04", "report period 2024-04", "report period 2024 --by-origin",
      "report rollforward 2024-Q2", "report waterfall 2024-Q2",
      "report growth 2024-04 --segment cloud --basis a",
      "report growth 2024-04 --exclude Lunar --exclude Lunar",
      "report rpo 2024-04 --bands 1,2 --forecast even", "report disaggregation 2024-04 --by sku",
      "report concentration 2024-04 --entity cloud", "report related-party 2024-04",
      "report deal 2024-04", "report breakage 2024-04 --compare 2024-03",
      "report contract-balances 2024-04", "report cash-flow 2024-04", "report burn-down 2024-Q2",
      "report bridge 2024-04", "report trial-balance 2024-04", "report journal 2024 --as-of 3"};
  int number = 0;
  for (const char* words : reports) {
    scratch.write("r" + std::to_string(number++) + ".json", report_of(scratch, words).dump(2));
  }
  scratch.write("may.csv", focus_file(usage_row("ba-1", "2024-04-12T00:00:00Z", "7")));
  REQUIRE(scratch.run("import usage may.csv").status == 0);
  for (int i = 0; i < number; ++i) {
    CAPTURE(reports[i]);
    const Run run = scratch.run("audit reperform r" + std::to_string(i) + ".json");
    CHECK_MESSAGE(run.status == 0, run.out, run.err);
    CHECK(run.err.find("no difference") == 0);
  }
}

TEST_CASE("reperform: what was altered is named with both values") {
  const Scratch scratch;
  make_reported_book(scratch);
  // 100 + 20 drawn of 1,000 for 900, 10% never drawn: usage 0.9 x 120 = 108.00, breakage 12.00.
  const Json report = report_of(scratch, "report period 2024-04");
  REQUIRE(report["rows"].size() == 2);
  const std::string ref = report["rows"][1]["ref"];
  const std::string check = report["checks"][0]["name"].get<std::string>() + ", difference";
  struct Row {
    const char* why;
    std::function<void(Json&)> alter;
    const char* where;
    const char* field;
    const char* handed;
    const char* derived;
  };
  const Row rows[] = {
      {"a cell", [](Json& j) { j["rows"][1]["revenue"] = "109.00"; }, "row", "revenue",
       "\"109.00\"", "\"108.00\""},
      {"a total", [](Json& j) { j["totals"]["revenue"] = "121.00"; }, "totals", "revenue",
       "\"121.00\"", "\"120.00\""},
      {"a column is gone", [](Json& j) { j["rows"][1].erase("revenue"); }, "row", "revenue",
       "nothing", "\"108.00\""},
      {"a column is added", [](Json& j) { j["rows"][1]["bonus"] = 1; }, "row", "bonus", "1",
       "nothing"},
      {"the root", [](Json& j) { j["as_of"]["root"] = "00"; }, "envelope", "as_of", nullptr,
       nullptr},
      {"the currency", [](Json& j) { j["currency"] = "EUR"; }, "envelope", "currency", "\"EUR\"",
       "\"USD\""},
      {"a check", [](Json& j) { j["checks"][0]["difference"] = "1.00"; }, "check",
       check.c_str(), "\"1.00\"", "\"0.00\""},
      {"the notes", [](Json& j) { j["notes"] = {"all is well"}; }, "notes", nullptr,
       "[\"all is well\"]", "[]"},
      {"the name", [](Json& j) { j["schema"] = "accrue.report.rollforward/1"; }, "envelope",
       "schema", "\"accrue.report.rollforward/1\"", "\"accrue.report.period/1\""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    Json altered = report;
    row.alter(altered);
    const Run run = reperform(scratch, altered);
    CHECK(run.status == 5);
    CHECK(Json::parse(run.err)["code"] == "audit_difference");
    const Json answer = Json::parse(run.out);
    REQUIRE(answer["rows"].size() == 1);
    const Json& found = answer["rows"][0];
    CHECK(found["where"] == row.where);
    CHECK(found["field"] == (row.field == nullptr ? Json{} : Json(row.field)));
    if (row.handed != nullptr) CHECK(found["handed"] == row.handed);
    if (row.derived != nullptr) CHECK(found["derived"] == row.derived);
    CHECK(found["ref"] == (std::string{row.where} == "row" ? Json(ref) : Json{}));
  }
}

TEST_CASE("reperform: rows that are missing, added or moved") {
  const Scratch scratch;
  make_reported_book(scratch);
  const Json report = report_of(scratch, "report period 2024-04");

  Json missing = report;
  missing["rows"].erase(0);
  Run run = reperform(scratch, missing);
  CHECK(run.status == 5);
  Json found = Json::parse(run.out)["rows"];
  REQUIRE(found.size() == 1);
  CHECK(found[0]["handed"] == "nothing");
  CHECK(found[0]["derived"] == report["rows"][0].dump());
  CHECK(found[0]["ref"] == report["rows"][0]["ref"]);

  Json added = report;
  added["rows"].push_back(report["rows"][0]);
  run = reperform(scratch, added);
  CHECK(run.status == 5);
  found = Json::parse(run.out)["rows"];
  REQUIRE(found.size() == 1);
  CHECK(found[0]["handed"] == report["rows"][0].dump());
  CHECK(found[0]["derived"] == "nothing");

  // Order says nothing: rows are found by what they are.
  Json moved = report;
  std::swap(moved["rows"][0], moved["rows"][1]);
  CHECK(reperform(scratch, moved).status == 0);
}

TEST_CASE("reperform: another book, an older copy, another program") {
  const Scratch scratch;
  make_reported_book(scratch);
  const Json report = report_of(scratch, "report period 2024-04");

  Json other = report;
  other["book"] = std::string(32, '0');
  Run run = reperform(scratch, other);
  CHECK(run.status == 4);
  CHECK(Json::parse(run.err)["code"] == "other_book");

  Json later = report;
  later["as_of"]["records"] = 99;
  run = reperform(scratch, later);
  CHECK(run.status == 5);
  CHECK(run.out.find("an older copy of the book") != std::string::npos);

  // Another build is said, and is no difference.
  Json built = report;
  built["program"]["build"] = "ab12";
  run = reperform(scratch, built);
  CHECK(run.status == 0);
  CHECK(Json::parse(run.out)["notes"][0].get<std::string>().find(
            "made by accrue 0.1.0, build ab12; derived again by accrue 0.1.0, build ") == 0);

  // The same words over other figures: the period is a filter.
  Json period = report;
  period["filters"]["period"] = "2024-05";
  CHECK(reperform(scratch, period).status == 5);
  // An id of which the root over the records differs.
  Json fewer = report;
  fewer["as_of"]["records"] = 3;
  run = reperform(scratch, fewer);
  CHECK(run.status == 5);
  CHECK(run.out.find("as_of") != std::string::npos);
}

TEST_CASE("reperform: what is no report is refused") {
  const Scratch scratch;
  make_reported_book(scratch);
  const Json report = report_of(scratch, "report period 2024-04");
  struct Row {
    const char* why;
    std::function<void(Json&)> alter;
  };
  const Row rows[] = {
      {"no JSON object", [](Json& j) { j = Json::array(); }},
      {"no schema", [](Json& j) { j.erase("schema"); }},
      {"another schema", [](Json& j) { j["schema"] = "accrue.audit.verify/1"; }},
      {"a later schema", [](Json& j) { j["schema"] = "accrue.report.period/2"; }},
      {"no book", [](Json& j) { j["book"] = nullptr; }},
      {"no records", [](Json& j) { j["as_of"] = nullptr; }},
      {"records that are no number", [](Json& j) { j["as_of"]["records"] = "4"; }},
      {"no filters", [](Json& j) { j["filters"] = nullptr; }},
      {"a command that writes", [](Json& j) { j["filters"]["command"] = "close"; }},
      {"a command of none", [](Json& j) { j["filters"]["command"] = "report all"; }},
      {"a word the command does not take", [](Json& j) { j["filters"]["book"] = "/x"; }},
      {"a word of no kind", [](Json& j) { j["filters"]["period"] = 2024; }},
      {"a list where one word is due", [](Json& j) { j["filters"]["period"] = {"2024-04"}; }},
      {"an empty list", [](Json& j) { j["filters"]["period"] = Json::array(); }},
      {"no period", [](Json& j) { j["filters"].erase("period"); }},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    Json altered = report;
    row.alter(altered);
    const Run run = reperform(scratch, altered);
    CHECK(run.status == 3);
    CHECK(Json::parse(run.err)["code"] == "bad_report");
  }
  // A word in the place of a value is a value, never a flag.
  Json flag = report;
  flag["filters"]["period"] = "--book=/dev/null";
  CHECK(Json::parse(reperform(scratch, flag).err)["code"] == "bad_period");
  scratch.write("broken.json", "{\"schema\": ");
  CHECK(scratch.run("audit reperform broken.json").err.find("error[bad_report]") == 0);
}

TEST_CASE("reperform: no bytes of a report stop the program") {
  const Scratch scratch;
  make_reported_book(scratch);
  const std::string good = report_of(scratch, "report period 2024-04").dump(2);
  std::mt19937_64 engine{20240402};
  for (int i = 0; i < 150; ++i) {
    CAPTURE(i);
    std::string bad = good;
    const std::size_t at = engine() % bad.size();
    switch (engine() % 3) {
      case 0: bad[at] = static_cast<char>(engine()); break;
      case 1: bad.erase(at, 1 + engine() % 20); break;
      default: bad.insert(at, bad.substr(engine() % bad.size(), 20)); break;
    }
    scratch.write("bad.json", bad);
    const Run run = scratch.run("audit reperform bad.json");
    // Done only where the bytes say the same: white space, or the program that made it.
    CHECK_MESSAGE((run.status == 0 || (run.status >= 2 && run.status <= 5)), bad, run.err);
    if (run.status != 0) CHECK(run.err.find("error[") != std::string::npos);
  }
}

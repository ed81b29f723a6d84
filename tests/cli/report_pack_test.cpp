// All reports of a period at once, and reports shown otherwise than the book keeps them.

#include <algorithm>
#include <filesystem>
#include <set>
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

namespace fs = std::filesystem;

/// Two closed months, one open, segment revenue in two series, a rate.
void make_reported_book(const Scratch& scratch) {
  accrue_test::make_book(scratch);
  scratch.write("usage.csv", focus_file(usage_row("ba-1", "2024-04-10T00:00:00Z", "100") +
                                        usage_row("ba-1", "2024-05-11T00:00:00Z", "200") +
                                        usage_row("ba-1", "2024-06-11T00:00:00Z", "300")));
  scratch.write("segment.csv",
                "segment,basis,period,currency,revenue,source\n"
                "cloud,a,2023-05,USD,500.00,x\ncloud,a,2024-05,USD,900.00,x\n"
                "cloud,b,2023-05,USD,400.00,x\ncloud,b,2024-05,USD,800.00,x\n");
  scratch.write("rates.csv", "date,from,to,rate,source\n2024-05-31,EUR,USD,1.25,fixing\n");
  for (const char* command :
       {"import usage usage.csv", "import segment segment.csv", "import rates rates.csv",
        "close 2024-05 --through --forecast trailing-6"}) {
    const Run run = scratch.run(command);
    REQUIRE_MESSAGE(run.status == 0, command, "\n", run.err);
  }
}

std::string output_of(const Scratch& scratch, const std::string& words) {
  const Run run = scratch.run(words);
  REQUIRE_MESSAGE(run.status == 0, words, "\n", run.err);
  return run.out;
}

/// The command line whose answer a report says it is.
std::string words_of(const Json& report) {
  std::string words = report["filters"]["command"].get<std::string>();
  for (const auto& [name, value] : report["filters"].items()) {
    if (name == "command" || value == false) continue;
    if (name == "period") {
      words += " " + value.get<std::string>();
    } else {
      std::string flag = name;
      std::replace(flag.begin(), flag.end(), '_', '-');
      words += " --" + flag + (value == true ? "" : " '" + value.get<std::string>() + "'");
    }
  }
  return words;
}

}  // namespace

TEST_CASE("report pack: a folder holds each report as its own command writes it") {
  const Scratch scratch;
  make_reported_book(scratch);
  for (const std::string flags : {"", " --by-origin --bands 6,12 --forecast even --compare 2024-04",
                                  " --currency EUR --segment cloud --basis b"}) {
    CAPTURE(flags);
    const std::string folder = "pack" + std::to_string(flags.size());
    output_of(scratch, "report pack 2024-05 -o " + folder + flags);
    std::set<std::string> names;
    for (const fs::directory_entry& file : fs::directory_iterator{scratch.folder() / folder}) {
      if (file.path().extension() != ".json") continue;
      const std::string name = folder + "/" + file.path().stem().string();
      const std::string text = scratch.read(name + ".json");
      const std::string words = words_of(Json::parse(text));
      CAPTURE(words);
      CHECK(output_of(scratch, words + " -f json") == text);
      CHECK(output_of(scratch, words + " -f csv") == scratch.read(name + ".csv"));
      CHECK(scratch.run("audit reperform " + name + ".json").status == 0);
      names.insert(file.path().stem().string());
    }
    const std::set<std::string> all{
        "rollforward", "burn-down", "waterfall", "rpo", "contract-balances", "period",
        "disaggregation-investee", "disaggregation-funding", "disaggregation-service",
        "disaggregation-sku", "disaggregation-region", "disaggregation-grant", "related-party",
        "deal", "breakage", "cash-flow", "bridge", "trial-balance", "journal"};
    for (const std::string& name : all) CHECK_MESSAGE(names.contains(name), name);
    const bool has_one_series = flags.find("--basis") != std::string::npos;
    CHECK(names.contains("growth") == has_one_series);
    CHECK(names.contains("growth-1-cloud-a") == !has_one_series);
    CHECK(names.contains("concentration-2-cloud-b") == !has_one_series);
    CHECK(names.size() == all.size() + (has_one_series ? 2 : 4));
    for (const char* file : {"/MANIFEST", "/reports.xlsx", "/reports.html"}) {
      CHECK(scratch.has(folder + file));
    }
  }
}

TEST_CASE("report pack: equal books and words give equal bytes") {
  const Scratch scratch;
  make_reported_book(scratch);
  for (const std::string ending : {"xlsx", "html"}) {
    output_of(scratch, "report pack 2024-05 -o a." + ending);
    output_of(scratch, "report pack 2024-05 -o b." + ending);
    CHECK(scratch.read("a." + ending).size() > 10'000);
    // The words name no file, so that the files can be equal.
    CHECK((scratch.read("a." + ending) == scratch.read("b." + ending)));
  }
}

TEST_CASE("report pack: what is no place for a pack is refused before anything is written") {
  const Scratch scratch;
  make_reported_book(scratch);
  struct Row {
    const char* words;
    int status;
  };
  const Row rows[] = {{"report pack 2024-05", 2},
                      {"report pack 2024-05 -o pack.csv", 2},
                      {"report pack 2024-05 -o folder -f json", 2},
                      {"report pack 2024-05 -o pack.xlsx -f html", 2},
                      {"report pack 2024-05 -o folder --unit k", 2},
                      {"report pack 2024-05 -o usage.csv", 2},
                      {"report pack 2024-05 -o folder --currency GBP", 3},
                      {"report pack 2024-05 -o folder --currency XYZ", 2},
                      {"report pack 2024-05 -o folder --bands 12,6", 2},
                      {"report pack 2024-05 -o folder --bands 12,", 2},
                      {"report pack 2024-05 -o folder --forecast ever", 2},
                      {"report rpo 2024-05 -f csv --unit m", 2},
                      {"report rpo 2024-05 --unit x", 2},
                      {"report disaggregation 2024-05 --by week", 2},
                      {"report bridge 2024-05 --compare 2024-04", 2},
                      {"report rpo 2024-05 --compare 2024-06", 2}};
  for (const Row& row : rows) {
    CAPTURE(row.words);
    CHECK(scratch.run(row.words).status == row.status);
  }
  CHECK_FALSE(scratch.has("folder"));
  CHECK_FALSE(scratch.has("pack.csv"));
  CHECK_FALSE(scratch.has("pack.xlsx"));
}

// The price of 900 for 1,000 of face, a tenth of it never drawn: all is earned at 900. In April 100 are
// 100.00, in May 200 are 200.00, so 600.00 are left; at 1.25 dollars a euro 480.00.
TEST_CASE("reports shown otherwise: compared, in another currency, in thousands") {
  const Scratch scratch;
  make_reported_book(scratch);
  const Json compared =
      Json::parse(output_of(scratch, "report rollforward 2024-05 --compare 2024-04 -f json"));
  CHECK(compared["totals"]["closing"] == "600.00");
  CHECK(compared["totals"]["closing_before"] == "800.00");
  CHECK(compared["totals"]["closing_change"] == "-200.00");
  CHECK(compared["filters"]["compare"] == "2024-04");
  const Json euro = Json::parse(output_of(scratch, "report rpo 2024-05 --currency EUR -f json"));
  CHECK(euro["totals"]["amount"] == "480.00");
  CHECK(euro["currency"] == "EUR");
  CHECK(euro["translation"]["from"] == "USD");
  CHECK(euro["translation"]["rate"] == "1.25");
  CHECK(euro["translation"]["rate_on"] == "2024-05-31");
  const std::string table = output_of(scratch, "report rollforward 2024-05 --unit k");
  CHECK(table.find("in thousands") != std::string::npos);
  CHECK(table.find("0.6") != std::string::npos);
  // 1,000 of face less 300 drawn.
  CHECK(table.find("0.7") != std::string::npos);
  const Json rpo = Json::parse(output_of(scratch, "report rpo 2024-05 -f json"));
  CHECK(rpo["notes"][0].get<std::string>().starts_with(
      "forecast: trailing-6, named at the close of 2024-05"));
  CHECK(output_of(scratch, "audit log").find("closed 2024-05, forecast trailing-6") !=
        std::string::npos);
}

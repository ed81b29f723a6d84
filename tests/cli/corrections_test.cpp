// The published styles of correcting a bill, and bills delivered again until they are final.

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/cli/program.h"

namespace fs = std::filesystem;
using namespace accrue_test;

namespace {

std::string row(const std::string& category, const std::string& charge_class,
                const std::string& bill, const std::string& start, const std::string& cost,
                const std::string& sku) {
  const std::string month = "2024-" + bill + "-01T00:00:00Z";
  const std::string end = "2024-" + bill + "-28T00:00:00Z";
  return "ba-1," + category + "," + charge_class + "," + month + "," + end + ",2024-" + start +
         ":00:00Z,2024-" + start + ":30:00Z," + cost + "," + cost + ",USD,GPU," + sku + "\n";
}

std::string file_of(const std::string& rows) {
  return "BillingAccountId,ChargeCategory,ChargeClass,BillingPeriodStart,BillingPeriodEnd,"
         "ChargePeriodStart,ChargePeriodEnd,BilledCost,EffectiveCost,BillingCurrency,ServiceName,"
         "SkuId\n" +
         rows;
}

void run_well(const Scratch& scratch, const std::string& command) {
  const Run run = scratch.run(command);
  REQUIRE_MESSAGE(run.status == 0, command, ": ", run.err);
}

/// A style: how 1,500 of SKU h100 at noon of April 2nd become 1,200.
struct Style {
  const char* name;
  std::string rows;
  const char* flags;
};

/// `bill` is that of the correction: April while it is open, May once it is closed.
std::vector<Style> styles(const std::string& bill) {
  const std::string noon = "04-02T12";
  return {{"replacement", row("Usage", "", "04", noon, "1200", "h100") +
                              row("Usage", "", "04", "04-03T12", "80", "h100"),
           "--mode replace"},
          {"delta", row("Usage", "Correction", bill, noon, "-300", "h100"), ""},
          {"ledger", row("Usage", "Correction", bill, noon, "-1500", "h100") +
                         row("Usage", "Correction", bill, noon, "1200", "h100"),
           ""}};
}

void import_original(const Scratch& scratch) {
  make_book(scratch);
  scratch.write("original.csv", file_of(row("Usage", "", "04", "04-02T12", "1500", "h100") +
                                        row("Usage", "", "04", "04-03T12", "80", "h100")));
  run_well(scratch, "import usage original.csv");
}

}  // namespace

TEST_CASE("corrections: in an open period the three styles end at equal balances") {
  std::vector<std::string> balances;
  std::vector<std::string> revenue;
  for (const Style& style : styles("04")) {
    CAPTURE(style.name);
    const Scratch scratch;
    import_original(scratch);
    scratch.write("correction.csv", file_of(style.rows));
    run_well(scratch, std::string{"import usage correction.csv "} + style.flags);
    balances.push_back(scratch.run("report trial-balance 2024-04 -f csv").out);
    revenue.push_back(scratch.run("report period 2024-04 -f csv").out);
  }
  // 1,280 used: the face of 1,000 for a price of 900, then 280 in cash. Of the price 810 is usage
  // of 900 expected, and the tenth that was estimated unused comes back as it is used.
  CHECK(balances[0].find("280.00") != std::string::npos);
  for (std::size_t i = 1; i < balances.size(); ++i) {
    CHECK(balances[i] == balances[0]);
    CHECK(revenue[i] == revenue[0]);
  }
}

TEST_CASE("corrections: of a closed period the three styles end at equal totals, as catch-ups") {
  std::vector<std::string> revenue;
  std::vector<std::string> by_origin;
  for (const Style& style : styles("05")) {
    CAPTURE(style.name);
    const Scratch scratch;
    import_original(scratch);
    run_well(scratch, "close 2024-04 --accept all --reason test");
    const std::string april = scratch.run("report trial-balance 2024-04 -f csv").out;
    scratch.write("correction.csv", file_of(style.rows));
    run_well(scratch, std::string{"import usage correction.csv "} + style.flags);
    CHECK(scratch.run("report trial-balance 2024-04 -f csv").out == april);
    revenue.push_back(scratch.run("report period 2024-04..2024-05 -f csv").out);
    by_origin.push_back(scratch.run("report period 2024-04 --by-origin -f csv").out);
    // Less 300 of cash-funded usage, booked in May for April.
    CHECK(scratch.run("report period 2024-05 -f csv").out.find("-300.00") != std::string::npos);
    CHECK(scratch.run("report period 2024-05 --by-origin -f csv").out.find("-300.00") ==
          std::string::npos);
  }
  for (std::size_t i = 1; i < revenue.size(); ++i) {
    CHECK(revenue[i] == revenue[0]);
    CHECK(by_origin[i] == by_origin[0]);
  }
}

TEST_CASE("corrections: the specification's closed-period examples net to what they say") {
  const char* shared = std::getenv("ACCRUE_SHARED");
  const fs::path root =
      shared != nullptr ? fs::path{shared} : fs::path{ACCRUE_SOURCE_DIR}.parent_path() / "shared";
  const fs::path folder = root / "data/focus/spec-examples-wd";
  if (!fs::exists(folder)) {
    MESSAGE("no ", folder.string(), ": skipped");
    return;
  }
  struct Row {
    const char* file;
    bool after_original;
    const char* late;  ///< revenue of May booked in June, in cents that round to it
  };
  const Row rows[] = {
      {"correction_closed_scenario_1_partial_reallocation_delta.csv", true, ""},
      {"correction_closed_scenario_1_partial_reallocation_ledger.csv", true, ""},
      {"correction_closed_scenario_2_late_arriving_usage_ledger.csv", false, "1500.00"},
      {"correction_closed_scenario_4_bulk_cost_only_ledger.csv", true, "0.00"},
  };
  // The examples name no account, no currency and no service.
  const std::string map =
      "schema = \"accrue.map/1\"\n[columns]\nsku = \"SkuId\"\ncategory = \"ChargeCategory\"\n"
      "class = \"ChargeClass\"\nbilling_period = \"BillingPeriodStart\"\n"
      "charge_start = \"ChargePeriodStart\"\n"
      "charge_end = \"ChargePeriodEnd\"\n[cost]\neffective = \"EffectiveCost\"\n"
      "billed = \"BilledCost\"\n[defaults]\nbilling_account = \"ba-1\"\ncurrency = \"USD\"\n";
  for (const Row& row : rows) {
    CAPTURE(row.file);
    const Scratch scratch;
    make_book(scratch);
    scratch.write("spec.toml", map);
    const std::string original =
        (folder / "correction_closed_scenario_1_partial_reallocation_original.csv").string();
    if (row.after_original) {
      run_well(scratch, "import usage " + original + " --map spec.toml");
    }
    run_well(scratch, "close 2025-05 --through --accept all --reason test");
    const std::string before = scratch.run("report period 2025-05 -f csv").out;
    run_well(scratch, "import usage " + (folder / row.file).string() + " --map spec.toml");
    CHECK(scratch.run("report period 2025-05 -f csv").out == before);
    const std::string june = scratch.run("report period 2025-06 -f csv").out;
    if (*row.late == '\0') {
      // The cost moves between resources, which are no part of the key: nothing moves here.
      CHECK(std::count(june.begin(), june.end(), '\n') == 1);  // the header
    } else if (std::string{row.late} != "0.00") {
      CHECK(june.find(row.late) != std::string::npos);
    }
  }
}

TEST_CASE("redelivery: a month delivered thirty times ends as the last file alone") {
  const Scratch nightly;
  const Scratch once;
  make_book(nightly);
  make_book(once);
  // Night n brings the usage of its day, rewrites that of day 3 and 7, and drops what was twice
  // on day 5 from night 12 on.
  std::string last;
  std::string before;
  for (int night = 1; night <= 30; ++night) {
    std::string rows;
    for (int day = 1; day <= std::min(night, 28); ++day) {
      const std::string start = (day < 10 ? "04-0" : "04-") + std::to_string(day) + "T10";
      const int cents = (day == 3 || day == 7) && night > 15 ? 4100 + night : 3000 + day;
      const std::string cost = std::to_string(cents / 100) + "." + std::to_string(cents % 100 + 100).substr(1);
      rows += row("Usage", "", "04", start, cost, "h100");
      if (day == 5 && night < 12) rows += row("Usage", "", "04", start, "1.11", "extra");
      if (day == 9) rows += row("Usage", "", "04", "04-02T23", "0.07", "late");
    }
    last = file_of(rows);
    nightly.write("usage.csv", last);
    const std::string records = nightly.run("audit verify -q -f json").out;
    run_well(nightly, "import usage usage.csv --mode replace");
    if (rows == before) CHECK(nightly.run("audit verify -q -f json").out == records);
    before = rows;
  }
  once.write("usage.csv", last);
  run_well(once, "import usage usage.csv --mode replace");
  for (const char* report : {"report trial-balance 2024-04", "report period 2024-04",
                             "report rollforward 2024-04", "drawdown list"}) {
    CAPTURE(report);
    const std::string wanted = once.run(std::string{report} + " -f csv").out;
    CHECK(wanted.size() > 100);
    CHECK(nightly.run(std::string{report} + " -f csv").out == wanted);
  }

  // The same file again changes nothing, and says so.
  const Run again = nightly.run("import usage usage.csv --mode replace");
  CHECK(again.status == 0);
  CHECK(again.err.find("nothing changed") != std::string::npos);
  CHECK(nightly.run("import usage usage.csv --mode replace -f json").out.find("\"records\": 0") !=
        std::string::npos);

  // Closed, the same file in reverse order of rows still equals what stands.
  run_well(nightly, "close 2024-04");
  std::vector<std::string> lines;
  std::istringstream text{last};
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  std::string reversed = lines.front() + "\n";
  for (std::size_t i = lines.size(); i-- > 1;) reversed += lines[i] + "\n";
  nightly.write("reversed.csv", reversed);
  const Run turned = nightly.run("import usage reversed.csv --mode replace");
  CHECK(turned.err.find("nothing changed") != std::string::npos);
}

TEST_CASE("redelivery: entries show only the differences, and the summary what changed") {
  const Scratch scratch;
  make_book(scratch);
  const std::string first = row("Usage", "", "04", "04-02T12", "40", "a") +
                            row("Usage", "", "04", "04-02T12", "30", "b") +
                            row("Usage", "", "04", "04-03T12", "20", "c");
  scratch.write("usage.csv", file_of(first));
  run_well(scratch, "import usage usage.csv --source cloud");
  scratch.write("usage.csv", file_of(row("Usage", "", "04", "04-02T12", "40", "a") +
                                     row("Usage", "", "04", "04-02T12", "25", "b")));
  const Run replaced = scratch.run("import usage usage.csv --source cloud --mode replace -f json");
  REQUIRE(replaced.status == 0);
  // b from 30 to 25, c gone: 25 less of a face of 1,000 whose price is 900, a tenth expected
  // unused: 25.00 less revenue.
  CHECK(replaced.out.find(R"("before": "30.00",
      "after": "25.00",
      "change": "-5.00")") != std::string::npos);
  CHECK(replaced.out.find(R"("before": "20.00",
      "after": "0.00",
      "change": "-20.00")") != std::string::npos);
  CHECK(replaced.out.find("\"sku\": \"a\"") == std::string::npos);
  const std::string journal = scratch.run("report journal 2024-04 -f csv").out;
  CHECK(journal.find("22.50") != std::string::npos);
  CHECK(journal.find("2.50") != std::string::npos);
  CHECK(scratch.run("import show 4").out.find("replaced") != std::string::npos);

  // Another source is not touched, and a bill that is named goes to zero.
  run_well(scratch, "import usage usage.csv --source other --mode replace");
  scratch.write("empty.csv", file_of(""));
  CHECK(scratch.run("import usage empty.csv --source cloud --mode replace").status == 3);
  run_well(scratch, "import usage empty.csv --source cloud --mode replace --billing-period 2024-04");
  // What the other source brought stands: 65.
  CHECK(scratch.run("drawdown list -f json").out.find("\"drawn_USD\": \"65.00\"") !=
        std::string::npos);
  CHECK(scratch.run("audit verify").status == 0);
}

TEST_CASE("redelivery: rows set aside are forgotten when the bill is delivered again whole") {
  const Scratch scratch;
  make_book(scratch);
  const std::string good = row("Usage", "", "04", "04-02T12", "40", "a");
  scratch.write("bad.csv", file_of(good + row("Usage", "", "04", "04-03T12", "four", "a")));
  run_well(scratch, "import usage bad.csv --mode replace --on-error quarantine");
  CHECK(scratch.run("exceptions 2024-04").out.find("quarantined_rows") != std::string::npos);
  // Another bill, and another source, replace nothing of it.
  scratch.write("may.csv", file_of(row("Usage", "", "05", "05-03T12", "4", "a")));
  run_well(scratch, "import usage may.csv --mode replace");
  scratch.write("other.csv", file_of(row("Usage", "", "04", "04-03T12", "4", "a")));
  run_well(scratch, "import usage other.csv --mode replace --source other");
  CHECK(scratch.run("exceptions 2024-04").out.find("quarantined_rows") != std::string::npos);

  scratch.write("mended.csv", file_of(good + row("Usage", "", "04", "04-03T12", "4", "a")));
  run_well(scratch, "import usage mended.csv --mode replace");
  CHECK(scratch.run("exceptions 2024-04").out.find("quarantined_rows") == std::string::npos);
  run_well(scratch, "close 2024-04");
}

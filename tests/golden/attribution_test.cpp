// Growth with and without investees, from books, against tables worked by hand.

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/golden/reports.h"

using accrue_test::must_run;
using accrue_test::report;
using accrue_test::Scratch;

namespace {

struct Quarter {
  std::string period;
  std::string growth;
  std::string points;
  std::string without;
  std::string share;  ///< empty: no meaning, the signs differ or growth is too small
};

std::string text(const nlohmann::json& value) {
  return value.is_null() ? "" : value.get<std::string>();
}

void check_quarter(const nlohmann::json& report, const Quarter& expected) {
  CAPTURE(expected.period);
  const nlohmann::json& totals = report.at("totals");
  CHECK(text(totals.at("growth_pct")) == expected.growth);
  CHECK(text(totals.at("investees_contribution_pp")) == expected.points);
  CHECK(text(totals.at("growth_without_investees_pct")) == expected.without);
  CHECK(text(totals.at("investees_share_of_growth_pct")) == expected.share);
}

std::string basis_of(const std::string& period) {
  return period == "FY2027-Q1" ? "segment of FY2027" : "as reported";
}

void check_scenario(const Scratch& scratch, const std::string& book,
                    const std::vector<Quarter>& quarters) {
  CAPTURE(book);
  for (const Quarter& quarter : quarters) {
    check_quarter(report(scratch, "-b " + book + ".accrue report growth " + quarter.period +
                                      " --basis '" + basis_of(quarter.period) + "'"),
                  quarter);
  }
}

}  // namespace

// By hand from the quarters' revenue: growth R_t / R_t-4 - 1; points (C_t - C_t-4) / R_t-4; without
// (R_t - C_t) / (R_t-4 - C_t-4) - 1; share (C_t - C_t-4) / (R_t - R_t-4).
TEST_CASE("attribution: five curves of use against published quarterly revenue") {
  const Scratch scratch;
  accrue_test::tell_story(scratch, "alibaba-growth");
  check_scenario(scratch, "s1-linear",
                 {{"FY2025-Q1", "5.92", "1.08", "4.84", "18.19"},
                  {"FY2025-Q2", "7.10", "0.98", "6.12", "13.76"},
                  {"FY2025-Q3", "13.10", "0.96", "12.14", "7.34"},
                  {"FY2025-Q4", "17.71", "1.05", "16.65", "5.96"},
                  {"FY2026-Q1", "25.80", "0.00", "26.06", "0.00"},
                  {"FY2026-Q2", "34.50", "0.00", "34.81", "0.00"},
                  {"FY2026-Q3", "36.36", "0.00", "36.67", "0.00"},
                  {"FY2026-Q4", "38.17", "0.00", "38.51", "0.00"},
                  {"FY2027-Q1", "45.03", "-0.81", "46.21", ""}});
  // 43.2, 108, 194.4, 280.8, 367.2, 410.4, 410.4 and 345.6m.
  check_scenario(scratch, "s2-s-curve",
                 {{"FY2025-Q1", "5.92", "0.17", "5.75", "2.91"},
                  {"FY2025-Q2", "7.10", "0.39", "6.71", "5.50"},
                  {"FY2025-Q3", "13.10", "0.69", "12.41", "5.29"},
                  {"FY2025-Q4", "17.71", "1.10", "16.61", "6.20"},
                  {"FY2026-Q1", "25.80", "1.22", "24.62", "4.73"},
                  {"FY2026-Q2", "34.50", "1.02", "33.60", "2.96"},
                  {"FY2026-Q3", "36.36", "0.68", "35.90", "1.87"},
                  {"FY2026-Q4", "38.17", "0.22", "38.31", "0.56"},
                  {"FY2027-Q1", "45.03", "-1.10", "46.64", ""}});
  check_scenario(scratch, "s3-burst",
                 {{"FY2025-Q1", "5.92", "0.86", "5.06", "14.56"},
                  {"FY2025-Q2", "7.10", "2.34", "4.75", "33.03"},
                  {"FY2025-Q3", "13.10", "2.69", "10.40", "20.57"},
                  {"FY2025-Q4", "17.71", "2.11", "15.60", "11.92"},
                  {"FY2026-Q1", "25.80", "-0.81", "26.83", ""},
                  {"FY2026-Q2", "34.50", "-2.19", "37.50", ""},
                  {"FY2026-Q3", "36.36", "-2.38", "39.69", ""},
                  {"FY2026-Q4", "38.17", "-1.79", "40.69", ""},
                  {"FY2027-Q1", "45.03", "0.00", "45.03", "0.00"}});
  check_scenario(scratch, "s4-upper-bound",
                 {{"FY2025-Q1", "5.92", "1.40", "4.52", "23.65"},
                  {"FY2025-Q2", "7.10", "1.27", "5.83", "17.89"},
                  {"FY2025-Q3", "13.10", "1.25", "11.85", "9.55"},
                  {"FY2025-Q4", "17.71", "1.37", "16.34", "7.74"},
                  {"FY2026-Q1", "25.80", "0.00", "26.14", "0.00"},
                  {"FY2027-Q1", "45.03", "-1.05", "46.57", ""}});
  check_scenario(scratch, "s5-four-investees",
                 {{"FY2025-Q1", "5.92", "2.51", "3.41", "42.45"},
                  {"FY2025-Q2", "7.10", "2.28", "4.82", "32.11"},
                  {"FY2025-Q3", "13.10", "2.24", "10.85", "17.14"},
                  {"FY2025-Q4", "17.71", "2.46", "15.25", "13.90"},
                  {"FY2026-Q1", "25.80", "0.00", "26.42", "0.00"},
                  {"FY2026-Q2", "34.50", "0.00", "35.24", "0.00"},
                  {"FY2026-Q3", "36.36", "0.00", "37.10", "0.00"},
                  {"FY2026-Q4", "38.17", "0.00", "38.98", "0.00"},
                  {"FY2027-Q1", "45.03", "-1.89", "47.82", ""}});
  // 23,988.21m against 21,611m: only below 10% without them where 216.11m or more is theirs.
  const auto external = [&](const std::string& book) {
    return report(scratch, "-b " + book +
                               ".accrue report growth FY2025-Q3 --basis 'external (estimate)'");
  };
  check_quarter(external("s1-linear"), {"", "11.00", "1.25", "9.75", "11.36"});
  check_quarter(external("s3-burst"), {"", "11.00", "3.50", "7.50", "31.80"});
  check_quarter(external("s5-four-investees"), {"", "11.00", "2.92", "8.08", "26.50"});
  CHECK(external("s1-linear")["totals"]["double_digit"] == "with yes, without no");
  CHECK(external("s1-linear")["totals"]["growth_with_investees_flat_pct"] == "9.75");
  // Two of four: 315m. 23,673.21 / 21,611 - 1 = 9.54%; 315 / 21,611 = 1.46 points.
  const nlohmann::json two =
      report(scratch, "-b s5-four-investees.accrue report growth FY2025-Q3 --basis 'external "
                      "(estimate)' --exclude 'Investee A' --exclude 'Investee B'")["totals"];
  CHECK(two["growth_without_excluded_pct"] == "9.54");
  CHECK(two["excluded_contribution_pp"] == "1.46");
  CHECK(two["excluded_current"] == "315000000.00");
  CHECK(two["growth_without_investees_pct"] == "8.08");
}

namespace {

const std::string header =
    "BillingAccountId,BillingCurrency,BillingPeriodStart,BillingPeriodEnd,ChargePeriodStart,"
    "ChargePeriodEnd,ChargeCategory,ServiceName,BilledCost,EffectiveCost\n";

std::string usage_of(const std::string& investee, int month, const std::string& service,
                     const std::string& millions) {
  const auto day = [](int number, const std::string& rest) {
    return "2025-" + std::string(number < 10 ? "0" : "") + std::to_string(number) + rest;
  };
  return investee + ",USD," + day(month, "-01T00:00:00Z,") + day(month + 1, "-01T00:00:00Z,") +
         day(month, "-10T00:00:00Z,") + day(month, "-11T00:00:00Z,") + "Usage," + service + "," +
         millions + "0000," + millions + "0000\n";
}

std::string terms_of(const std::string& investee) {
  return "schema = \"accrue.terms/1\"\n[investment]\nid = \"" + investee + "\"\ninvestee = \"" +
         investee + "\"\nsigned = 2025-01-01\ncash = \"100_000_000 USD\"\n" +
         "fair_value_of_stake = \"400_000_000 USD\"\n[matching]\nbilling_accounts = [\"" +
         investee + "\"]\n[[tranche]]\nid = \"" + investee +
         "-T1\"\nface = \"300_000_000 USD\"\nissued = 2025-01-01\nservices = [\"Training\"]\n";
}

/// S is 30 of 1,000, 45 of 1,080, 80 of 1,180 and 135 of 1,300; 290 in the year, of 4,560. Of an
/// entity that has 6,000 that is 4.83%, of one that has 2,900 exactly 10%.
void check_concentration(const Scratch& scratch) {
  const auto of_s = [&](const std::string& words) -> nlohmann::json {
    const nlohmann::json found =
        report(scratch, "report concentration " + words + " --segment cloud");
    for (const nlohmann::json& row : found.at("rows")) {
      if (row.at("investee") == "S") return row;
    }
    return {};
  };
  const std::vector<std::vector<std::string>> quarters{{"2025-Q1", "3.00", "no"},
                                                       {"2025-Q2", "4.17", "no"},
                                                       {"2025-Q3", "6.78", "no"},
                                                       {"2025-Q4", "10.38", "yes"}};
  for (const std::vector<std::string>& quarter : quarters) {
    CAPTURE(quarter[0]);
    const nlohmann::json row = of_s(quarter[0]);
    CHECK(row.at("pct_of_segment") == quarter[1]);
    CHECK(row.at("at_least_10_pct_of_segment") == quarter[2]);
    CHECK(row.at("at_least_10_pct_of_entity").is_null());
  }
  std::string entities = "segment,basis,period,currency,revenue,source\n";
  for (const std::string quarter : {"2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"}) {
    entities += "wide,b," + quarter + ",USD,1500000000,given\n";
    entities += "narrow,b," + quarter + ",USD,725000000,given\n";
  }
  scratch.write("entities.csv", entities);
  must_run(scratch, "import segment entities.csv --now 2026-01-05T00:00:00Z");
  const nlohmann::json wide = of_s("2025 --entity wide");
  CHECK(wide.at("revenue") == "290000000.00");
  CHECK(wide.at("pct_of_segment") == "6.36");
  CHECK(wide.at("pct_of_entity") == "4.83");
  CHECK(wide.at("at_least_10_pct_of_entity") == "no");
  const nlohmann::json narrow = of_s("2025 --entity narrow");
  CHECK(narrow.at("pct_of_entity") == "10.00");
  CHECK(narrow.at("at_least_10_pct_of_entity") == "yes");
}

}  // namespace

// Millions by quarter: P 12, 20, 31, 40; Q 5, 8, 8, 4; R 0, 6, 12, 18; S 30, 45, 80, 135, of which 60%
// in cash; a year before S alone, 10, 12, 15, 20; the segment 1,000, 1,080, 1,180, 1,300 after 900,
// 940, 980, 1,000. Second quarter: 79 - 12 = 67 of 140; 67 / 940 = 7.13; 1,001 / 928 - 1 = 7.87%.
TEST_CASE("attribution: a portfolio of four, one of which pays most in cash") {
  const Scratch scratch;
  must_run(scratch, "init --start 2024-01 --now 2025-01-01T00:00:00Z");
  for (const std::string investee : {"P", "Q", "R", "S"}) {
    scratch.write(investee + ".toml", terms_of(investee));
    must_run(scratch, "investment add " + investee + ".toml --now 2025-01-01T00:00:00Z");
  }
  // In hundredths of a million, to keep them whole.
  const std::vector<std::vector<std::string>> training{
      {"1200", "2000", "3100", "4000"}, {"500", "800", "800", "400"},
      {"0", "600", "1200", "1800"}, {"1200", "1800", "3200", "5400"}};
  const std::vector<std::string> cash_of_s{"1800", "2700", "4800", "8100"};
  std::string rows = header;
  for (int quarter = 0; quarter < 4; ++quarter) {
    const auto q = static_cast<std::size_t>(quarter);
    const int month = 2 + 3 * quarter;
    const std::string names = "PQRS";
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (training[i][q] == "0") continue;
      rows += usage_of(names.substr(i, 1), month, "Training", training[i][q]);
    }
    rows += usage_of("S", month, "Inference", cash_of_s[q]);
  }
  scratch.write("usage.csv", rows);
  must_run(scratch, "import usage usage.csv --now 2026-01-05T00:00:00Z");
  std::string segment = "segment,basis,period,currency,revenue,source\n";
  std::string base = "investee,segment,period,currency,revenue,source\n";
  const std::vector<std::string> now{"1000", "1080", "1180", "1300"};
  const std::vector<std::string> before{"900", "940", "980", "1000"};
  const std::vector<std::string> before_of_s{"10", "12", "15", "20"};
  for (std::size_t q = 0; q < 4; ++q) {
    const std::string number = std::to_string(q + 1);
    segment += "cloud,b,2024-Q" + number + ",USD," + before[q] + "000000,given\n";
    segment += "cloud,b,2025-Q" + number + ",USD," + now[q] + "000000,given\n";
    base += "S,cloud,2024-Q" + number + ",USD," + before_of_s[q] + "000000,given\n";
  }
  scratch.write("segment.csv", segment);
  scratch.write("base.csv", base);
  must_run(scratch, "import segment segment.csv --now 2026-01-05T00:00:00Z");
  must_run(scratch, "import base base.csv --now 2026-01-05T00:00:00Z");
  const std::vector<Quarter> expected{{"2025-Q1", "11.11", "4.11", "7.08", "37.00"},
                                      {"2025-Q2", "14.89", "7.13", "7.87", "47.86"},
                                      {"2025-Q3", "20.41", "11.84", "8.70", "58.00"},
                                      {"2025-Q4", "30.00", "17.70", "12.55", "59.00"}};
  for (const Quarter& quarter : expected) {
    check_quarter(report(scratch, "report growth " + quarter.period), quarter);
  }
  // The fourth quarter: 54 of S in credits, 81 in cash, 62 of the others; the credits of all, 116,
  // less a year on are 116 / 1,300 = 8.92 points. Without S: 1,165 / 980 - 1 = 18.88%.
  const nlohmann::json fourth = report(scratch, "report growth 2025-Q4 --exclude S");
  CHECK(accrue_test::total(fourth, "current", {{"investee", "S"}, {"funding", "credits"}}) ==
        "54000000.00");
  CHECK(accrue_test::total(fourth, "current", {{"investee", "S"}, {"funding", "cash"}}) ==
        "81000000.00");
  CHECK(fourth["totals"]["cliff_contribution_pp"] == "-8.92");
  CHECK(fourth["totals"]["growth_without_excluded_pct"] == "18.88");
  CHECK(fourth["totals"]["double_digit"] == "with yes, without yes");
  const accrue_test::Run unknown = scratch.run("report growth 2025-Q4 --exclude T");
  CHECK(unknown.status == 3);
  CHECK(unknown.err.find("no investee 'T'") != std::string::npos);
  check_concentration(scratch);
}

// One investee with credits in two currencies has one cliff: 10 of 100 USD and 20 of 100 EUR, at a fixed
// 1.5, are 40 of revenue 200, 20 points. Of 90 USD 10 a month, of 80 EUR 20: the later end counts.
TEST_CASE("attribution: the credits of one investee in two currencies end together") {
  const Scratch scratch;
  must_run(scratch, "init --start 2024-01 --now 2025-01-01T00:00:00Z");
  for (const std::string currency : {"USD", "EUR"}) {
    const std::string rate = currency == "EUR" ? "fixed_rate = \"1.5\"\n" : "";
    const std::string account = currency == "EUR" ? "eu" : "us";
    scratch.write(account + ".toml",
                  "schema = \"accrue.terms/1\"\n[investment]\nid = \"" + account +
                      "\"\ninvestee = \"Lab\"\nsigned = 2025-01-01\ncash = \"10 " + currency +
                      "\"\nfair_value_of_stake = \"110 " + currency + "\"\n" + rate +
                      "[matching]\nbilling_accounts = [\"" + account + "\"]\n[[tranche]]\nid = \"" +
                      account + "-T1\"\nface = \"100 " + currency + "\"\nissued = 2025-01-01\n");
    must_run(scratch, "investment add " + account + ".toml --now 2025-02-01T00:00:00Z");
    scratch.write(account + ".csv",
                  header + account + "," + currency +
                      ",2025-01-01T00:00:00Z,2025-02-01T00:00:00Z,2025-01-10T00:00:00Z,"
                      "2025-01-11T00:00:00Z,Usage,GPU," +
                      (currency == "EUR" ? "20,20\n" : "10,10\n"));
    must_run(scratch, "import usage " + account + ".csv --source " + account +
                          " --now 2025-02-01T00:00:00Z");
  }
  scratch.write("segment.csv",
                "segment,basis,period,currency,revenue,source\n"
                "cloud,b,2024-01,USD,100,x\ncloud,b,2025-01,USD,200,x\n");
  must_run(scratch, "import segment segment.csv --now 2025-02-01T00:00:00Z");
  const nlohmann::json growth = report(scratch, "report growth 2025-01");
  CHECK(growth["totals"]["cliff_contribution_pp"] == "-20.00");
  REQUIRE(growth["notes"].size() == 1);
  CHECK(growth["notes"][0] == "cliff: the credits of Lab end in 2025-10 at the present rate; in a "
                              "like period a year after they contribute -20.00 points");
}

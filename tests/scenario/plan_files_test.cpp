#include "accounting/scenario/file/plan_files.h"

#include <string>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "tests/scenario/scenario_text.h"

using namespace accrue;
using accrue_test::hint_of;
using accrue_test::read_text;
using accrue_test::refused;
using accrue_test::with_head;

namespace {

/// A drawdown by plan.csv: its curve on the third of its lines.
std::string drawdown(const std::string& investee, const std::string& more = "") {
  return "[[drawdown]]\ninvestee = \"" + investee +
         "\"\ncurve = { shape = \"plan\", file = \"plan.csv\" }\nafter_exhaustion = \"stop\"\n" +
         more;
}

std::string refused_plan(const std::string& rest, const std::string& csv) {
  return refused(with_head(rest), {{"plan.csv", csv}});
}

/// "2025-01 10, 2025-02 12" and the currency of each drawdown.
std::vector<std::string> plans_of(const std::string& rest, const std::string& csv) {
  const auto scenario = read_text(with_head(rest), {{"plan.csv", csv}});
  REQUIRE_MESSAGE(scenario.ok(), refused_plan(rest, csv));
  std::vector<std::string> plans;
  for (const Drawdown& drawdown : scenario->drawdowns) {
    const auto& plan = std::get<PlanCurve>(drawdown.curve);
    CHECK(plan.file == "plan.csv");
    std::string text = drawdown.currency + ":";
    for (const auto& [month, amount] : plan.rows) {
      text += " " + month.to_string() + " " + amount.to_string();
    }
    plans.push_back(text);
  }
  return plans;
}

using Texts = std::vector<std::string>;

const std::string at_file = "|\"plan.csv\"|";

}  // namespace

TEST_CASE("scenario: each drawdown takes its investee's rows of a plan, in the order of months") {
  CHECK(plans_of(drawdown("Lunar") + drawdown("Nova"),
                 "month,investee,amount\n2025-02,Lunar,12\n2025-01,Nova,7.5\n2025-01,Lunar,10\n") ==
        Texts{": 2025-01 10 2025-02 12", ": 2025-01 7.5"});
}

TEST_CASE("scenario: a plan may be saved by any spreadsheet") {
  CHECK(plans_of(drawdown("Lunar, \\\"t\\\""),
                 "\xEF\xBB\xBFinvestee,amount,month\r\n\"Lunar, \"\"t\"\"\",10.00,2025-01\r\n") ==
        Texts{": 2025-01 10"});
}

TEST_CASE("scenario: the column currency settles that of the drawdown, or tells drawdowns apart") {
  const std::string csv =
      "month,investee,amount,currency\n2025-01,Lunar,10.50,USD\n2025-01,Lunar,80,CNY\n";
  CHECK(plans_of(drawdown("Lunar", "currency = \"CNY\"\n") +
                     drawdown("Lunar", "name = \"b\"\ncurrency = \"USD\"\n"),
                 csv) == Texts{"CNY: 2025-01 80", "USD: 2025-01 10.5"});
  CHECK(plans_of(drawdown("Lunar"), "month,investee,amount,currency\n2025-01,Lunar,10,USD\n") ==
        Texts{"USD: 2025-01 10"});
  CHECK(refused_plan(drawdown("Lunar"), csv).starts_with("bad_value 7:34 " + at_file));
}

TEST_CASE("scenario: what is wrong with a plan is shown in its line") {
  struct Row {
    const char* why;
    std::string csv;
    std::string want;
  };
  const std::string head = "month,investee,amount\n";
  const Row rows[] = {
      {"nothing", "", "empty_file plan.csv:0:0 ||"},
      {"a column is missing", "month,investee\n", "missing_column plan.csv:1:1 |m|"},
      {"a column too many", "month,investee,amount,unit\n", "unknown_key plan.csv:1:23 |unit|"},
      {"a month twice", head + "2025-01,Lunar,1\n2025-02,Lunar,1\n2025-01,Lunar,2\n",
       "duplicate_id plan.csv:4:1 |2025-01|"},
      {"no month", head + "2025-1,Lunar,1\n", "bad_value plan.csv:2:1 |2025-1|"},
      {"a quarter", head + "2025-Q1,Lunar,1\n", "bad_value plan.csv:2:1 |2025-Q1|"},
      {"no investee", head + "2025-01,,1\n", "null_not_allowed plan.csv:2:9 |,|"},
      {"below zero", head + "2025-01,Lunar,-1\n", "bad_value plan.csv:2:15 |-1|"},
      {"a comma for thousands", head + "2025-01,Lunar,1,000\n", "ragged_row plan.csv:2:1 |2|"},
      {"no number", head + "2025-01,Lunar,1.000.000\n", "bad_decimal plan.csv:2:15 |1.000.000|"},
      {"two rows wrong", head + "x,Lunar,1\n2025-01,Lunar,y\n",
       "bad_value plan.csv:2:1 |x|; bad_decimal plan.csv:3:15 |y|"},
      {"another's rows", head + "2025-01,Lunar,1\n2025-01,Luna,1\n2025-02,Luna,1\n",
       "bad_value plan.csv:3:1 |2025-01,Luna,1|"},
      {"a currency in some rows",
       "month,investee,amount,currency\n2025-01,Lunar,1,USD\n2025-02,Lunar,1,\n",
       "null_not_allowed plan.csv:3:17 ||"},
      {"no currency of this world", "month,investee,amount,currency\n2025-01,Lunar,1,XXX\n",
       "bad_currency plan.csv:2:17 |XXX|"},
      {"parts of a cent", "month,investee,amount,currency\n2025-01,Lunar,1.005,USD\n",
       "too_precise plan.csv:2:15 |1.005|"},
      {"a quote that never ends", head + "2025-01,\"Lunar,1\n", "bad_quoting plan.csv:2:9 |\"|"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(refused_plan(drawdown("Lunar"), row.csv) == row.want);
  }
}

TEST_CASE("scenario: rows of a plan fit the drawdown that takes them") {
  const std::string csv = "month,investee,amount\n2025-01,Lunar,1.005\n";
  CHECK(refused_plan(drawdown("Lunar", "currency = \"USD\"\n"), csv) ==
        "too_precise plan.csv:2:1 |2025-01,Lunar,1.005|");
  const std::string units = "unit = \"h\"\n[[price]]\nsku = \"*\"\nunit_price = \"1 USD\"\n";
  CHECK(plans_of(drawdown("Lunar", units), csv) == Texts{": 2025-01 1.005"});
  CHECK(refused_plan(drawdown("Lunar", units),
                     "month,investee,amount,currency\n2025-01,Lunar,1,USD\n") ==
        "bad_value plan.csv:2:1 |2025-01,Lunar,1,USD|");
}

TEST_CASE("scenario: a plan is there, has rows of the investee, and they are taken once") {
  const std::string csv = "month,investee,amount\n2025-01,Lunar,1\n";
  CHECK(refused(with_head(drawdown("Lunar"))) == "file_unreadable 7:34 " + at_file);
  CHECK(refused_plan(drawdown("Lunar") + drawdown("Lunaa"), csv) == "bad_value 11:34 " + at_file);
  CHECK(hint_of(with_head(drawdown("Lunar") + drawdown("Lunaa")), {{"plan.csv", csv}}) ==
        "did you mean 'Lunar'?");
  CHECK(refused_plan(drawdown("Lunar") + drawdown("Lunar", "name = \"b\"\n"), csv) ==
        "duplicate_id 11:34 " + at_file);
  CHECK(refused_plan(
            "[[drawdown]]\ngrant = \"T1\"\n"
            "curve = { shape = \"plan\", file = \"plan.csv\" }\nafter_exhaustion = \"stop\"\n",
            csv) == "missing_key 7:34 " + at_file);
  CHECK(refused(with_head("[[drawdown]]\ninvestee = \"Lunar\"\ncurve = { shape = \"plan\" }\n"
                          "after_exhaustion = \"stop\"\n")) ==
        "missing_key 7:9 |{ shape = \"plan\" }|");
}

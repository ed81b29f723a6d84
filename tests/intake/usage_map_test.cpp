#include "ledger/intake/usage_map.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace accrue;

namespace {

/// The least a map says.
const std::string least = R"(schema = "accrue.map/1"
[columns]
category = "Type"
charge_start = "Start"
charge_end = "End"
[cost]
effective = "Cost"
)";

std::string replaced(const std::string& from, const std::string& to) {
  std::string text = least;
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

/// "code line:column" of each error, with a comma between them.
std::string errors_of(const std::string& text) {
  const auto map = read_usage_map(text, "a.toml");
  std::string errors;
  if (map.ok()) return errors;
  for (const Error& error : map.refusal().errors) {
    errors += (errors.empty() ? "" : ", ") + std::string{name_of(error.code)} + ' ' +
              std::to_string(error.place.line) + ':' + std::to_string(error.place.column);
    CHECK(error.place.file == "a.toml");
    CHECK_FALSE(error.message.empty());
    CHECK_FALSE(error.hint.empty());
  }
  return errors;
}

}  // namespace

TEST_CASE("usage map: what is left out is FOCUS's words, UTC, a decimal point and four nulls") {
  const UsageMap map = read_usage_map(least, "a.toml").value();
  CHECK(map.name == "a.toml");
  CHECK(map.charge_start == "Start");
  CHECK(map.charge_end == "End");
  CHECK_FALSE(map.charge_length);
  CHECK_FALSE(map.billing_period);
  CHECK_FALSE(map.billing_account.column);
  CHECK_FALSE(map.billing_account.otherwise);
  CHECK(map.zone.name() == "UTC");
  CHECK(map.date_form == DateForm::iso);
  CHECK(map.billing_period_form == DateForm::iso);
  CHECK(map.decimal_mark == '.');
  CHECK_FALSE(map.negates);
  CHECK(map.nulls == std::vector<std::string>{"NULL", "null", "(null)"});
  REQUIRE(map.categories.size() == 5);
  CHECK(map.categories[4].text == "Adjustment");
  CHECK(map.categories[4].category == ChargeCategory::adjustment);
  REQUIRE(map.classes.size() == 1);
  CHECK(map.classes[0].text == "Correction");
  CHECK(map.classes[0].charge_class == ChargeClass::correction);
  CHECK_FALSE(map.costs[0]);
  CHECK(map.costs[1]->added == std::vector<std::string>{"Cost"});
  CHECK_FALSE(map.costs[2]);
  CHECK_FALSE(map.costs[3]);
}

TEST_CASE("usage map: every key is read") {
  const UsageMap map = read_usage_map(R"(schema = "accrue.map/1"
[columns]
billing_account = "A"
sub_account = "B"
currency = "C"
service = "D"
sku = "E"
region = "F"
category = "G"
class = "H"
billing_period = "I"
charge_start = "J"
[defaults]
billing_account = "a"
sub_account = "b"
currency = "CNY"
service = "d"
sku = "e"
region = "f"
category = "Tax"
[cost]
billed = "K"
effective = ["L", "M"]
list = { add = ["N"], subtract = ["O", "P"] }
contracted = []
sign = "negated"
[cost.when.used]
billed = { subtract = ["Q"] }
[category]
Usage = ["used", "run"]
Credit = ["given"]
other = "Adjustment"
[class]
Regular = ["no"]
Correction = ["yes"]
[cells]
nulls = ["-"]
decimal_mark = ","
[dates]
format = "D.M.Y"
billing_period_format = "YYYYMM"
time_zone = "Europe/Berlin"
charge_length = "day"
)",
                                      "a.toml")
                           .value();
  const auto is = [](const UsageMap::Field& field, const char* column, const char* otherwise) {
    return field.column == column && field.otherwise == otherwise;
  };
  CHECK(is(map.billing_account, "A", "a"));
  CHECK(is(map.sub_account, "B", "b"));
  CHECK(is(map.currency, "C", "CNY"));
  CHECK(is(map.service, "D", "d"));
  CHECK(is(map.sku, "E", "e"));
  CHECK(is(map.region, "F", "f"));
  CHECK(map.category_column == "G");
  CHECK(map.null_category == ChargeCategory::tax);
  CHECK(map.other_category == ChargeCategory::adjustment);
  CHECK(map.class_column == "H");
  CHECK(map.billing_period == "I");
  CHECK(map.charge_start == "J");
  CHECK(map.charge_length == ChargeLength::day);
  CHECK(map.date_form == DateForm::dotted);
  CHECK(map.billing_period_form == DateForm::month_digits);
  CHECK(map.zone.name() == "Europe/Berlin");
  CHECK(map.decimal_mark == ',');
  CHECK(map.negates);
  CHECK(map.nulls == std::vector<std::string>{"-"});

  const std::vector<std::string> none;
  CHECK(map.costs[0]->added == std::vector<std::string>{"K"});
  CHECK(map.costs[1]->added == std::vector<std::string>{"L", "M"});
  CHECK(map.costs[2]->added == std::vector<std::string>{"N"});
  CHECK(map.costs[2]->subtracted == std::vector<std::string>{"O", "P"});
  REQUIRE(map.costs[3]);
  CHECK(map.costs[3]->added == none);

  REQUIRE(map.categories.size() == 3);
  CHECK(map.categories[0].text == "used");
  REQUIRE(map.categories[0].costs);
  const UsageMap::Costs& used = *map.categories[0].costs;
  CHECK(used[0]->added == none);
  CHECK(used[0]->subtracted == std::vector<std::string>{"Q"});
  // What the exception does not say is as for the rest.
  CHECK(used[1]->added == std::vector<std::string>{"L", "M"});
  CHECK_FALSE(map.categories[1].costs);
  CHECK(map.categories[2].category == ChargeCategory::credit);
  REQUIRE(map.classes.size() == 2);
  CHECK(map.classes[0].charge_class == ChargeClass::regular);
  CHECK(map.classes[1].text == "yes");
}

TEST_CASE("usage map: a default may stand where no column does") {
  const UsageMap map =
      read_usage_map(replaced("category = \"Type\"", "") + "[defaults]\ncategory = \"Usage\"\n",
                     "a.toml")
          .value();
  CHECK_FALSE(map.category_column);
  CHECK(map.null_category == ChargeCategory::usage);
}

TEST_CASE("usage map: what is wrong with a map is said with its place") {
  struct Row {
    std::string why;
    std::string text;
    std::string errors;
  };
  const Row rows[] = {
      {"nothing wrong", least, ""},
      {"syntax", replaced("\"Cost\"", "Cost"), "bad_toml 7:13"},
      {"no schema", replaced("schema = \"accrue.map/1\"", ""), "bad_schema 1:1"},
      {"another schema", replaced("map/1", "terms/1"), "bad_schema 1:10"},
      {"an unknown table", least + "[date]\n", "unknown_key 8:2"},
      {"an unknown column", replaced("charge_end", "charge_stop"),
       "missing_key 2:1, unknown_key 5:1"},
      {"an unknown default", least + "[defaults]\nclass = \"x\"\n", "unknown_key 9:1"},
      {"an unknown cost", least + "amortised = \"x\"\n", "unknown_key 8:1"},
      {"an unknown cost of a value", least + "[cost.when.Usage]\nsign = \"negated\"\n",
       "unknown_key 9:1"},
      {"an unknown part of a sum", least + "list = { added = [\"x\"] }\n",
       "missing_key 8:8, unknown_key 8:10"},
      {"an unknown category", least + "[category]\nusage = [\"x\"]\n", "unknown_key 9:1"},
      {"an unknown key of cells", least + "[cells]\nthousands = \",\"\n", "unknown_key 9:1"},
      {"an unknown key of dates", least + "[dates]\nzone = \"UTC\"\n", "unknown_key 9:1"},
      {"no columns", "schema = \"accrue.map/1\"\n[cost]\neffective = \"x\"\n", "missing_key 0:0"},
      {"no start", replaced("charge_start = \"Start\"\n", ""), "missing_key 2:1"},
      {"no end and no length", replaced("charge_end = \"End\"\n", ""), "missing_key 2:1"},
      {"no end, and dates without a length",
       replaced("charge_end = \"End\"\n", "") + "[dates]\nformat = \"ISO\"\n", "missing_key 2:1"},
      {"an end and a length", least + "[dates]\ncharge_length = \"day\"\n", "bad_value 9:17"},
      {"no category", replaced("category = \"Type\"\n", ""), "missing_key 2:1"},
      {"no cost table", replaced("[cost]\neffective = \"Cost\"\n", ""), "missing_key 1:1"},
      {"no cost", replaced("effective = \"Cost\"", "sign = \"as_is\""), "missing_key 6:1"},
      {"a cost that is a number", replaced("\"Cost\"", "7"), "bad_value 7:13"},
      {"a cost of an empty name", replaced("\"Cost\"", "\"\""), "bad_value 7:13"},
      {"a cost that lists a number", replaced("\"Cost\"", "[\"x\", 7]"), "bad_value 7:19"},
      {"a sign that is none", least + "sign = \"minus\"\n", "bad_value 8:8"},
      {"a value that no category lists", least + "[cost.when.Run]\nlist = \"x\"\n",
       "bad_value 8:12"},
      {"a value of two categories",
       least + "[category]\nUsage = [\"x\", \"y\"]\nTax = [\"z\", \"x\"]\n", "bad_value 10:7"},
      {"a value listed twice", least + "[category]\nUsage = [\"x\", \"x\"]\n", "bad_value 9:9"},
      {"an empty list of values", least + "[category]\nUsage = []\n", "bad_value 9:9"},
      {"another category that is none", least + "[category]\nother = \"skip\"\n", "bad_value 9:9"},
      {"categories without a column",
       replaced("category = \"Type\"", "") + "[defaults]\ncategory = \"Usage\"\n"
                                             "[category]\nTax = [\"t\"]\n",
       "bad_value 10:1"},
      {"classes without a column", least + "[class]\nCorrection = [\"yes\"]\n", "bad_value 8:1"},
      {"a default category that is none", least + "[defaults]\ncategory = \"usage\"\n",
       "bad_value 9:12"},
      {"a default currency that is none", least + "[defaults]\ncurrency = \"RMB\"\n",
       "bad_currency 9:12"},
      {"a decimal mark that is none", least + "[cells]\ndecimal_mark = \"'\"\n", "bad_value 9:16"},
      {"nulls that are no list", least + "[cells]\nnulls = \"-\"\n", "bad_value 9:9"},
      {"a date format that is none", least + "[dates]\nformat = \"MM/DD/YYYY\"\n",
       "bad_value 9:10"},
      {"a zone that is none", least + "[dates]\ntime_zone = \"CST\"\n", "bad_time_zone 9:13"},
      {"a length that is none",
       replaced("charge_end = \"End\"\n", "") + "[dates]\ncharge_length = \"week\"\n",
       "bad_value 8:17"},
      {"a table that is none",
       "schema = \"accrue.map/1\"\ncost = \"x\"\n[columns]\ncategory = \"t\"\ncharge_start = "
       "\"a\"\ncharge_end = \"b\"\n",
       "bad_value 2:8"},
      {"all that is wrong, in the order of the lines",
       replaced("category = \"Type\"", "kind = \"Type\"") + "[dates]\nformat = \"X\"\n",
       "missing_key 2:1, unknown_key 3:1, bad_value 9:10"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(errors_of(row.text) == row.errors);
  }
}

TEST_CASE("usage map: an unknown key gets a suggestion") {
  const auto map = read_usage_map(replaced("charge_start", "charge_strat"), "a.toml");
  REQUIRE_FALSE(map.ok());
  REQUIRE(map.refusal().errors.size() == 2);
  CHECK(map.refusal().errors[1].hint == "did you mean 'charge_start'?");
}

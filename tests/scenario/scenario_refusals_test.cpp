// What a scenario file may not say: each with its place and, where it matters, its hint.

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "accounting/scenario/file/scenario_reader.h"
#include "tests/scenario/scenario_text.h"

using accrue_test::hint_of;
using accrue_test::refused;
using accrue_test::small_terms;
using accrue_test::with_head;

namespace {

struct Row {
  const char* why;
  std::string text;
  std::string want;
};

/// Each row's text stands under a head of four lines: its first line is line 5.
void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(refused(with_head(row.text)) == row.want);
  }
}

/// A drawdown whose curve stands on line 7, and what follows from line 9 on.
std::string with_curve(const std::string& curve, const std::string& rest = "") {
  return "[[drawdown]]\ninvestee = \"Lunar\"\ncurve = " + curve +
         "\nafter_exhaustion = \"stop\"\n" + rest;
}

/// A drawdown, and a line of it on line 8.
std::string with_line(const std::string& line) {
  return "[[drawdown]]\ninvestee = \"Lunar\"\ncurve = { shape = \"trailing\" }\n" + line +
         "\nafter_exhaustion = \"stop\"\n";
}

}  // namespace

TEST_CASE("scenario: a file of another schema is refused for that alone") {
  CHECK(refused("schema = \"accrue.terms/1\"\nx = 1\n") == "bad_schema 1:10 |\"accrue.terms/1\"|");
  CHECK(refused("[scenario]\nname = \"x\"\nmonths = 0\n") ==
        "bad_schema 1:1 |[scenario]|; bad_value 3:10 |0|");
  CHECK(refused("") == "missing_key 0:0 ||; bad_schema 1:1 ||");
}

TEST_CASE("scenario: the head is checked") {
  const std::string schema = "schema = \"accrue.scenario/1\"\n";
  const std::vector<Row> rows{
      {"no head", "", "missing_key 0:0 ||"},
      {"no table", "scenario = 1\n", "bad_value 2:12 |1|"},
      {"nothing in it", "[scenario]\n",
       "missing_key 2:1 |[scenario]|; missing_key 2:1 |[scenario]|"},
      {"a name with a space", "[scenario]\nname = \"a b\"\nmonths = 1\n",
       "bad_value 3:8 |\"a b\"|"},
      {"no month", "[scenario]\nname = \"a\"\nmonths = 0\n", "bad_value 4:10 |0|"},
      {"the longest", "[scenario]\nname = \"a\"\nmonths = 120\n", "accepted"},
      {"one too many", "[scenario]\nname = \"a\"\nmonths = 121\n", "bad_value 4:10 |121|"},
      {"a month in quotes", "[scenario]\nname = \"a\"\nmonths = \"12\"\n",
       "bad_value 4:10 |\"12\"|"},
      {"a quarter", "[scenario]\nname = \"a\"\nmonths = 1\nbase = \"2024-Q2\"\n",
       "bad_value 5:8 |\"2024-Q2\"|"},
      {"record nought", "[scenario]\nname = \"a\"\nmonths = 1\nbase = \"record 0\"\n",
       "bad_value 5:8 |\"record 0\"|"},
      {"more than a number", "[scenario]\nname = \"a\"\nmonths = 1\nbase = \"record 4 \"\n",
       "bad_value 5:8 |\"record 4 \"|"},
      {"a month without quotes", "[scenario]\nname = \"a\"\nmonths = 1\nbase = 2024-06\n",
       "money_not_quoted 5:8 |2024-06|"},
      {"an unknown key", "[scenario]\nname = \"a\"\nmonth = 1\nmonths = 1\n",
       "unknown_key 4:1 |month|"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(refused(schema + row.text) == row.want);
  }
  CHECK(hint_of(schema + "[scenario]\nname = \"a\"\nmonth = 1\nmonths = 1\n") ==
        "did you mean 'months'?");
  CHECK(hint_of(schema + "[scenario]\nname = \"a\"\nmonths = 1\nbase = \"x\"\n") ==
        "write  base = \"now\", \"2024-06\" (as it was closed) or \"record 41\"");
}

TEST_CASE("scenario: rules that the books do not have are known, and refused") {
  check({{"a modification", "[[modification]]\ngrant = \"T1\"\n",
          "unsupported_term 5:3 |modification|"},
         {"an elimination", "[[elimination]]\n", "unsupported_term 5:3 |elimination|"},
         {"a lease", "[lease]\n", "unsupported_term 5:2 |lease|"},
         {"tax", "[tax]\n", "unsupported_term 5:2 |tax|"},
         {"an order policy", "[[order_policy]]\n", "unsupported_term 5:3 |order_policy|"},
         {"a missed tranche", "[[tranche_change]]\ngrant = \"T2\"\nmissed = true\n",
          "unsupported_term 7:1 |missed|"},
         {"a table nobody knows", "[[drawdowns]]\n", "unknown_key 5:3 |drawdowns|"}});
  CHECK(hint_of(with_head("[[order_policy]]\n")) ==
        "give a [[tranche_change]] a priority: what is lowest pays first");
  CHECK(hint_of(with_head("[[drawdowns]]\n")) == "did you mean 'drawdown'?");
}

TEST_CASE("scenario: a drawdown is checked key by key") {
  check({
      {"nothing in it", "[[drawdown]]\n",
       "missing_key 5:1 |[[drawdown]]|; missing_key 5:1 |[[drawdown]]|; "
       "missing_key 5:1 |[[drawdown]]|"},
      {"no list", "[drawdown]\n", "bad_value 5:1 |[drawdown]|"},
      {"a name of two lines", with_line("name = \"a\\nb\""), "bad_value 8:8 |\"a\\nb\"|"},
      {"no currency", with_line("currency = \"usd\""), "bad_currency 8:12 |\"usd\"|"},
      {"no grant", with_line("grant = \"T 1\""), "bad_value 8:9 |\"T 1\"|"},
      {"too many slashes", with_line("grant = \"a/b/c\""), "bad_value 8:9 |\"a/b/c\"|"},
      {"a unit without prices", with_line("unit = \"h\""),
       "bad_value 7:19 |\"trailing\"|; missing_key 8:8 |\"h\"|"},
      {"shares below the whole", with_line("mix = [{ service = \"a\", share = \"99.9%\" }]"),
       "bad_value 8:7 |[{ service = \"a\", share = \"99.9%\" }]|"},
      {"a share of nothing",
       with_line(
           "mix = [{ service = \"a\", share = \"0%\" }, { service = \"b\", share = \"100%\" }]"),
       "bad_value 8:33 |\"0%\"|"},
      {"the same usage twice",
       with_line(
           "mix = [{ service = \"a\", share = \"50%\" }, { service = \"a\", share = \"50%\" }]"),
       "duplicate_id 8:67 |\"50%\"|"},
      {"eleven months", with_line("seasonal = [\"1%\", \"2%\"]"),
       "bad_value 8:12 |[\"1%\", \"2%\"]|"},
      {"a bare percent", with_line("seasonal = [1, 2]"),
       "money_not_quoted 8:13 |1|; money_not_quoted 8:16 |2|"},
      {"a season below zero",
       with_line(
           "seasonal = [\"-1%\",\"1%\",\"1%\",\"1%\",\"1%\",\"1%\",\"1%\",\"1%\",\"1%\",\"1%\","
           "\"1%\",\"1%\"]"),
       "bad_value 8:13 |\"-1%\"|"},
      {"no season at all",
       with_line(
           "seasonal = [\"0%\",\"0%\",\"0%\",\"0%\",\"0%\",\"0%\",\"0%\",\"0%\",\"0%\",\"0%\","
           "\"0%\",\"0%\"]"),
       "bad_value 8:12 |[\"0%\",\"0%\",\"0%\",\"0%\",\"0%\",\"0%\",\"0%\",\"0%\",\"0%\",\"0%\","
       "\"0%\",\"0%\"]|"},
      {"a stall of no month",
       with_line("stall = { from = \"2025-01\", months = 0, then = \"lost\" }"),
       "bad_value 8:38 |0|"},
      {"a stall and what then",
       with_line("stall = { from = \"2025-13\", months = 1, then = \"gone\" }"),
       "bad_value 8:18 |\"2025-13\"|; bad_value 8:48 |\"gone\"|"},
      {"a day to leave", with_line("leaves = \"2026-01-01\""), "bad_value 8:10 |\"2026-01-01\"|"},
      {"more than all of it", with_line("incremental = \"100.1%\""), "bad_value 8:15 |\"100.1%\"|"},
      {"a bare percent of usage", with_line("incremental = 60%"), "money_not_quoted 8:15 |60%|"},
      {"a burn of nothing", with_line("runway = { cash = \"0 USD\", burn = \"0 USD\" }"),
       "bad_value 8:35 |\"0 USD\"|"},
      {"a burn in another currency", with_line("runway = { cash = \"1 USD\", burn = \"1 CNY\" }"),
       "bad_value 8:35 |\"1 CNY\"|"},
      {"an unknown key", with_line("season = []"), "unknown_key 8:1 |season|"},
  });
}

TEST_CASE("scenario: what follows exhaustion is said, and fits") {
  const std::string head = "[[drawdown]]\ninvestee = \"Lunar\"\ncurve = { shape = \"trailing\" }\n";
  check({
      {"not said", head, "missing_key 5:1 |[[drawdown]]|"},
      {"another word", head + "after_exhaustion = \"go on\"\n", "bad_value 8:20 |\"go on\"|"},
      {"pay nothing", head + "after_exhaustion = \"pay 0%\"\n", "bad_value 8:20 |\"pay 0%\"|"},
      {"pay all", head + "after_exhaustion = \"pay 100%\"\n", "accepted"},
      {"pay too much", head + "after_exhaustion = \"pay 101%\"\n", "bad_value 8:20 |\"pay 101%\"|"},
      {"pay no percent", head + "after_exhaustion = \"pay 60\"\n", "bad_value 8:20 |\"pay 60\"|"},
      {"a grant that is not there", head + "after_exhaustion = \"new grant\"\n",
       "missing_key 8:20 |\"new grant\"|"},
      {"a grant that nobody wants",
       head + "after_exhaustion = \"stop\"\nnew_grant = { face = \"1 USD\", months = 1 }\n",
       "bad_value 9:13 |{ face = \"1 USD\", months = 1 }|"},
      {"a grant of no face",
       head + "after_exhaustion = \"new grant\"\nnew_grant = { face = \"0 USD\" }\n",
       "missing_key 9:13 |{ face = \"0 USD\" }|; bad_value 9:22 |\"0 USD\"|"},
      {"a grant that could pay nothing",
       head + "currency = \"CNY\"\nafter_exhaustion = \"new grant\"\n"
              "new_grant = { face = \"1 USD\", months = 1 }\n",
       "bad_value 10:22 |\"1 USD\"|"},
  });
  CHECK(hint_of(with_head(head + "after_exhaustion = \"go on\"\n")) ==
        "write  after_exhaustion = \"stop\", \"pay 60%\" or \"new grant\"");
}

TEST_CASE("scenario: curves are checked by their shape") {
  const std::string in_units = "unit = \"h\"\n[[price]]\nsku = \"*\"\nunit_price = \"1 USD\"\n";
  check({
      {"no shape", with_curve("{ months = 3 }"), "missing_key 7:9 |{ months = 3 }|"},
      {"no such shape", with_curve("{ shape = \"ram\" }"), "bad_value 7:19 |\"ram\"|"},
      {"a key of another shape", with_curve("{ shape = \"trailing\", growth = \"1%\" }"),
       "unknown_key 7:31 |growth|"},
      {"a table without rows", with_curve("{ shape = \"table\" }"),
       "missing_key 7:9 |{ shape = \"table\" }|"},
      {"an empty table", with_curve("{ shape = \"table\", amounts = [] }"), "bad_value 7:38 |[]|"},
      {"two currencies", with_curve("{ shape = \"table\", amounts = [\"1 USD\", \"1 CNY\"] }"),
       "bad_value 7:48 |\"1 CNY\"|"},
      {"another than the drawdown's",
       with_curve("{ shape = \"table\", amounts = [\"1 USD\"] }", "currency = \"CNY\"\n"),
       "bad_value 7:39 |\"1 USD\"|"},
      {"below zero", with_curve("{ shape = \"table\", amounts = [\"-1 USD\"] }"),
       "bad_value 7:39 |\"-1 USD\"|"},
      {"parts of a cent", with_curve("{ shape = \"table\", amounts = [\"1.005 USD\"] }"),
       "too_precise 7:39 |\"1.005 USD\"|"},
      {"no currency", with_curve("{ shape = \"table\", amounts = [\"1\"] }"),
       "bad_currency 7:39 |\"1\"|"},
      {"money of a drawdown in units",
       with_curve("{ shape = \"table\", amounts = [\"1 USD\"] }", in_units),
       "bad_decimal 7:39 |\"1 USD\"|"},
      {"units out of what was paid", with_curve("{ shape = \"trailing\" }", in_units),
       "bad_value 7:19 |\"trailing\"|"},
      {"units fitted to what was paid",
       with_curve("{ shape = \"fit\", model = \"mean\" }", in_units), "bad_value 7:19 |\"fit\"|"},
      {"a ramp of units from what was paid",
       with_curve("{ shape = \"ramp\", growth = \"1%\" }", in_units),
       "missing_key 7:9 |{ shape = \"ramp\", growth = \"1%\" }|"},
      {"a face that is left for units", with_curve("{ shape = \"linear8\" }", in_units),
       "missing_key 7:9 |{ shape = \"linear8\" }|"},
      {"so many units", with_curve("{ shape = \"linear8\", total = \"24000\" }", in_units),
       "accepted"},
      {"a ramp of no growth", with_curve("{ shape = \"ramp\" }"),
       "missing_key 7:9 |{ shape = \"ramp\" }|"},
      {"a ramp to nothing", with_curve("{ shape = \"ramp\", growth = \"-100%\" }"),
       "bad_value 7:36 |\"-100%\"|"},
      {"a cap below the start",
       with_curve("{ shape = \"ramp\", from = \"2 USD\", growth = \"1%\", cap = \"1 USD\" }"),
       "bad_value 7:64 |\"1 USD\"|"},
      {"no weights", with_curve("{ shape = \"weights\" }"),
       "missing_key 7:9 |{ shape = \"weights\" }|"},
      {"weights of nothing", with_curve("{ shape = \"weights\", weights = [\"0\", \"0\"] }"),
       "bad_value 7:40 |[\"0\", \"0\"]|"},
      {"a weight below zero", with_curve("{ shape = \"weights\", weights = [\"1\", \"-1\"] }"),
       "bad_value 7:46 |\"-1\"|"},
      {"a total of nothing", with_curve("{ shape = \"linear\", total = \"0 USD\", months = 2 }"),
       "bad_value 7:37 |\"0 USD\"|"},
      {"a line without end", with_curve("{ shape = \"linear\" }"),
       "missing_key 7:9 |{ shape = \"linear\" }|"},
      {"a burst in five", with_curve("{ shape = \"burst\", months = 5 }"), "bad_value 7:37 |5|"},
      {"an S of no month", with_curve("{ shape = \"s_curve\", months = 0 }"), "bad_value 7:39 |0|"},
      {"a preset with months", with_curve("{ shape = \"linear8\", months = 24 }"),
       "unknown_key 7:30 |months|"},
      {"no model", with_curve("{ shape = \"fit\" }"), "missing_key 7:9 |{ shape = \"fit\" }|"},
      {"a line through one point",
       with_curve("{ shape = \"fit\", model = \"linear\", months = 1 }"), "bad_value 7:53 |1|"},
      {"seasons of less than a year",
       with_curve("{ shape = \"fit\", model = \"seasonal\", months = 11 }"), "bad_value 7:55 |11|"},
  });
  CHECK(hint_of(with_head(with_curve("{ shape = \"ram\" }"))) == "did you mean 'ramp'?");
}

TEST_CASE("scenario: what changes at a month is checked") {
  check({
      {"a price without a month", "[[price_change]]\nchange = \"-50%\"\n",
       "missing_key 5:1 |[[price_change]]|"},
      {"a price below nothing", "[[price_change]]\nfrom = \"2025-01\"\nchange = \"-101%\"\n",
       "bad_value 7:10 |\"-101%\"|"},
      {"a price of nothing", "[[price_change]]\nfrom = \"2025-01\"\nchange = \"-100%\"\n",
       "accepted"},
      {"a month that is no month", "[[price_change]]\nfrom = 2025-01-01\nchange = \"1%\"\n",
       "bad_value 6:8 |2025-01-01|"},
      {"a tranche that stays as it is", "[[tranche_change]]\ngrant = \"T1\"\n",
       "missing_key 5:1 |[[tranche_change]]|"},
      {"a tranche without days",
       "[[tranche_change]]\ngrant = \"T1\"\nissued = 2025-01-01\nexpires = 2025-01-01\n",
       "empty_interval 8:11 |2025-01-01|"},
      {"a tranche twice",
       "[[tranche_change]]\ngrant = \"T1\"\npriority = 1\n[[tranche_change]]\ngrant = \"T1\"\n"
       "priority = 2\n",
       "duplicate_id 9:9 |\"T1\"|"},
      {"an extra tranche without words", "[[tranche]]\n",
       "missing_key 5:1 |[[tranche]]|; missing_key 5:1 |[[tranche]]|; "
       "missing_key 5:1 |[[tranche]]|; missing_key 5:1 |[[tranche]]|"},
      {"an extra tranche of a key of terms",
       "[[tranche]]\nid = \"X\"\ninvestee = \"L\"\nface = \"1 USD\"\nissued = 2025-01-01\n"
       "transaction_price = \"1 USD\"\n",
       "unknown_key 10:1 |transaction_price|"},
      {"an estimate above the whole",
       "[[estimate]]\ngrant = \"T1\"\nbreakage = \"100%\"\nfrom = \"2025-01\"\n",
       "bad_value 7:12 |\"100%\"|"},
      {"an estimate twice",
       "[[estimate]]\ngrant = \"T1\"\nbreakage = \"1%\"\nfrom = \"2025-01\"\n"
       "[[estimate]]\ngrant = \"T1\"\nbreakage = \"2%\"\nfrom = \"2025-01\"\n",
       "duplicate_id 10:9 |\"T1\"|"},
      {"estimates after one another",
       "[[estimate]]\ngrant = \"T1\"\nbreakage = \"1%\"\nfrom = \"2025-01\"\n"
       "[[estimate]]\ngrant = \"T1\"\nbreakage = \"2%\"\nfrom = \"2025-02\"\n",
       "accepted"},
      {"a rate of nothing", "[[rate]]\ncurrency = \"USD\"\non = 2025-01-31\nrate = \"0\"\n",
       "bad_value 8:8 |\"0\"|"},
      {"a bare rate", "[[rate]]\ncurrency = \"USD\"\non = 2025-01-31\nrate = 7.2\n",
       "money_not_quoted 8:8 |7.2|"},
      {"a day that is not", "[[rate]]\ncurrency = \"USD\"\non = 2025-02-30\nrate = \"7\"\n",
       "bad_date 7:6 |2025-02-30|"},
      {"a cap that ends before it begins",
       "[[capacity]]\nfrom = \"2025-02\"\nto = \"2025-01\"\nper_month = \"1 USD\"\n",
       "empty_interval 7:6 |\"2025-01\"|"},
      {"a cap of one month",
       "[[capacity]]\nfrom = \"2025-01\"\nto = \"2025-01\"\nper_month = \"1 USD\"\n", "accepted"},
      {"a price nobody needs", "[[price]]\nsku = \"h100\"\nunit_price = \"1 USD\"\n",
       "bad_value 5:1 |[[price]]|"},
      {"money without quotes", "[[capacity]]\nfrom = \"2025-01\"\nper_month = 50_000_000 USD\n",
       "money_not_quoted 7:13 |50_000_000 USD|"},
  });
}

TEST_CASE("scenario: segments, costs and uncertainty are checked") {
  const std::string of_volume =
      "[[uncertainty]]\nof = \"volume\"\ninvestee = \"*\"\nsource = \"s\"\n";
  const std::string of_delay = "[[uncertainty]]\nof = \"delay\"\ngrant = \"T2\"\nsource = \"s\"\n";
  check({
      {"no growth", "[[segment]]\nsegment = \"c\"\nbasis = \"b\"\n",
       "missing_key 5:1 |[[segment]]|"},
      {"two growths",
       "[[segment]]\nsegment = \"c\"\nbasis = \"b\"\ngrowth = \"1%\"\ngrowth_of_others = \"1%\"\n",
       "bad_value 8:10 |\"1%\"|"},
      {"a segment twice",
       "[[segment]]\nsegment = \"c\"\nbasis = \"b\"\ngrowth = \"1%\"\n"
       "[[segment]]\nsegment = \"c\"\nbasis = \"b\"\ngrowth = \"2%\"\n",
       "duplicate_id 10:11 |\"c\"|"},
      {"a cost below nothing", "[[cost]]\nsku = \"h\"\nrate = \"-1%\"\n",
       "bad_value 7:8 |\"-1%\"|"},
      {"a cost of what", "[[cost]]\nsku = \"h\"\nrate = \"1\"\n", "bad_currency 7:8 |\"1\"|"},
      {"a cost twice",
       "[[cost]]\nsku = \"h\"\nrate = \"1%\"\n[[cost]]\nsku = \"h\"\nrate = \"2%\"\n",
       "duplicate_id 9:7 |\"h\"|"},
      {"nothing of what is uncertain", "[[uncertainty]]\n",
       "missing_key 5:1 |[[uncertainty]]|; missing_key 5:1 |[[uncertainty]]|; "
       "missing_key 5:1 |[[uncertainty]]|"},
      {"no source",
       "[[uncertainty]]\nof = \"volume\"\ninvestee = \"*\"\ndistribution = { kind = \"normal\", sd "
       "= "
       "\"1%\" }\n",
       "missing_key 5:1 |[[uncertainty]]|"},
      {"a subject of another kind",
       of_volume + "sku = \"h\"\ndistribution = { kind = \"lognormal\", "
                   "sd = \"1%\" }\n",
       "bad_value 9:7 |\"h\"|"},
      {"a spread below nothing", of_volume + "distribution = { kind = \"normal\", sd = \"-1%\" }\n",
       "bad_value 9:40 |\"-1%\"|"},
      {"no spread", of_volume + "distribution = { kind = \"lognormal\" }\n",
       "missing_key 9:16 |{ kind = \"lognormal\" }|"},
      {"a mean of a lognormal shock, which is one",
       of_volume + "distribution = { kind = \"lognormal\", mean = \"1%\", sd = \"1%\" }\n",
       "unknown_key 9:38 |mean|"},
      {"bounds the wrong way round",
       of_volume + "distribution = { kind = \"uniform\", low = \"2%\", high = \"1%\" }\n",
       "bad_value 9:55 |\"1%\"|"},
      {"a mode outside",
       of_volume + "distribution = { kind = \"triangular\", low = \"1%\", mode = \"4%\", high = "
                   "\"3%\" }\n",
       "bad_value 9:58 |\"4%\"|"},
      {"a coin for a factor",
       of_volume + "distribution = { kind = \"bernoulli\", probability = \"1%\" }\n",
       "bad_value 9:25 |\"bernoulli\"|"},
      {"a bell for a delay", of_delay + "distribution = { kind = \"normal\", sd = \"1%\" }\n",
       "bad_value 9:25 |\"normal\"|"},
      {"a delay in percent",
       of_delay + "distribution = { kind = \"uniform\", low = \"0%\", high = \"6\" }\n",
       "bad_decimal 9:42 |\"0%\"|"},
      {"an early tranche",
       of_delay + "distribution = { kind = \"uniform\", low = \"-1\", high = \"6\" }\n",
       "bad_value 9:42 |\"-1\"|"},
      {"a delay each month",
       of_delay + "lasts = \"month\"\ndistribution = { kind = \"uniform\", low = "
                  "\"0\", high = \"6\" }\n",
       "bad_value 9:9 |\"month\"|"},
      {"more than all in common", "[correlation]\nvolume = \"101%\"\n",
       "bad_value 6:10 |\"101%\"|"},
  });
}

TEST_CASE("scenario: names that stand twice are refused with both lines") {
  const std::string again =
      with_head(with_curve("{ shape = \"trailing\" }") + with_curve("{ shape = \"trailing\" }"));
  CHECK(refused(again) == "duplicate_id 10:12 |\"Lunar\"|");
  CHECK(accrue_test::read_text(again).error().notes == std::vector<std::string>{"lines 6 and 10"});
  CHECK(refused(with_head(with_curve("{ shape = \"trailing\" }") +
                          with_curve("{ shape = \"trailing\" }", "name = \"Lunar, more\"\n"))) ==
        "accepted");
}

TEST_CASE("scenario: what is wrong in the terms of a deal is shown there") {
  const std::string deal = "[[deal]]\nterms = \"nova.toml\"\nprobability = \"40%\"\n";
  CHECK(refused(with_head(deal)) == "file_unreadable 6:9 |\"nova.toml\"|");
  CHECK(refused(with_head(deal), {{"nova.toml", "schema = \"accrue.scenario/1\"\n"}}) ==
        "bad_schema nova.toml:1:10 |\"accrue.scenario/1\"|");
  std::string wrong = small_terms();
  wrong.replace(wrong.find("100 USD"), 7, "-10 USD");
  CHECK(refused(with_head(deal + "signed = x\n"), {{"nova.toml", wrong}}) == "bad_date 8:10 |x|");
  CHECK(refused(with_head("[[deal]]\nterms = \"nova.toml\"\nprobability = \"101%\"\n"),
                {{"nova.toml", wrong}}) ==
        "bad_value 7:15 |\"101%\"|; bad_value nova.toml:11:8 |\"-10 USD\"|");
  CHECK(refused(with_head(deal + deal), {{"nova.toml", small_terms()}}) ==
        "duplicate_id 9:9 |\"nova.toml\"|");
  CHECK(refused(with_head(deal + "signed = 2199-12-31\n"), {{"nova.toml", small_terms()}}) ==
        "empty_interval 8:10 |2199-12-31|");
}

// Usage of other formats, read as a map says: the rules of maps.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "ledger/intake/usage.h"
#include "tests/intake/focus_sample.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

/// A file of one row of account ba-1, which is Lab's, and the map that reads it: each cell under
/// the key of [columns] or [cost] of the same name.
struct OneRow {
  std::map<std::string, std::string> columns{{"billing_account", "ba-1"},
                                             {"currency", "USD"},
                                             {"category", "Usage"},
                                             {"charge_start", "2026-05-01T00:00:00Z"},
                                             {"charge_end", "2026-05-01T01:00:00Z"}};
  std::map<std::string, std::string> costs{{"effective", "1"}};
  std::string more = {};     ///< what follows in the map
  std::string in_cost = {};  ///< what follows in its [cost]
  std::string zone = "UTC";  ///< of the book

  OneRow with(const std::string& column, const std::string& cell) const {
    OneRow other = *this;
    other.columns[column] = cell;
    return other;
  }
  OneRow without(const std::string& column) const {
    OneRow other = *this;
    other.columns.erase(column);
    return other;
  }
  OneRow costing(const std::string& cell) const {
    OneRow other = *this;
    other.costs["effective"] = cell;
    return other;
  }
  OneRow saying(const std::string& text) const {
    OneRow other = *this;
    other.more += text + '\n';
    return other;
  }

  std::string map_text() const {
    std::string text = "schema = \"accrue.map/1\"\n[columns]\n";
    for (const auto& [key, cell] : columns) text += key + " = \"col " + key + "\"\n";
    text += "[cost]\n";
    for (const auto& [key, cell] : costs) text += key + " = \"col " + key + "\"\n";
    return text + in_cost + more;
  }
  std::string csv_text() const {
    std::string header;
    std::string row;
    for (const auto* cells : {&columns, &costs}) {
      for (const auto& [key, cell] : *cells) {
        header += (header.empty() ? "" : ",") + ("col " + key);
        row += (row.empty() ? "\"" : ",\"") + cell + '"';
      }
    }
    return header + '\n' + row + '\n';
  }
  FocusReading reading(DeliveryTerms terms = {}) const {
    terms.map = MapFile{"one.toml", map_text()};
    return {.terms = std::move(terms), .investments = {holder("Lab", {"ba-1"})}, .zone = zone};
  }
  Result<DeliveryReading> read(DeliveryTerms terms = {}) const {
    return reading(std::move(terms)).of({csv_text()});
  }
  Charge charge() const {
    const auto read_row = read();
    if (!read_row.ok()) FAIL(read_row.error().message);
    REQUIRE(read_row.value().delivery.charges.size() == 1);
    return read_row.value().delivery.charges[0];
  }
  std::string code() const {
    const auto read_row = read();
    if (read_row.ok()) return "";
    CHECK_FALSE(read_row.error().hint.empty());
    return std::string{name_of(read_row.error().code)};
  }
};

Instant at(std::string_view text) { return Instant::parse(text).value(); }

}  // namespace

TEST_CASE("mapped usage: numbers are read with the decimal mark of the map, and in one way only") {
  struct Row {
    const char* why;
    const char* mark;
    const char* cell;
    std::optional<std::string> amount;
  };
  const Row rows[] = {
      {"a point", ".", "1234.56", "1234.56"},
      {"a comma for a point", ".", "1234,56", {}},
      {"thousands with a point", ".", "1,234.56", {}},
      {"a comma", ",", "1234,56", "1234.56"},
      {"below zero with a comma", ",", "-0,5", "-0.5"},
      {"no mark at all", ",", "1234", "1234"},
      {"an exponent with a comma", ",", "5,64902E-05", "0.0000564902"},
      {"forty digits with a comma", ",", "12345678901234567890,1234567890",
       "12345678901234567890.123456789"},
      {"a point for a comma", ",", "1234.56", {}},
      {"thousands with a comma", ",", "1.234,56", {}},
      {"two commas", ",", "1,234,567", {}},
      {"thousands with a space", ",", "1 234,56", {}},
      {"a currency sign", ".", "$5", {}},
      {"a minus behind", ".", "5-", {}},
      {"brackets for a minus", ".", "(5)", {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const OneRow file = OneRow{}.costing(row.cell).saying(
        std::string{"[cells]\ndecimal_mark = \""} + row.mark + '"');
    if (row.amount) {
      CHECK(file.charge().amount == dec(*row.amount));
    } else {
      CHECK(file.code() == "bad_decimal");
    }
  }
}

TEST_CASE("mapped usage: a loose number is read with a warning, by its column's name") {
  const DeliveryReading read = OneRow{}.costing(" 5e2 ").read().value();
  CHECK(read.delivery.charges.at(0).amount == dec("500"));
  REQUIRE(read.warnings.size() == 1);
  CHECK(read.warnings[0].code == "loose_number");
  CHECK(read.warnings[0].message.starts_with("col effective "));
  CHECK(read.warnings[0].first.line == 2);
}

TEST_CASE("mapped usage: a bad number is shown as it stands, with its place") {
  const OneRow file = OneRow{}.costing("1.234,5").saying("[cells]\ndecimal_mark = \",\"");
  const auto read = file.read();
  REQUIRE_FALSE(read.ok());
  CHECK(read.error().message == "col effective '1.234,5' is not a decimal number");
  CHECK(read.error().place.line == 2);
  CHECK(read.error().place.column == 68);
}

TEST_CASE("mapped usage: a cost is the sum of its columns less those taken off") {
  struct Row {
    const char* why;
    const char* effective;  ///< the map's line
    const char* cells;      ///< a, b, c
    const char* amount;
  };
  const Row rows[] = {
      {"one column", "effective = \"a\"", "1.5,2,4", "1.5"},
      {"two", "effective = [\"a\", \"b\"]", "1.5,2,4", "3.5"},
      {"one twice", "effective = [\"a\", \"a\"]", "1.5,2,4", "3"},
      {"less one", "effective = { add = [\"a\"], subtract = [\"b\", \"c\"] }", "1.5,2,4", "-4.5"},
      {"only taken off", "effective = { subtract = [\"c\"] }", "1.5,2,4", "-4"},
      {"none: zero", "effective = []", "1.5,2,4", "0"},
      {"negated", "effective = \"a\"\nsign = \"negated\"", "1.5,2,4", "-1.5"},
      {"negated, a refund", "effective = \"a\"\nsign = \"negated\"", "-1.5,2,4", "1.5"},
      {"a sum negated", "effective = { add = [\"a\"], subtract = [\"c\"] }\nsign = \"negated\"",
       "1.5,2,4", "2.5"},
      {"as it is", "effective = \"a\"\nsign = \"as_is\"", "1.5,2,4", "1.5"},
      {"beyond 128 bits of 10^-18", "effective = [\"a\", \"b\"]",
       "900719925474099300000,0.00000000000000001,4", "900719925474099300000.00000000000000001"},
      {"what cancels out is zero", "effective = { add = [\"a\"], subtract = [\"b\"] }",
       "1E25,1E25,4", "0"},
      {"a null is nothing to add", "effective = [\"a\", \"b\"]", "1.5,,NULL", "1.5"},
      {"a null is nothing to take off", "effective = { add = [\"a\"], subtract = [\"b\"] }",
       "1.5,,NULL", "1.5"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    FocusReading reading{.terms = {}, .investments = {holder("Lab", {"ba-1"})}};
    reading.terms.map = MapFile{"sum.toml", std::string{R"(schema = "accrue.map/1"
[columns]
charge_start = "day"
[defaults]
billing_account = "ba-1"
currency = "USD"
category = "Usage"
[dates]
charge_length = "day"
[cost]
)"} + row.effective + '\n'};
    const auto read = reading.of({std::string{"day,a,b,c\n2026-05-01,"} + row.cells + '\n'});
    if (!read.ok()) FAIL_CHECK(read.error().message);
    REQUIRE(read.ok());
    REQUIRE(read->delivery.charges.size() == 1);
    CHECK(read->delivery.charges[0].amount == dec(row.amount));
    CHECK(read->delivery.by_account.at({"ba-1", "USD"}).amount == dec(row.amount));
  }
}

TEST_CASE("mapped usage: a sum of nulls only is null, and a charge needs an amount") {
  CHECK(OneRow{}.costing("").code() == "null_not_allowed");
  CHECK(OneRow{}.costing("(null)").code() == "null_not_allowed");
  // Nobody's usage counts as zero without.
  const DeliveryReading others =
      OneRow{}.costing("").with("billing_account", "ba-2").read().value();
  CHECK(others.delivery.other_customers.begin()->second == RowsAndAmount{1, dec("0")});
}

TEST_CASE("mapped usage: rows of one category value may take a cost from other columns") {
  OneRow file = OneRow{}.with("category", "covered");
  file.costs["billed"] = "9";
  file.in_cost = "[cost.when.covered]\neffective = \"amortised\"\n";
  file.more = "[category]\nUsage = [\"covered\", \"plain\"]\n";
  // Only a row of the value asks for the column; the message names both.
  const auto lacking = file.read({.on_error = OnError::quarantine});
  REQUIRE_FALSE(lacking.ok());
  CHECK(lacking.error().code == ErrorCode::missing_column);
  CHECK(lacking.error().message ==
        "the column amortised is missing, which the map one.toml names for 'covered'");
  CHECK(lacking.error().place.line == 2);
  CHECK(file.with("category", "plain").charge().amount == dec("1"));

  file.columns["sku"] = "0.25";
  file.in_cost = "[cost.when.covered]\neffective = \"col sku\"\n";
  CHECK(file.charge().amount == dec("0.25"));
  CHECK(file.with("category", "plain").charge().amount == dec("1"));
  CHECK(file.with("category", "COVERED").charge().amount == dec("0.25"));
  // What the exception does not say is as for the rest.
  CHECK(file.read({.basis = Basis::billed}).value().delivery.charges.at(0).amount == dec("9"));
  CHECK(file.with("sku", "").code() == "null_not_allowed");
}

TEST_CASE("mapped usage: a value's own columns are for its rows only, not those after them") {
  OneRow file = OneRow{}.with("category", "covered").with("sku", "0.25");
  file.in_cost = "[cost.when.covered]\neffective = \"col sku\"\n";
  file.more = "[category]\nUsage = [\"covered\"]\nother = \"Usage\"\n"
              "[defaults]\ncategory = \"Usage\"\n";
  std::string text = file.csv_text();
  const std::string row = text.substr(text.find('\n') + 1);
  for (const std::string other : {"", "plain"}) {
    CAPTURE(other);
    std::string after = row;
    after.replace(after.find("covered"), 7, other);
    // 0.25 as the value says, then 1.
    CHECK(file.reading().of({text + after}).value().delivery.by_account.at({"ba-1", "USD"}) ==
          RowsAndAmount{2, dec("1.25")});
  }
}

TEST_CASE("mapped usage: categories are the map's values, FOCUS's without a table") {
  struct Row {
    const char* why;
    std::string table;
    std::string cell;
    std::string category;  ///< or the error's code
  };
  const std::string lists = "[category]\nUsage = [\"run\", \"Tax\"]\nAdjustment = [\"RUN\"]\n";
  const Row rows[] = {
      {"FOCUS's", "", "Adjustment", "Adjustment"},
      {"FOCUS's in other capitals", "", "adjustment", "Adjustment"},
      {"not FOCUS's", "", "run", "not_allowed_value"},
      {"listed", lists, "run", "Usage"},
      {"listed, though FOCUS means another", lists, "Tax", "Usage"},
      {"the equal one goes before the first", lists, "RUN", "Adjustment"},
      {"else the first but for capitals", lists, "Run", "Usage"},
      {"FOCUS's is not listed", lists, "Credit", "not_allowed_value"},
      {"not listed, and the map says what others are", lists + "other = \"Adjustment\"\n", "stop",
       "Adjustment"},
      {"null", lists, "", "null_not_allowed"},
      {"null is not another", lists + "other = \"Adjustment\"\n", "NULL", "null_not_allowed"},
      {"null, and the map has a default", lists + "[defaults]\ncategory = \"Adjustment\"\n", "",
       "Adjustment"},
      {"not listed, and the default is for nulls", lists + "[defaults]\ncategory = \"Usage\"\n",
       "stop", "not_allowed_value"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const OneRow file = OneRow{}.with("category", row.cell).saying(row.table);
    if (!file.code().empty()) {
      CHECK(file.code() == row.category);
      continue;
    }
    CHECK(row.category ==
          (file.charge().category == ChargeCategory::usage ? "Usage" : "Adjustment"));
  }
  const auto unknown = OneRow{}.with("category", "stop").saying(lists).read();
  REQUIRE_FALSE(unknown.ok());
  CHECK(unknown.error().message == "col category 'stop' is none of run, Tax, RUN");
  CHECK(unknown.error().hint == "say what it means in [category] of one.toml");

  const DeliveryReading cased = OneRow{}.with("category", "Run").saying(lists).read().value();
  REQUIRE(cased.warnings.size() == 1);
  CHECK(cased.warnings[0].code == "value_case");
  CHECK(cased.warnings[0].message == "col category 'Run' is read as run");
}

TEST_CASE("mapped usage: classes are the map's values, Correction without a table") {
  const auto class_of = [](const OneRow& file) { return file.charge().charge_class; };
  const OneRow plain = OneRow{}.with("class", "");
  CHECK(class_of(plain) == ChargeClass::regular);
  CHECK(class_of(plain.with("class", "Correction")) == ChargeClass::correction);
  CHECK(plain.with("class", "true").code() == "not_allowed_value");
  const OneRow listed = plain.saying("[class]\nRegular = [\"false\"]\nCorrection = [\"true\"]");
  CHECK(class_of(listed) == ChargeClass::regular);
  CHECK(class_of(listed.with("class", "false")) == ChargeClass::regular);
  CHECK(class_of(listed.with("class", "true")) == ChargeClass::correction);
  CHECK(listed.with("class", "yes").code() == "not_allowed_value");
  const DeliveryReading cased = listed.with("class", "TRUE").read().value();
  CHECK(cased.delivery.charges.at(0).charge_class == ChargeClass::correction);
  REQUIRE(cased.warnings.size() == 1);
  CHECK(cased.warnings[0].code == "value_case");
}

TEST_CASE("mapped usage: a default stands for a column that is not named and for a null cell") {
  const std::string defaults =
      "[defaults]\nbilling_account = \"ba-1\"\nsub_account = \"s\"\ncurrency = \"USD\"\n"
      "service = \"v\"\nsku = \"k\"\nregion = \"r\"\n";
  OneRow file = OneRow{}.without("billing_account").without("currency").saying(defaults);
  const ChargeKey expected{.investee = "Lab",
                           .currency = "USD",
                           .billing_account = "ba-1",
                           .sub_account = "s",
                           .service = "v",
                           .sku = "k",
                           .region = "r"};
  CHECK(file.charge().key == expected);
  for (const char* column :
       {"billing_account", "sub_account", "currency", "service", "sku", "region"}) {
    file.columns[column] = "";
  }
  CHECK(file.charge().key == expected);
  for (const char* column : {"sub_account", "service", "sku", "region"}) {
    file.columns[column] = "own";
  }
  CHECK(file.charge().key == ChargeKey{"Lab", "USD", "ba-1", "own", "own", "own", "own"});
}

TEST_CASE(
    "mapped usage: without a default, a null account or currency is refused, other texts are "
    "empty") {
  CHECK(OneRow{}.with("billing_account", "").code() == "null_not_allowed");
  CHECK(OneRow{}.with("currency", "null").code() == "null_not_allowed");
  CHECK(OneRow{}.with("currency", "RMB").code() == "bad_currency");
  CHECK(OneRow{}.with("charge_start", "").code() == "null_not_allowed");
  CHECK(OneRow{}.with("charge_end", "NULL").code() == "null_not_allowed");
  CHECK(OneRow{}.with("billing_period", "").code() == "null_not_allowed");
  CHECK(OneRow{}.with("sku", "NULL").charge().key.sku.empty());
  CHECK(OneRow{}.charge().key.region.empty());
}

TEST_CASE("mapped usage: nulls are the empty text and the map's spellings, and no others") {
  const OneRow file = OneRow{}.with("sku", "-").saying("[cells]\nnulls = [\"-\", \"n/a\"]");
  CHECK(file.charge().key.sku.empty());
  CHECK(file.with("sku", "n/a").charge().key.sku.empty());
  CHECK(file.with("sku", "").charge().key.sku.empty());
  CHECK(file.with("sku", "NULL").charge().key.sku == "NULL");
  CHECK(OneRow{}.with("sku", "-").charge().key.sku == "-");
  CHECK(file.costing("n/a").code() == "null_not_allowed");
  CHECK(file.costing("NULL").code() == "bad_decimal");
}

TEST_CASE("mapped usage: an account or a currency that no map names is said") {
  OneRow file = OneRow{}.without("currency").without("billing_account").with("sub_account", "s-1");
  FocusReading reading = file.reading({.absent_currency = "EUR"});
  reading.investments = {sub_account_holder("Lab", "s-1")};
  reading.grant_currencies = {"EUR"};
  const DeliveryReading read = reading.of({file.csv_text()}).value();
  CHECK(read.delivery.charges.at(0).key.currency == "EUR");
  CHECK(read.delivery.charges.at(0).key.billing_account.empty());
  REQUIRE(read.warnings.size() == 2);
  CHECK(read.warnings[0].code == "absent_account");
  CHECK(read.warnings[1].code == "absent_currency");
  reading.terms.absent_currency = "";
  const auto refused = reading.of({file.csv_text()});
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == ErrorCode::missing_column);
}

TEST_CASE("mapped usage: times are read in the form and on the clocks that the map says") {
  struct Row {
    const char* why;
    const char *form, *zone, *cell;
    const char* instant;  ///< empty: refused
  };
  const Row rows[] = {
      {"ISO with a zone", "ISO", "Asia/Shanghai", "2026-05-01T00:00:00Z", "2026-05-01T00:00:00Z"},
      {"ISO with an offset", "ISO", "UTC", "2026-05-01T00:00:00+08:00", "2026-04-30T16:00:00Z"},
      {"ISO on the clocks", "ISO", "Asia/Shanghai", "2026-05-01T00:00:00", "2026-04-30T16:00:00Z"},
      {"ISO without seconds", "ISO", "Asia/Shanghai", "2026-05-01 00:30", "2026-04-30T16:30:00Z"},
      {"ISO, a day", "ISO", "Asia/Shanghai", "2026-05-01", "2026-04-30T16:00:00Z"},
      {"ISO with a fraction", "ISO", "Asia/Kolkata", "2026-05-01T00:00:00.000001",
       "2026-04-30T18:30:00.000001Z"},
      {"summer time", "ISO", "Europe/Berlin", "2026-07-01T12:00", "2026-07-01T10:00:00Z"},
      {"winter time", "ISO", "Europe/Berlin", "2026-01-01T12:00", "2026-01-01T11:00:00Z"},
      {"a time that occurs twice is the first", "ISO", "Europe/Berlin", "2026-10-25T02:30:00",
       "2026-10-25T00:30:00Z"},
      {"a time that does not occur is the jump", "ISO", "Europe/Berlin", "2026-03-29T02:30:00",
       "2026-03-29T01:00:00Z"},
      {"after the listed years", "ISO", "America/New_York", "2040-07-01T00:00:00",
       "2040-07-01T04:00:00Z"},
      {"a day that does not exist", "ISO", "UTC", "2026-02-30", ""},
      {"a month is no day", "ISO", "UTC", "2026-05", ""},
      {"slashes are not ISO", "ISO", "UTC", "05/01/2026", ""},
      {"M/D/Y", "M/D/Y", "UTC", "5/12/26", "2026-05-12T00:00:00Z"},
      {"M/D/Y with a time", "M/D/Y", "Asia/Shanghai", "05/12/2026 08:00", "2026-05-12T00:00:00Z"},
      {"M/D/Y of no month", "M/D/Y", "UTC", "13/1/2026", ""},
      {"M/D/Y with a zone", "M/D/Y", "UTC", "05/12/2026 08:00Z", ""},
      {"M/D/Y, and ISO", "M/D/Y", "UTC", "2026-05-12", ""},
      {"D/M/Y", "D/M/Y", "UTC", "5/12/2026", "2026-12-05T00:00:00Z"},
      {"Y/M/D", "Y/M/D", "UTC", "2026/5/12", "2026-05-12T00:00:00Z"},
      {"Y/M/D, the year last", "Y/M/D", "UTC", "5/12/2026", ""},
      {"D.M.Y", "D.M.Y", "UTC", "12.05.2026", "2026-05-12T00:00:00Z"},
      {"D.M.Y with slashes", "D.M.Y", "UTC", "12/05/2026", ""},
      {"YYYYMMDD", "YYYYMMDD", "UTC", "20260512", "2026-05-12T00:00:00Z"},
      {"YYYYMMDD with a time", "YYYYMMDD", "UTC", "20260512 23:59:59", "2026-05-12T23:59:59Z"},
      {"YYYYMMDD, seven digits", "YYYYMMDD", "UTC", "2026512", ""},
      {"YYYY-MM", "YYYY-MM", "Asia/Shanghai", "2026-05", "2026-04-30T16:00:00Z"},
      {"YYYY-MM, and a day", "YYYY-MM", "UTC", "2026-05-01", ""},
      {"YYYY-MM of no month", "YYYY-MM", "UTC", "2026-13", ""},
      {"YYYYMM", "YYYYMM", "UTC", "202605", "2026-05-01T00:00:00Z"},
      {"YYYYMM with a time", "YYYYMM", "UTC", "202605 10:00", ""},
      {"words", "ISO", "UTC", "May 2026", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const OneRow file = OneRow{}
                            .without("charge_end")
                            .with("charge_start", row.cell)
                            .saying(std::string{"[dates]\ncharge_length = \"hour\"\nformat = \""} +
                                    row.form + "\"\ntime_zone = \"" + row.zone + '"');
    if (*row.instant == '\0') {
      CHECK(file.code() == "bad_date");
    } else {
      CHECK(file.charge().at == at(row.instant));
    }
  }
}

TEST_CASE("mapped usage: the bill is the month of its column, else that of the charge's start") {
  struct Row {
    const char* why;
    const char *dates, *cell, *period;
  };
  const Row rows[] = {
      {"its first day", "", "2026-04-01", "2026-04"},
      {"its last instant", "", "2026-04-30T23:59:59Z", "2026-04"},
      {"on the map's clocks", "time_zone = \"Asia/Shanghai\"", "2026-04-30T16:00:00Z", "2026-05"},
      {"a month", "billing_period_format = \"YYYY-MM\"", "2026-04", "2026-04"},
      {"a month in digits", "billing_period_format = \"YYYYMM\"", "202604", "2026-04"},
      {"another form than the charge's", "billing_period_format = \"M/D/Y\"", "04/01/2026",
       "2026-04"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const OneRow file =
        OneRow{}.with("billing_period", row.cell).saying(std::string{"[dates]\n"} + row.dates);
    CHECK(file.charge().billing_period == month(row.period));
    CHECK(file.read().value().delivery.billing_periods == std::vector{month(row.period)});
  }
  CHECK(OneRow{}.with("billing_period", "April").code() == "bad_date");

  // On the map's clocks, not the book's.
  const OneRow unnamed = OneRow{}.with("charge_start", "2026-04-30T20:00:00Z");
  CHECK(unnamed.charge().billing_period == month("2026-04"));
  CHECK(unnamed.saying("[dates]\ntime_zone = \"Asia/Shanghai\"").charge().billing_period ==
        month("2026-05"));
}

TEST_CASE("mapped usage: a charge ends with its column, or its hour, day or month") {
  struct Row {
    const char* why;
    const char *length, *zone, *start;
    const char* crossing;  ///< of the month of a book in UTC; empty: none
  };
  const Row rows[] = {
      {"an hour up to the end", "hour", "UTC", "2026-05-31T23:00:00Z", ""},
      {"an hour over the end", "hour", "UTC", "2026-05-31T23:00:01Z", "1"},
      {"the last day", "day", "UTC", "2026-05-31", ""},
      {"the last day, begun", "day", "UTC", "2026-05-31T10:00", ""},
      {"the last day in the west", "day", "America/New_York", "2026-05-31", "1"},
      {"the last day in the east", "day", "Asia/Shanghai", "2026-05-31", ""},
      {"a month", "month", "UTC", "2026-05-01", ""},
      {"a month, begun", "month", "UTC", "2026-05-15", ""},
      {"a month in the west", "month", "America/New_York", "2026-05-01", "1"},
      // 31 days and an hour, and a month all the same.
      {"a month in which clocks go back", "month", "Europe/Berlin", "2026-10-01", "1"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const OneRow file = OneRow{}
                            .without("charge_end")
                            .with("charge_start", row.start)
                            .saying(std::string{"[dates]\ncharge_length = \""} + row.length +
                                    "\"\ntime_zone = \"" + row.zone + '"');
    const auto read = file.read();
    if (!read.ok()) FAIL_CHECK(read.error().message);
    REQUIRE(read.ok());
    CHECK(read->delivery.crossing.empty() == (*row.crossing == '\0'));
    if (*row.crossing != '\0') CHECK(read->delivery.crossing.at("USD") == dec(row.crossing));
  }
}

TEST_CASE("mapped usage: a charge is at most 31 days of the map's zone, and ends after its start") {
  const OneRow berlin = OneRow{}.saying("[dates]\ntime_zone = \"Europe/Berlin\"");
  const auto code = [&](const char* start, const char* end) {
    return berlin.with("charge_start", start).with("charge_end", end).code();
  };
  CHECK(code("2026-10-01", "2026-11-01") == "");
  CHECK(code("2026-10-01", "2026-11-01T00:00:01") == "charge_too_long");
  CHECK(code("2026-10-01", "2026-10-01") == "empty_interval");
  CHECK(code("2026-10-01", "2026-09-30") == "empty_interval");
}

TEST_CASE("mapped usage: a key in two bills is two charges, in the order of the bills") {
  const OneRow file = OneRow{}.with("billing_period", "2026-06");
  const FocusReading reading =
      file.saying("[dates]\nbilling_period_format = \"YYYY-MM\"").reading();
  std::string text = file.csv_text();
  const std::string row = text.substr(text.find('\n') + 1);
  std::string may = row;
  may.replace(may.find("2026-06"), 7, "2026-05");
  const DeliveryReading read = reading.of({text + may + row}).value();
  REQUIRE(read.delivery.charges.size() == 2);
  CHECK(read.delivery.charges[0].billing_period == month("2026-05"));
  CHECK(read.delivery.charges[0].row_count == 1);
  CHECK(read.delivery.charges[1].billing_period == month("2026-06"));
  CHECK(read.delivery.charges[1].row_count == 2);
}

TEST_CASE("mapped usage: the header has the map's columns, once each") {
  const OneRow file;
  const auto read_as = [&](std::string text, const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
    return file.reading().of({text});
  };
  const auto lacking = read_as(file.csv_text(), "col charge_end", "stop");
  REQUIRE_FALSE(lacking.ok());
  CHECK(lacking.error().code == ErrorCode::missing_column);
  CHECK(lacking.error().message ==
        "the column col charge_end is missing, which the map one.toml names");
  CHECK(lacking.error().place.line == 1);

  const auto twice = read_as(file.csv_text(), "col category", "col currency");
  REQUIRE_FALSE(twice.ok());
  REQUIRE(twice.refusal().errors.size() == 2);
  CHECK(twice.refusal().errors[0].code == ErrorCode::duplicate_column);
  CHECK(twice.refusal().errors[1].code == ErrorCode::missing_column);

  const DeliveryReading cased = read_as(file.csv_text(), "col category", "Col Category").value();
  REQUIRE(cased.warnings.size() == 1);
  CHECK(cased.warnings[0].code == "column_case");

  const auto semicolons = file.reading().of({std::string{"col a;col b\n1;2\n"}});
  REQUIRE_FALSE(semicolons.ok());
  CHECK(semicolons.refusal().errors.size() == 6);
  CHECK(semicolons.error().hint == "deliver the file with commas between its fields");

  // Others stand twice, or differ in capitals only, without harm.
  CHECK(file.reading()
            .of({std::string{"x,x,COL currency,"} +
                 "col billing_account,col category,"
                 "col charge_end,col charge_start,col currency,col effective\n"
                 "1,2,EUR,ba-1,Usage,2026-05-01T01:00Z,2026-05-01T00:00Z,USD,3\n"})
            .value()
            .delivery.charges.at(0)
            .key.currency == "USD");
}

TEST_CASE("mapped usage: a map that tells no cost of the basis is refused, naming both") {
  const auto read = OneRow{}.read({.basis = Basis::list});
  REQUIRE_FALSE(read.ok());
  CHECK(read.error().code == ErrorCode::missing_column);
  CHECK(read.error().message ==
        "the map one.toml tells no list cost, which is the basis of this source");

  // So is one for a deal's own basis, when a row of the deal comes.
  FocusReading reading = OneRow{}.reading({.on_error = OnError::quarantine});
  reading.investments[0].basis = Basis::list;
  const auto deal = reading.of({OneRow{}.csv_text()});
  REQUIRE_FALSE(deal.ok());
  CHECK(deal.error().code == ErrorCode::missing_column);
}

TEST_CASE("mapped usage: bad rows are listed with their places, or set aside; the rest adds up") {
  const OneRow file;
  std::string text = file.csv_text();
  const std::string row = text.substr(text.find('\n') + 1);
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string other = row;
    return other.replace(other.find(from), from.size(), to);
  };
  text += changed("Usage", "Support") + row + changed("USD", "US$") + "too,short\n" +
          changed("T01", "T00") + changed("\"1\"", "\"one\"");
  const auto stopped = file.reading().of({text});
  REQUIRE_FALSE(stopped.ok());
  std::vector<std::string> errors;
  for (const Error& error : stopped.refusal().errors) {
    errors.push_back(std::to_string(error.place.line) + ' ' + std::string{name_of(error.code)});
  }
  CHECK(errors == std::vector<std::string>{"3 not_allowed_value", "5 bad_currency", "6 ragged_row",
                                           "7 empty_interval", "8 bad_decimal"});

  const DeliveryReading kept = file.reading({.on_error = OnError::quarantine}).of({text}).value();
  CHECK(kept.delivery.files.at(0).row_count == 7);
  CHECK(kept.delivery.files.at(0).quarantined_count == 5);
  CHECK(kept.delivery.by_account.at({"ba-1", "USD"}) == RowsAndAmount{2, dec("2")});
  CHECK(kept.quarantine_csv.find("\"too,short\"") != std::string::npos);
}

TEST_CASE("mapped usage: several files, one map; a bad map is refused at its line") {
  const OneRow file;
  const std::string second = file.costing("5").csv_text();
  CHECK(file.reading().of({file.csv_text(), second}).value().delivery.charges.at(0).amount ==
        dec("6"));
  const auto bad = file.saying("[dates]\nformat = \"X\"").read();
  REQUIRE_FALSE(bad.ok());
  CHECK(bad.error().code == ErrorCode::bad_value);
  CHECK(bad.error().place.file == "one.toml");
}

#include "ledger/intake/terms.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "ledger/error/suggest.h"
#include "ledger/intake/excerpt.h"

using namespace accrue;

namespace {

const std::vector<std::string> base{
    /*  1 */ R"(schema = "accrue.terms/1")",
    /*  2 */ "",
    /*  3 */ "[investment]",
    /*  4 */ R"(id = "moonshot")",
    /*  5 */ R"(investee = "Moonshot AI")",
    /*  6 */ "signed = 2026-01-15",
    /*  7 */ R"(cash = "500_000_000 USD")",
    /*  8 */ R"(fair_value_of_stake = "800_000_000 USD")",
    /*  9 */ "",
    /* 10 */ "[matching]",
    /* 11 */ R"(billing_accounts = ["ba-1"])",
    /* 12 */ "",
    /* 13 */ "[[tranche]]",
    /* 14 */ R"(id = "t1")",
    /* 15 */ R"(face = "200_000_000 USD")",
    /* 16 */ "issued = 2026-02-01",
    /* 17 */ "",
    /* 18 */ "[[tranche]]",
    /* 19 */ R"(id = "t2")",
    /* 20 */ R"(face = "100_000_000 USD")",
    /* 21 */ "issued = 2026-03-01",
};

/// The base with one line, from 1, replaced.
std::string with_line(std::size_t line, const std::string& text, const char* line_break = "\n") {
  std::string terms;
  for (std::size_t i = 0; i < base.size(); ++i) {
    terms += (i + 1 == line ? text : base[i]) + line_break;
  }
  return terms;
}

/// What the caret underlines.
std::string underlined(const Place& place) {
  const std::size_t column = place.column - place.excerpt_column + 1;
  const std::size_t begin = byte_of_column(place.excerpt, column);
  const std::size_t end = byte_of_column(place.excerpt, column + place.length);
  return place.excerpt.substr(begin, end - begin);
}

/// "code line |underlined|", one per error, in the order given.
std::string refused(std::string_view text) {
  const auto terms = parse_terms(text, "deal.toml");
  if (terms.ok()) return "accepted";
  std::string all;
  for (const Error& error : terms.refusal().errors) {
    CAPTURE(error.message);
    CHECK(error.place.file == "deal.toml");
    CHECK(!error.message.empty());
    CHECK(!error.hint.empty());
    if (!all.empty()) all += "; ";
    all += std::string{name_of(error.code)} + " " + std::to_string(error.place.line) + " |" +
           underlined(error.place) + "|";
  }
  return all;
}

std::string hint_of(std::string_view text) {
  const auto terms = parse_terms(text, "deal.toml");
  return terms.ok() ? "accepted" : terms.error().hint;
}

struct Row {
  const char* why;
  std::size_t line;
  std::string text;
  std::string want;
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CAPTURE(row.text);
    CHECK(refused(with_line(row.line, row.text)) == row.want);
  }
}

Investment investment_with(std::size_t line, const std::string& text) {
  return parse_terms(with_line(line, text), "deal.toml").value();
}

}  // namespace

TEST_CASE("terms: every key arrives in the investment") {
  const auto terms = parse_terms(R"(schema = "accrue.terms/1"

[investment]
id = "lunar-1"
investee = "月之暗面 AI"
signed = "2024-02-15"
stake = "36.0%"
influence = "significant"
cash = "3_600_000_000.00 CNY"
credits = "2_160 CNY"
fair_value_of_stake = "5_760_000_000 CNY"
ssp = "95%"
shares = "with_tranche"
fixed_rate = "7.2"
basis = "list"
accept_price_above_face = true

[matching]
billing_accounts = ["ba-1", "ba-2"]
sub_accounts = ["kimi"]
from = 2024-03-01
to = 2027-01-01

[[tranche]]
id = "T1"
face = "2_000 CNY"
issued = 2024-03-01
begins = 2024-04-01
expires = 2026-03-01
priority = -5
transaction_price = "0.05 CNY"
progress = "usage"
bonus = true
services = ["gpu-*"]
regions = ["cn-[hs]*"]
skus = ["a?", "b"]
breakage = { method = "proportional", expected = "4%" }

[[tranche]]
id = "T2"
face = "160 CNY"
issued = 2024-02-15
[tranche.breakage]
method = "proportional"
expected = "8.5 CNY"
)",
                                 "lunar.toml");
  REQUIRE(terms.ok());
  const Investment& deal = *terms;
  CHECK(deal.id == "lunar-1");
  CHECK(deal.investee == "月之暗面 AI");
  CHECK(deal.signed_on == Date::of(2024, 2, 15));
  CHECK(deal.stake_percent->to_string() == "36");
  CHECK(deal.influence == "significant");
  CHECK(deal.cash->value.to_string() == "3600000000");
  CHECK(deal.cash->currency.code() == "CNY");
  CHECK(deal.fair_value_of_stake->value.to_string() == "5760000000");
  CHECK(deal.ssp_percent.to_string() == "95");
  CHECK(deal.shares == Shares::with_tranche);
  CHECK(deal.fixed_rate->to_string() == "7.2");
  CHECK(deal.basis == Basis::list);
  CHECK(deal.accept_price_above_face);
  CHECK(deal.matching.billing_accounts == std::vector<std::string>{"ba-1", "ba-2"});
  CHECK(deal.matching.sub_accounts == std::vector<std::string>{"kimi"});
  CHECK(deal.matching.from_on == Date::of(2024, 3, 1));
  CHECK(deal.matching.to_on == Date::of(2027, 1, 1));
  REQUIRE(deal.tranches.size() == 2);
  const Tranche& first = deal.tranches[0];
  CHECK(first.id == "T1");
  CHECK(first.face.value.to_string() == "2000");
  CHECK(first.issued_on == Date::of(2024, 3, 1));
  CHECK(first.begins_on == Date::of(2024, 4, 1));
  CHECK(first.expires_on == Date::of(2026, 3, 1));
  CHECK(first.priority == -5);
  CHECK(first.transaction_price->value.to_string() == "0.05");
  CHECK(first.bonus);
  CHECK(first.scope.services == std::vector<std::string>{"gpu-*"});
  CHECK(first.scope.regions == std::vector<std::string>{"cn-[hs]*"});
  CHECK(first.scope.skus == std::vector<std::string>{"a?", "b"});
  CHECK(first.breakage_method == BreakageMethod::proportional);
  CHECK(first.expected_unused->measure == ExpectedUnused::Measure::percent_of_face);
  CHECK(first.expected_unused->value.to_string() == "4");
  const Tranche& second = deal.tranches[1];
  CHECK(second.expected_unused->measure == ExpectedUnused::Measure::amount);
  CHECK(second.expected_unused->value.to_string() == "8.5");
}

TEST_CASE("terms: what is left out has its default") {
  const Investment deal = investment_with(2, "");
  CHECK(!deal.stake_percent);
  CHECK(deal.influence.empty());
  CHECK(deal.ssp_percent == Decimal::from_integer(100));
  CHECK(deal.shares == Shares::at_closing);
  CHECK(!deal.fixed_rate);
  CHECK(!deal.basis);
  CHECK(!deal.accept_price_above_face);
  CHECK(!deal.matching.from_on);
  const Tranche& tranche = deal.tranches[0];
  CHECK(!tranche.begins_on);
  CHECK(!tranche.expires_on);
  CHECK(tranche.priority == 100);
  CHECK(!tranche.transaction_price);
  CHECK(!tranche.bonus);
  CHECK(!tranche.scope.is_limited());
  CHECK(tranche.breakage_method == BreakageMethod::remote);
  CHECK(!tranche.expected_unused);
}

TEST_CASE("terms: the schema must be named, and another schema is refused for that alone") {
  check({
      {"missing", 1, "", "bad_schema 1 ||"},
      {"missing: the rest is still read", 1, "rate = 1",
       "bad_schema 1 |rate = 1|; unknown_key 1 |rate|"},
      {"another version", 1, "schema = \"accrue.terms/2\"\nrate = 1",
       "bad_schema 1 |\"accrue.terms/2\"|"},
      {"not a text", 1, "schema = 1", "bad_schema 1 |1|"},
  });
  CHECK(refused("") == "missing_key 0 ||; missing_key 0 ||; bad_schema 1 ||");
}

TEST_CASE("terms: required keys and tables are named where they are missing") {
  check({
      {"investment.id", 4, "", "missing_key 3 |[investment]|"},
      {"investee", 5, "", "missing_key 3 |[investment]|"},
      {"signed", 6, "", "missing_key 3 |[investment]|"},
      {"tranche.id", 14, "", "missing_key 13 |[[tranche]]|"},
      {"face", 15, "", "missing_key 13 |[[tranche]]|"},
      {"issued, of the second", 21, "", "missing_key 18 |[[tranche]]|"},
      {"breakage.method", 17, "breakage = { }", "missing_key 17 |{ }|"},
      {"no account at all", 11, "", "missing_key 10 |[matching]|"},
      {"sub accounts do", 11, "sub_accounts = [\"s\"]", "accepted"},
  });
  CHECK(refused("schema = \"accrue.terms/1\"") == "missing_key 0 ||; missing_key 0 ||");
  CHECK(refused("schema = \"accrue.terms/1\"\ninvestment = 1\ntranche = \"t1\"") ==
        "bad_value 2 |1|; bad_value 3 |\"t1\"|");
  CHECK(refused("schema = \"accrue.terms/1\"\ninvestment.id = \"a\"\ninvestment.investee = \"b\"\n"
                "investment.signed = 2026-01-01\ntranche = [1]\n") == "bad_value 5 |1|");
  CHECK(refused("schema = \"accrue.terms/1\"\ntranche = []\n[investment]\nid = \"a\"\n"
                "investee = \"b\"\nsigned = 2026-01-01\n") == "bad_value 2 |[]|");
  check({{"a table once is not a list", 13, "[tranche]", "bad_toml 18 |[|"}});
}

TEST_CASE("terms: an unknown key is refused with the key that was meant") {
  check({
      {"of the file", 2, "matchings = 1", "unknown_key 2 |matchings|"},
      {"of the investment", 9, "fairvalue_of_stake = \"1 USD\"",
       "unknown_key 9 |fairvalue_of_stake|"},
      {"of the matching", 12, "accounts = [\"a\"]", "unknown_key 12 |accounts|"},
      {"of a tranche", 17, "expiry = 2027-01-01", "unknown_key 17 |expiry|"},
      {"of a breakage", 17, "breakage = { method = \"remote\", expects = \"4%\" }",
       "unknown_key 17 |expects|"},
      {"of the investment, though a tranche has it", 9, "face = \"1 USD\"", "unknown_key 9 |face|"},
  });
  CHECK(hint_of(with_line(17, "expiry = 2027-01-01")) == "did you mean 'expires'?");
  CHECK(hint_of(with_line(12, "accounts = [\"a\"]")) ==
        "its keys: billing_accounts, sub_accounts, from, to");
}

TEST_CASE("terms: money is a quoted string with its currency, never a number") {
  check({
      {"plain", 15, R"(face = "200000000 USD")", "accepted"},
      {"cents", 15, R"(face = "200_000_000.05 USD")", "accepted"},
      {"an integer", 15, "face = 200_000_000", "money_not_quoted 15 |200_000_000|"},
      {"a float", 15, "face = 200000000.10  # why", "money_not_quoted 15 |200000000.10|"},
      {"an integer with its currency", 15, "face = 200_000_000 USD # x",
       "money_not_quoted 15 |200_000_000 USD|"},
      {"thousands commas without quotes", 15, "face = 200,000,000 USD",
       "money_not_quoted 15 |200,000,000 USD|"},
      {"more than 64 bits", 15, "face = 99999999999999999999",
       "money_not_quoted 15 |99999999999999999999|"},
      {"cash", 7, "cash = 500.5", "money_not_quoted 7 |500.5|"},
      {"fair value", 8, "fair_value_of_stake = 1", "money_not_quoted 8 |1|"},
      {"credits", 9, "credits = 300_000_000", "money_not_quoted 9 |300_000_000|"},
      {"transaction price", 17, "transaction_price = 1", "money_not_quoted 17 |1|"},
      {"a stake", 9, "stake = 0.36", "money_not_quoted 9 |0.36|"},
      {"a stake with its sign", 9, "stake = 36%", "money_not_quoted 9 |36%|"},
      {"ssp", 9, "ssp = 100", "money_not_quoted 9 |100|"},
      {"a rate", 9, "fixed_rate = 7.2", "money_not_quoted 9 |7.2|"},
      {"expected", 17, "breakage = { method = \"proportional\", expected = 4 }",
       "money_not_quoted 17 |4|"},
      {"expected with its sign", 17, "breakage = { expected = 4%, method = \"proportional\" }",
       "money_not_quoted 17 |4%|"},
      {"another kind of value", 15, "face = true", "bad_value 15 |true|"},
      {"a list", 15, "face = [1]", "bad_value 15 |[1]|"},
      {"an open quote is a matter of syntax", 15, "face = \"200 USD", "bad_toml 15 ||"},
  });
}

TEST_CASE("terms: the hint of an unquoted number is the quoted form") {
  struct Hint {
    std::size_t line;
    std::string text;
    std::string hint;
  };
  const Hint rows[] = {
      {15, "face = 200_000_000", "write  face = \"200_000_000 USD\", with the currency it is in"},
      {15, "face = 200,000,000 CNY", "write  face = \"200_000_000 CNY\""},
      {15, "face = CNY 200", "write  face = \"200 CNY\""},
      {15, "face = \"200 usd\"", "write  face = \"200 USD\""},
      {15, "face = \"18,5 USD\"", "write it like  face = \"300_000_000 USD\""},
      {15, "face = 1e9", "write it like  face = \"300_000_000 USD\""},
      {9, "stake = 36.5", "write  stake = \"36.5%\""},
      {9, "stake = 0.36", "write it like  stake = \"36%\""},
      {9, "stake = \"36 %\"", "write  stake = \"36%\""},
      {9, "fixed_rate = 7.2", "write  fixed_rate = \"7.2\""},
      {6, "signed = 2026-02-30", "write it like  signed = 2026-01-15"},
      {5, "investee = 42", "write  investee = \"42\""},
      {17, "services = \"gpu-*\"", "write  services = [\"gpu-*\"]"},
      {17, "milestone = \"cluster accepted\"",
       "give `issued` with the day the milestone was met; leave the tranche out until then"},
  };
  for (const Hint& row : rows) {
    CAPTURE(row.text);
    CHECK(hint_of(with_line(row.line, row.text)) == row.hint);
  }
}

TEST_CASE("terms: the text of an amount is digits, a space and a currency") {
  check({
      {"no currency", 15, R"(face = "200")", "bad_currency 15 |\"200\"|"},
      {"an unknown currency", 15, R"(face = "200 USX")", "bad_currency 15 |\"200 USX\"|"},
      {"a currency in small letters", 15, R"(face = "200 usd")", "bad_currency 15 |\"200 usd\"|"},
      {"gold has no minor unit", 15, R"(face = "200 XAU")", "bad_currency 15 |\"200 XAU\"|"},
      {"currency first", 15, R"(face = "USD 200")", "bad_decimal 15 |\"USD 200\"|"},
      {"no space", 15, R"(face = "200USD")", "bad_decimal 15 |\"200USD\"|"},
      {"two spaces", 15, R"(face = "200  USD")", "bad_decimal 15 |\"200  USD\"|"},
      {"thousands commas", 15, R"(face = "200,000 USD")", "bad_decimal 15 |\"200,000 USD\"|"},
      {"an exponent", 15, R"(face = "2E8 USD")", "bad_decimal 15 |\"2E8 USD\"|"},
      {"a plus", 15, R"(face = "+200 USD")", "bad_decimal 15 |\"+200 USD\"|"},
      {"underscore first", 15, R"(face = "_200 USD")", "bad_decimal 15 |\"_200 USD\"|"},
      {"underscore last", 15, R"(face = "200_ USD")", "bad_decimal 15 |\"200_ USD\"|"},
      {"two underscores", 15, R"(face = "2__00 USD")", "bad_decimal 15 |\"2__00 USD\"|"},
      {"underscore before the point", 15, R"(face = "200_.5 USD")",
       "bad_decimal 15 |\"200_.5 USD\"|"},
      {"two points", 15, R"(face = "2.0.0 USD")", "bad_decimal 15 |\"2.0.0 USD\"|"},
      {"nothing before the point", 15, R"(face = ".5 USD")", "bad_decimal 15 |\".5 USD\"|"},
      {"empty", 15, R"(face = "")", "bad_currency 15 |\"\"|"},
      {"tenths of a cent", 15, R"(face = "200.005 USD")", "too_precise 15 |\"200.005 USD\"|"},
      {"more than 64 bits of cents", 15, R"(face = "92_233_720_368_547_758.08 USD")",
       "amount_overflow 15 |\"92_233_720_368_547_758.08 USD\"|"},
      {"too many digits", 15, R"(face = "1234567890123456789012345678901234567890 USD")",
       "decimal_too_wide 15 |\"1234567890123456789012345678901234567890 USD\"|"},
  });
}

TEST_CASE("terms: amounts below their least are refused") {
  check({
      {"a face of nothing", 15, R"(face = "0 USD")", "bad_value 15 |\"0 USD\"|"},
      {"a face below zero", 15, R"(face = "-1 USD")", "bad_value 15 |\"-1 USD\"|"},
      {"no cash", 7, R"(cash = "0 USD")", "accepted"},
      {"cash below zero", 7, R"(cash = "-0.01 USD")", "bad_value 7 |\"-0.01 USD\"|"},
      {"a fair value below zero", 8, R"(fair_value_of_stake = "-1 USD")",
       "bad_value 8 |\"-1 USD\"|"},
      {"a price of nothing", 17, R"(transaction_price = "0 USD")", "accepted"},
      {"a price below zero", 17, R"(transaction_price = "-1 USD")", "bad_value 17 |\"-1 USD\"|"},
  });
}

TEST_CASE("terms: percents and rates keep to their bounds") {
  check({
      {"a whole percent", 9, R"(stake = "36%")", "accepted"},
      {"all of it", 9, R"(stake = "100%")", "accepted"},
      {"more than all", 9, R"(stake = "100.01%")", "bad_value 9 |\"100.01%\"|"},
      {"none of it", 9, R"(stake = "0%")", "bad_value 9 |\"0%\"|"},
      {"no sign", 9, R"(stake = "36")", "bad_value 9 |\"36\"|"},
      {"no number", 9, R"(stake = "x%")", "bad_decimal 9 |\"x%\"|"},
      {"a space", 9, R"(stake = "36 %")", "bad_decimal 9 |\"36 %\"|"},
      {"a high stand-alone price", 9, R"(ssp = "120%")", "accepted"},
      {"no stand-alone price", 9, R"(ssp = "0%")", "bad_value 9 |\"0%\"|"},
      {"a rate", 9, R"(fixed_rate = "7.2000")", "accepted"},
      {"a rate of nothing", 9, R"(fixed_rate = "0")", "bad_value 9 |\"0\"|"},
      {"a rate below zero", 9, R"(fixed_rate = "-7.2")", "bad_value 9 |\"-7.2\"|"},
      {"a rate in words", 9, R"(fixed_rate = "seven")", "bad_decimal 9 |\"seven\"|"},
  });
}

TEST_CASE("terms: dates are days that exist, without a time, in quotes or not") {
  check({
      {"in quotes", 6, R"(signed = "2026-01-15")", "accepted"},
      {"a leap day", 6, "signed = 2024-02-29", "accepted"},
      {"no such day", 6, "signed = 2026-02-30", "bad_date 6 |2026-02-30|"},
      {"no such day, in quotes", 6, R"(signed = "2026-02-30")", "bad_date 6 |\"2026-02-30\"|"},
      {"one digit", 6, "signed = 2026-1-15 # x", "bad_date 6 |2026-1-15|"},
      {"slashes", 6, "signed = 01/15/2026", "bad_date 6 |01/15/2026|"},
      {"an instant", 6, "signed = 2026-01-15T00:00:00Z", "bad_date 6 |2026-01-15T00:00:00Z|"},
      {"a local time", 6, "signed = 2026-01-15 10:00:00", "bad_date 6 |2026-01-15 10:00:00|"},
      {"an instant in quotes", 6, R"(signed = "2026-01-15T00:00:00Z")",
       "bad_date 6 |\"2026-01-15T00:00:00Z\"|"},
      {"a year", 6, "signed = 2026", "bad_date 6 |2026|"},
      {"issued", 16, "issued = \"soon\"", "bad_date 16 |\"soon\"|"},
      {"begins", 17, "begins = true", "bad_date 17 |true|"},
      {"expires", 17, "expires = \"2026-13-01\"", "bad_date 17 |\"2026-13-01\"|"},
      {"matching.from", 12, "from = 1", "bad_date 12 |1|"},
      {"matching.to", 12, "to = 2026-00-01", "bad_date 12 |2026-00-01|"},
  });
}

TEST_CASE("terms: windows are not empty and nothing is issued before the signing") {
  check({
      {"issued on the day of signing", 16, "issued = 2026-01-15", "accepted"},
      {"issued the day before", 16, "issued = 2026-01-14", "bad_value 16 |2026-01-14|"},
      {"begins before issued: the later holds", 17, "begins = 2026-01-01", "accepted"},
      {"expires the day after issued", 17, "expires = 2026-02-02", "accepted"},
      {"expires on the day issued", 17, "expires = 2026-02-01", "empty_interval 17 |2026-02-01|"},
      {"expires when it begins", 17, "begins = 2026-05-01\nexpires = 2026-05-01",
       "empty_interval 18 |2026-05-01|"},
      {"expires a day after it begins", 17, "begins = 2026-05-01\nexpires = 2026-05-02",
       "accepted"},
      {"matching for a day", 12, "from = 2026-01-01\nto = 2026-01-02", "accepted"},
      {"matching for no day", 12, "from = 2026-01-01\nto = 2026-01-01",
       "empty_interval 13 |2026-01-01|"},
      {"matching to before from", 12, "to = 2025-01-01\nfrom = 2026-01-01",
       "empty_interval 12 |2025-01-01|"},
  });
}

TEST_CASE("terms: enumerations take their words and no others") {
  check({
      {"shares", 9, R"(shares = "with_tranche")", "accepted"},
      {"shares, unknown", 9, R"(shares = "at-closing")", "bad_value 9 |\"at-closing\"|"},
      {"shares, not kept yet", 9, R"(shares = "as_drawn")", "unsupported_term 9 |\"as_drawn\"|"},
      {"influence none", 9, R"(influence = "none")", "accepted"},
      {"influence control", 9, R"(influence = "control")", "accepted"},
      {"influence, unknown", 9, R"(influence = "significent")", "bad_value 9 |\"significent\"|"},
      {"basis contracted", 9, R"(basis = "contracted")", "accepted"},
      {"basis, unknown", 9, R"(basis = "gross")", "bad_value 9 |\"gross\"|"},
      {"progress", 17, R"(progress = "usage")", "accepted"},
      {"progress, not kept yet", 17, R"(progress = "straight_line")",
       "unsupported_term 17 |\"straight_line\"|"},
      {"progress, unknown", 17, R"(progress = "drawn")", "bad_value 17 |\"drawn\"|"},
      {"breakage remote", 17, R"(breakage = { method = "remote" })", "accepted"},
      {"breakage, not kept yet", 17, R"(breakage = { method = "escheat" })",
       "unsupported_term 17 |\"escheat\"|"},
      {"breakage, unknown", 17, R"(breakage = { method = "none" })", "bad_value 17 |\"none\"|"},
      {"breakage as a word", 17, R"(breakage = "remote")", "bad_value 17 |\"remote\"|"},
      {"a number", 9, "basis = 1", "bad_value 9 |1|"},
  });
  CHECK(hint_of(with_line(9, R"(influence = "significent")")) == "did you mean 'significant'?");
  CHECK(hint_of(with_line(9, R"(basis = "List")")) == "did you mean 'list'?");
  CHECK(investment_with(9, R"(basis = "effective")").basis == Basis::effective);
  CHECK(investment_with(9, R"(basis = "contracted")").basis == Basis::contracted);
  CHECK(investment_with(9, R"(basis = "billed")").basis == Basis::billed);
}

TEST_CASE("terms: what this version does not keep is said, never ignored") {
  check({
      {"a milestone stands for issued", 16, "milestone = \"cluster accepted\"",
       "unsupported_term 16 |milestone|"},
      {"a longstop", 17, "longstop = 2027-01-01", "unsupported_term 17 |longstop|"},
      {"a lapse", 17, "lapse = \"returned\"", "unsupported_term 17 |lapse|"},
      {"a spread", 17, "spread = \"days\"", "unsupported_term 17 |spread|"},
  });
}

TEST_CASE("terms: proportional breakage states what is expected, remote does not") {
  const auto breakage = [](const std::string& rest) {
    return "breakage = { method = " + rest + " }";
  };
  check({
      {"none of it", 17, breakage(R"("proportional", expected = "0%")"), "accepted"},
      {"nearly all", 17, breakage(R"("proportional", expected = "99.99%")"), "accepted"},
      {"all of it", 17, breakage(R"("proportional", expected = "100%")"),
       "bad_value 17 |\"100%\"|"},
      {"below zero", 17, breakage(R"("proportional", expected = "-1%")"), "bad_value 17 |\"-1%\"|"},
      {"an amount", 17, breakage(R"("proportional", expected = "199_999_999.999 USD")"),
       "accepted"},
      {"the whole face", 17, breakage(R"("proportional", expected = "200_000_000 USD")"),
       "bad_value 17 |\"200_000_000 USD\"|"},
      {"an amount below zero", 17, breakage(R"("proportional", expected = "-1 USD")"),
       "bad_value 17 |\"-1 USD\"|"},
      {"another currency", 17, breakage(R"("proportional", expected = "4 CNY")"),
       "bad_value 17 |\"4 CNY\"|"},
      {"neither", 17, breakage(R"("proportional", expected = "4")"), "bad_currency 17 |\"4\"|"},
      {"a list", 17, breakage(R"("proportional", expected = [])"), "bad_value 17 |[]|"},
      {"nothing expected", 17, breakage(R"("proportional")"),
       "missing_key 17 |{ method = \"proportional\" }|"},
      {"remote with an estimate", 17, breakage(R"("remote", expected = "4%")"),
       "bad_value 17 |\"4%\"|"},
  });
}

TEST_CASE("terms: lists name at least one thing") {
  check({
      {"services", 17, R"(services = ["gpu-*"])", "accepted"},
      {"no services", 17, "services = []", "bad_value 17 |[]|"},
      {"no regions", 17, "regions = []", "bad_value 17 |[]|"},
      {"no skus", 17, "skus = [ ]", "bad_value 17 |[ ]|"},
      {"an empty pattern", 17, R"(skus = ["a", ""])", "bad_value 17 |\"\"|"},
      {"a number", 17, R"(skus = [1, "a", 2])", "bad_value 17 |1|; bad_value 17 |2|"},
      {"one text", 17, R"(services = "gpu-*")", "bad_value 17 |\"gpu-*\"|"},
      {"no billing accounts", 11, "billing_accounts = []", "bad_value 11 |[]|"},
      {"no sub accounts", 12, "sub_accounts = []", "bad_value 12 |[]|"},
      {"an account twice", 11, R"(billing_accounts = ["a", "b", "a"])", "duplicate_id 11 |\"a\"|"},
      {"a billing and a sub account of one name", 12, R"(sub_accounts = ["ba-1"])", "accepted"},
  });
}

TEST_CASE("terms: ids are short and plain, and stand once") {
  check({
      {"every letter allowed", 14, R"(id = "T-1_a.B9")", "accepted"},
      {"a space", 14, R"(id = "t 1")", "bad_value 14 |\"t 1\"|"},
      {"empty", 14, R"(id = "")", "bad_value 14 |\"\"|"},
      {"a slash", 4, R"(id = "a/b")", "bad_value 4 |\"a/b\"|"},
      {"Chinese", 4, R"(id = "月")", "bad_value 4 |\"月\"|"},
      {"64 letters", 4, "id = \"" + std::string(64, 'a') + "\"", "accepted"},
      {"65 letters", 4, "id = \"" + std::string(65, 'a') + "\"",
       "bad_value 4 |\"" + std::string(65, 'a') + "\"|"},
      {"a number", 4, "id = 7", "bad_value 4 |7|"},
      {"twice", 19, R"(id = "t1")", "duplicate_id 19 |\"t1\"|"},
      {"other capitals are another id", 19, R"(id = "T1")", "accepted"},
      {"an investee with a line break", 5, R"(investee = "Moon\nshot")",
       "bad_value 5 |\"Moon\\nshot\"|"},
      {"an investee of 64 letters", 5, "investee = \"" + std::string(64, 'a') + "\"", "accepted"},
      {"an investee of 65 letters", 5, "investee = \"" + std::string(65, 'a') + "\"",
       "bad_value 5 |\"" + std::string(65, 'a') + "\"|"},
      {"an investee with a space after", 5, R"(investee = "Moonshot ")",
       "bad_value 5 |\"Moonshot \"|"},
      {"an investee of blanks", 5, R"(investee = "  ")", "bad_value 5 |\"  \"|"},
  });
  const auto twice = parse_terms(with_line(19, R"(id = "t1")"), "deal.toml");
  CHECK(twice.error().notes == std::vector<std::string>{"lines 14 and 19"});
}

TEST_CASE("terms: booleans and whole numbers are bare") {
  check({
      {"bonus", 17, "bonus = true", "accepted"},
      {"bonus in quotes", 17, R"(bonus = "true")", "bad_value 17 |\"true\"|"},
      {"bonus as a number", 17, "bonus = 1", "bad_value 17 |1|"},
      {"priority", 17, "priority = 0", "accepted"},
      {"priority in quotes", 17, R"(priority = "1")", "bad_value 17 |\"1\"|"},
      {"priority with a fraction", 17, "priority = 1.5", "bad_value 17 |1.5|"},
      {"priority beyond 32 bits", 17, "priority = 2147483648", "bad_value 17 |2147483648|"},
      {"accept", 9, "accept_price_above_face = \"yes\"", "bad_value 9 |\"yes\"|"},
  });
}

TEST_CASE("terms: cash, fair value and prices share a currency, and so do the faces") {
  check({
      {"cash in another", 7, R"(cash = "500_000_000 CNY")", "bad_value 7 |\"500_000_000 CNY\"|"},
      {"a price in another", 17, R"(transaction_price = "1 CNY")", "bad_value 17 |\"1 CNY\"|"},
      {"a face in another", 20, R"(face = "100 CNY")", "bad_value 20 |\"100 CNY\"|"},
      {"cash alone decides", 8, "", "accepted"},
  });
  const auto deal = [](const std::string& head, const std::string& price) {
    return "schema = \"accrue.terms/1\"\n[investment]\nid = \"a\"\ninvestee = \"b\"\n"
           "signed = 2026-01-01\n" +
           head +
           "\n[[tranche]]\nid = \"t\"\nface = \"5 CNY\"\n"
           "issued = 2026-01-01\n" +
           price + "\n";
  };
  CHECK(refused(deal("cash = \"1 USD\"", "transaction_price = \"1 USD\"")) == "accepted");
  CHECK(refused(deal("cash = \"1 USD\"", "transaction_price = \"1 CNY\"")) ==
        "bad_value 11 |\"1 CNY\"|");
  CHECK(refused(deal("fair_value_of_stake = \"1 USD\"", "transaction_price = \"1 USD\"")) ==
        "accepted");
  CHECK(refused(deal("", "transaction_price = \"1 CNY\"")) == "accepted");
  CHECK(refused(deal("", "transaction_price = \"1 USD\"")) == "bad_value 11 |\"1 USD\"|");
}

TEST_CASE("terms: the faces add up to the credits promised") {
  check({
      {"they do", 9, R"(credits = "300_000_000 USD")", "accepted"},
      {"they do not", 9, R"(credits = "310_000_000 USD")",
       "face_does_not_add_up 9 |\"310_000_000 USD\"|"},
      {"another currency", 9, R"(credits = "300_000_000 CNY")",
       "bad_value 9 |\"300_000_000 CNY\"|"},
      {"a bonus adds face", 17, "bonus = true", "accepted"},
  });
  const auto low = parse_terms(with_line(9, R"(credits = "310_000_000.5 USD")"), "deal.toml");
  CHECK(low.error().notes ==
        std::vector<std::string>{"tranches 300,000,000.00 USD, credits 310,000,000.50 USD, "
                                 "difference 10,000,000.50 USD"});
  // A face that cannot be read is one error, not two.
  std::string terms = with_line(9, R"(credits = "310_000_000 USD")");
  terms.replace(terms.find("\"200_000_000 USD\""), 17, "2");
  CHECK(refused(terms) == "money_not_quoted 15 |2|");
}

TEST_CASE("terms: all that is wrong is listed, in the order of the lines") {
  CHECK(refused(R"(schema = "accrue.terms/1"
[[tranche]]
face = 1.5
issued = 2020-01-01
services = []
[[tranche]]
id = "t 1"
face = "1 USD"
issued = 2027-01-01
expires = 2026-01-01
[investment]
id = "a"
signed = 2026-01-01
cash = "1 EUR"
fair_value_of_stake = "1 USD"
stakes = "1%"
)") == "missing_key 2 |[[tranche]]|; money_not_quoted 3 |1.5|; bad_value 4 |2020-01-01|; "
       "bad_value 5 |[]|; bad_value 7 |\"t 1\"|; empty_interval 10 |2026-01-01|; "
       "missing_key 11 |[investment]|; bad_value 14 |\"1 EUR\"|; unknown_key 16 |stakes|");
}

TEST_CASE("terms: of more errors than anyone reads the rest is counted") {
  std::string terms = with_line(2, "");
  for (int i = 0; i < 1100; ++i) terms += "x" + std::to_string(i) + " = 1\n";
  const auto refusal = parse_terms(terms, "deal.toml").refusal();
  CHECK(refusal.errors.size() == 1000);
  CHECK(refusal.unlisted_count == 100);
}

TEST_CASE("terms: the caret counts code points, whatever stands before it") {
  struct Caret {
    const char* why;
    std::string text;
    std::size_t line, column, length;
    std::string excerpt;
  };
  const std::string tabbed = "\tface\t=\t2.5";
  const std::string chinese = R"(breakage = { "月之" = 1, method = 5 })";
  const Caret rows[] = {
      {"spaces", with_line(15, "face   =   2.5"), 15, 12, 3, "face   =   2.5"},
      {"tabs count one each", with_line(15, tabbed), 15, 9, 3, tabbed},
      {"a line break of two bytes", with_line(15, "face = 2.5", "\r\n"), 15, 8, 3, "face = 2.5"},
      {"a byte order mark", "\xEF\xBB\xBFschema = 2\n", 1, 10, 1, "schema = 2"},
      {"a Chinese key", with_line(17, chinese), 17, 14, 4, chinese},
      {"a Chinese value", with_line(15, "face = \"二百 USD\""), 15, 8, 8, "face = \"二百 USD\""},
      {"a text over two lines", with_line(15, "face = \"\"\"2\n USD\"\"\""), 15, 8, 4,
       "face = \"\"\"2"},
      {"the last line without a break", "schema = \"accrue.terms/9\"", 1, 10, 16,
       "schema = \"accrue.terms/9\""},
  };
  for (const Caret& row : rows) {
    CAPTURE(row.why);
    const auto terms = parse_terms(row.text, "deal.toml");
    REQUIRE(!terms.ok());
    const Place& place = terms.error().place;
    CHECK(place.line == row.line);
    CHECK(place.column == row.column);
    CHECK(place.length == row.length);
    CHECK(place.excerpt == row.excerpt);
  }
  // What stands after Chinese text on the same line.
  const auto later = parse_terms(with_line(17, chinese), "deal.toml").refusal();
  REQUIRE(later.errors.size() == 2);
  CHECK(later.errors[1].place.column == 33);
}

TEST_CASE("terms: of a long line the part around the caret is shown") {
  const std::string before = "services = [" + std::string(300, ' ');
  const std::string after = "] # " + std::string(5000, 'x');
  struct Long {
    std::string text;
    std::string want;
  };
  const Long rows[] = {
      {before + "5" + after, "bad_value 17 |5|"},
      {"breakage = { " + std::string(300, ' ') + "expected = 4%, method = 1 }" + after,
       "money_not_quoted 17 |4%|"},
  };
  for (const Long& row : rows) {
    CHECK(refused(with_line(17, row.text)) == row.want);
    const auto terms = parse_terms(with_line(17, row.text), "deal.toml");
    CHECK(terms.error().place.excerpt.size() == 160);
  }
  const auto terms = parse_terms(with_line(17, before + "5" + after), "deal.toml");
  CHECK(terms.error().place.column == 313);
  CHECK(terms.error().place.excerpt_column == 253);
}

TEST_CASE("terms: syntax that breaks is refused at its place") {
  check({
      {"a key twice", 5, "id = \"b\"", "bad_toml 5 |\"|"},
      {"no value", 6, "signed =", "bad_toml 6 ||"},
      {"a lone word", 5, "investee = Moonshot", "bad_toml 5 |M|"},
      {"bytes that are not UTF-8", 5, "investee = \"\xFF\xFE\"", "bad_toml 5 |\"|"},
  });
  CHECK(parse_terms("signed = '\r", "deal.toml").error().place.column == 11);
  const auto damaged = parse_terms("a = \"\xFF\x1B\"", "deal.toml");
  CHECK(damaged.error().place.excerpt == "a = \"\uFFFD\uFFFD\"");
}

TEST_CASE("suggest: the nearest known word within two letters, capitals aside") {
  using namespace std::string_view_literals;
  const std::string_view known[] = {"expires", "issued", "id", "priority", "skus", "face", "pace"};
  struct Suggestion {
    std::string_view wrong;
    std::string_view meant;
  };
  const Suggestion rows[] = {
      {"expiry", "expires"},
      {"EXPIRES", "expires"},
      {"isued", "issued"},
      {"sku", "skus"},
      {"prioritty", "priority"},
      {"fase", "face"},
      {"race", "face"},
      {"ids", "id"},
      {"to", ""},
      {"", ""},
      {"expiration", ""},
      {"prio", ""},
  };
  for (const Suggestion& row : rows) {
    CAPTURE(row.wrong);
    CHECK(suggest(row.wrong, known).value_or("") == row.meant);
  }
}

TEST_CASE("excerpt: messages show text of a file without its control characters") {
  CHECK(shown("a\x1B[31m\n") == "'a\\u001b[31m\\u000a'");
  CHECK(shown("\xC2\x9B") == "'\\u009b'");
  CHECK(shown("\xFF") == "'\uFFFD'");
  CHECK(shown(std::string(61, 'x')) == "'" + std::string(60, 'x') + "...'");
  CHECK(printable_line("\t月\x7F") == "\t月\uFFFD");
  CHECK(printable_line(std::string(5000, 'x')).size() <= 4096);
  CHECK(code_point_count("月a\xFF") == 3);
  CHECK(code_point_count("\xED\xA0\x80") == 3);  // a surrogate is not UTF-8
}

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "ledger/intake/event_reader.h"

using namespace accrue;

namespace {

/// An event of the attributes that every event has, `data` as given.
std::string event_of(const std::string& data, const std::string& more = "") {
  return R"({"specversion":"1.0","type":"usage","id":"e-1","source":"meter/1",)"
         R"("time":"2024-06-01T10:00:00Z",)" +
         more + R"("data":)" + data + "}";
}

const std::string plain = R"({"account":"ba-1","amount":"1.50","currency":"USD"})";

Event read(const std::string& line) {
  const Result<Event> event = read_event(line);
  REQUIRE_MESSAGE(event.ok(), (event.ok() ? "" : event.error().message), line);
  return event.value();
}

Investment deal() {
  Investment investment;
  investment.id = "deal";
  investment.investee = "lunar";
  investment.matching.billing_accounts = {"ba-1"};
  return investment;
}

RateCard card() {
  const Result<RateCard> read = parse_rate_card(
      "schema = \"accrue.rate-card/1\"\nid = \"gpu\"\ncurrency = \"USD\"\n[[price]]\nsku = \"h100\"\n"
      "unit = \"hour\"\neffective = 2024-06-01\nprice = \"2.000000000000000000000000000001\"\n",
      "card.toml");
  return read.value();
}

Result<Event> accept(const std::string& line, const std::vector<RateCard>& cards,
                     const std::vector<std::string>& overage = {}) {
  const std::vector<Investment> investments{deal()};
  const TimeZone zone = TimeZone::named("Asia/Shanghai").value();
  const AccountMatcher matcher{investments, zone};
  return accept_event(read(line), {matcher, zone,
                                   [](const std::string&, const std::string& currency) {
                                     return currency == "USD";
                                   },
                                   cards, overage});
}

}  // namespace

TEST_CASE("event: every attribute and datum is read") {
  const Event event = read(
      R"({"specversion":"1.0","type":"gpu.used","id":"e-7","source":"/meters/eu","subject":"lunar",)"
      R"("time":"2024-06-01T12:00:00.25+02:00","datacontenttype":"application/json","x":{"id":1},)"
      R"("data":{"account":"ba-1","sub_account":"s","service":"GPU","sku":"h100","region":"r1",)"
      R"("amount":12.500000000000000000000000000001,"currency":"USD","tags":{"amount":1}}})");
  CHECK(event.id == "e-7");
  CHECK(event.source == "/meters/eu");
  CHECK(event.type == "gpu.used");
  CHECK(event.subject == "lunar");
  CHECK(event.at.to_string() == "2024-06-01T10:00:00.25Z");
  CHECK(event.key == ChargeKey{"", "USD", "ba-1", "s", "GPU", "h100", "r1"});
  CHECK(event.amount.to_string() == "12.500000000000000000000000000001");
  CHECK_FALSE(event.metered);
}

TEST_CASE("event: an amount is the same as a number and as a text, to the last digit") {
  struct Row {
    const char* written;
    const char* amount;
  };
  const Row rows[] = {
      {"\"12\"", "12"},
      {"12", "12"},
      {"-3", "-3"},
      {"0.1", "0.1"},
      {"9007199254740993.01", "9007199254740993.01"},
      {"99999999999999999999", "99999999999999999999"},
      {"1.5e3", "1500"},
      {"1.5E+3", "1500"},
      {"25e-2", "0.25"},
      {"-0", "0"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.written);
    const Event event = read(event_of(std::string{R"({"account":"a","currency":"USD","amount":)"} +
                                      row.written + "}"));
    CHECK(event.amount.to_string() == row.amount);
  }
}

TEST_CASE("event: without an account it is of its subject") {
  const std::string data = R"({"amount":1,"currency":"USD"})";
  CHECK(read(event_of(data, R"("subject":"lunar",)")).key.billing_account == "lunar");
}

TEST_CASE("event: what cannot be read is refused with what is wrong") {
  struct Row {
    const char* why;
    std::string line;
    ErrorCode code;
  };
  const Row rows[] = {
      {"no JSON", "{", ErrorCode::bad_json},
      {"two objects", event_of(plain) + event_of(plain), ErrorCode::bad_json},
      {"a list", "[" + event_of(plain) + "]", ErrorCode::bad_json},
      {"no UTF-8", event_of("{\"account\":\"\xff\"}"), ErrorCode::bad_json},
      {"a key twice", event_of(R"({"account":"a","amount":1,"amount":2,"currency":"USD"})"),
       ErrorCode::bad_json},
      {"data is a text", event_of("\"{}\""), ErrorCode::bad_json},
      {"another version", R"({"specversion":"0.3","id":"1","source":"s","type":"t","data":{}})",
       ErrorCode::bad_value},
      {"no id", R"({"specversion":"1.0","source":"s","type":"t","data":{}})",
       ErrorCode::missing_key},
      {"an empty source", R"({"specversion":"1.0","id":"1","source":"","type":"t","data":{}})",
       ErrorCode::missing_key},
      {"the id is a number", R"({"specversion":"1.0","id":1,"source":"s","type":"t","data":{}})",
       ErrorCode::bad_value},
      {"no time", R"({"specversion":"1.0","id":"1","source":"s","type":"t","data":{}})",
       ErrorCode::missing_key},
      {"no such day",
       R"({"specversion":"1.0","id":"1","source":"s","type":"t","time":"2024-02-30T00:00:00Z",)"
       R"("data":{}})",
       ErrorCode::bad_date},
      {"nobody's", event_of(R"({"amount":1,"currency":"USD"})"), ErrorCode::missing_key},
      {"no amount", event_of(R"({"account":"a"})"), ErrorCode::missing_key},
      {"no currency", event_of(R"({"account":"a","amount":1})"), ErrorCode::missing_key},
      {"no such currency", event_of(R"({"account":"a","amount":1,"currency":"TOK"})"),
       ErrorCode::bad_currency},
      {"no number", event_of(R"({"account":"a","amount":"$1","currency":"USD"})"),
       ErrorCode::bad_decimal},
      {"31 fraction digits",
       event_of(R"({"account":"a","amount":0.1234567890123456789012345678901,"currency":"USD"})"),
       ErrorCode::decimal_too_wide},
      {"amount is a list", event_of(R"({"account":"a","amount":[1],"currency":"USD"})"),
       ErrorCode::bad_value},
      {"no unit", event_of(R"({"account":"a","quantity":1})"), ErrorCode::missing_key},
      {"amount and quantity",
       event_of(R"({"account":"a","quantity":1,"unit":"h","amount":1,"currency":"USD"})"),
       ErrorCode::bad_value},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const Result<Event> event = read_event(row.line);
    REQUIRE_FALSE(event.ok());
    CHECK(name_of(event.error().code) == name_of(row.code));
    CHECK_FALSE(event.error().message.empty());
  }
}

TEST_CASE("event: two are the same when they state the same, however it is written") {
  const std::string first = content_hash(read(event_of(plain)));
  CHECK(first == content_hash(read(event_of(
                     R"({"currency":"USD","amount":1.5,"account":"ba-1","note":"x"})"))));
  for (const char* other :
       {R"({"account":"ba-2","amount":"1.50","currency":"USD"})",
        R"({"account":"ba-1","amount":"1.51","currency":"USD"})",
        R"({"account":"ba-1","amount":"1.50","currency":"EUR"})",
        R"({"account":"ba-1","sub_account":"s","amount":"1.50","currency":"USD"})",
        R"({"account":"ba-1","service":"s","amount":"1.50","currency":"USD"})",
        R"({"account":"ba-1","sku":"s","amount":"1.50","currency":"USD"})",
        R"({"account":"ba-1","region":"s","amount":"1.50","currency":"USD"})",
        R"({"account":"ba-1","quantity":"1.50","unit":"USD"})"}) {
    CAPTURE(other);
    CHECK(first != content_hash(read(event_of(other))));
  }
  CHECK(first != content_hash(read(event_of(plain, R"("subject":"x",)"))));
}

TEST_CASE("event: accepted, it is matched and priced once") {
  const std::string metered = R"({"account":"ba-1","sku":"h100","quantity":"3","unit":"hour"})";
  const Event priced = accept(event_of(metered), {card()}).value();
  CHECK(priced.key.investee == "lunar");
  CHECK(priced.key.currency == "USD");
  CHECK(priced.amount.to_string() == "6.000000000000000000000000000003");
  REQUIRE(priced.metered);
  CHECK(priced.metered->rate_card == "gpu");
  CHECK(content_hash(priced) == content_hash(read(event_of(metered))));

  // The card's first day is the book's: in Shanghai it has begun eight hours before UTC's.
  const std::string early =
      R"({"specversion":"1.0","type":"t","id":"1","source":"s","time":"2024-05-31T16:00:00Z",)"
      R"("data":)" + metered + "}";
  CHECK(accept(early, {card()}).ok());
  const std::string too_early =
      R"({"specversion":"1.0","type":"t","id":"1","source":"s","time":"2024-05-31T15:59:59Z",)"
      R"("data":)" + metered + "}";
  CHECK(accept(too_early, {card()}).error().code == ErrorCode::price_missing);

  const Event others = accept(event_of(R"({"account":"x","amount":1,"currency":"EUR"})"), {}).value();
  CHECK(others.key.investee.empty());
}

TEST_CASE("event: what cannot be accepted is refused") {
  const auto code = [](const Result<Event>& event) {
    return event.ok() ? "accepted" : std::string{name_of(event.error().code)};
  };
  const std::string metered = R"({"account":"ba-1","sku":"h100","quantity":"3","unit":"hour"})";
  CHECK(code(accept(event_of(metered), {})) == "price_missing");
  CHECK(code(accept(event_of(R"({"account":"ba-1","sku":"b200","quantity":"3","unit":"hour"})"),
                    {card()})) == "price_missing");
  CHECK(code(accept(event_of(R"({"account":"ba-1","sku":"h100","quantity":"3","unit":"hour",)"
                             R"("currency":"EUR"})"),
                    {card()})) == "bad_value");
  CHECK(code(accept(event_of(R"({"account":"ba-1","sku":"h100","quantity":"0.1","unit":"hour"})"),
                    {card()})) == "decimal_too_wide");
  const std::string euros = R"({"account":"ba-1","amount":1,"currency":"EUR"})";
  CHECK(code(accept(event_of(euros), {})) == "no_grant_in_currency");
  CHECK(code(accept(event_of(euros), {}, {"EUR"})) == "accepted");
}

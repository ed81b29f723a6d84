#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "accounting/posting/events.h"
#include "ledger/intake/event_reader.h"

using namespace accrue;

namespace {

const Currency usd = Currency::from_code("USD").value();

Investment deal(const std::string& id, const std::string& account, const std::string& face) {
  Investment investment;
  investment.id = id;
  investment.investee = id;
  investment.signed_on = Date::of(2024, 4, 1);
  investment.matching.billing_accounts = {account};
  investment.tranches.push_back(Tranche{.id = id + "-1",
                                        .face = {Decimal::parse(face).value(), usd},
                                        .issued_on = investment.signed_on,
                                        .begins_on = {},
                                        .expires_on = {},
                                        .transaction_price = {},
                                        .scope = {},
                                        .expected_unused = {}});
  return investment;
}

Result<Stamp> stamp_after(Instant last) { return Stamp{last, "tester", ""}; }

const BookOpened opened{.name = "events",
                        .book_id = std::string(32, '0'),
                        .functional_currency = usd,
                        .time_zone = "UTC",
                        .time_zone_data = "test",
                        .fiscal_start_month = 1,
                        .first_period = Period::of(2024, 4)};

void add(Books& books, const Investment& investment) {
  REQUIRE(books.record(InvestmentAdded{investment, "deal.toml", ""}, {Instant{0}, "tester", ""},
                       RunMode::write)
              .ok());
}

/// A book with 100 USD of credits for lunar, whose account is ba-1.
Books book(Store store = Store::in_memory()) {
  Books books = Books::create(std::move(store), opened, {Instant{0}, "tester", ""}).value();
  add(books, deal("lunar", "ba-1", "100"));
  return books;
}

Event event(const std::string& id, const std::string& amount, const std::string& account = "ba-1") {
  return read_event("{\"specversion\":\"1.0\",\"type\":\"used\",\"source\":\"meter\",\"id\":\"" + id +
                    "\",\"time\":\"2024-04-02T10:00:00Z\",\"data\":{\"account\":\"" + account +
                    "\",\"amount\":\"" + amount + "\",\"currency\":\"USD\"}}")
      .value();
}

TakenEvents take(Books& books, const std::vector<Event>& events, RunMode mode = RunMode::write) {
  Result<TakenEvents> taken = take_events(books, events, {}, stamp_after, mode);
  REQUIRE(taken.ok());
  return std::move(taken).value();
}

Decimal drawn(const Books& books) {
  return drawn_by_grant(books.store().read_draws(0))["lunar-1"];
}

}  // namespace

TEST_CASE("events: a key that is known changes nothing, even when the grant has run out since") {
  Books books = book();
  const TakenEvents first = take(books, {event("a", "60"), event("b", "40")});
  CHECK(first.recorded.record == 3);
  CHECK(first.taken_count == 2);
  CHECK(drawn(books).to_string() == "100");

  const TakenEvents again = take(books, {event("b", "40.0"), event("a", "60")});
  CHECK(again.recorded.record == 0);
  CHECK(again.known_count == 2);
  CHECK(again.refused.empty());
  CHECK(books.store().record_count() == 3);

  const TakenEvents more = take(books, {event("a", "60"), event("c", "5")});
  CHECK(more.known_count == 1);
  CHECK(more.taken_count == 1);
  CHECK(drawn(books).to_string() == "100");  // 5 in cash
}

TEST_CASE("events: a key with other content is refused, and both contents are named") {
  Books books = book();
  take(books, {event("a", "60")});
  const TakenEvents taken = take(books, {event("a", "61"), event("b", "1"), event("b", "2")});
  CHECK(taken.taken_count == 1);
  REQUIRE(taken.refused.size() == 2);
  const Error& in_book = taken.refused[0].error;
  CHECK(in_book.code == ErrorCode::event_conflict);
  CHECK(taken.refused[0].index == 0);
  REQUIRE(in_book.notes.size() == 2);
  CHECK(in_book.notes[0].find("record 3: 60 USD") != std::string::npos);
  CHECK(in_book.notes[1].find("given: 61 USD") != std::string::npos);
  const Error& in_stream = taken.refused[1].error;
  CHECK(taken.refused[1].index == 2);
  CHECK(in_stream.notes[0].find("earlier in the stream: 1 USD") != std::string::npos);
  CHECK(drawn(books).to_string() == "61");
}

TEST_CASE("events: what matches nobody is known for ever and no charge") {
  Books books = book();
  const TakenEvents taken = take(books, {event("x", "7", "ba-2")});
  CHECK(taken.taken_count == 1);
  CHECK(taken.recorded.charges.empty());
  CHECK(taken.recorded.entries.empty());
  add(books, deal("nova", "ba-2", "50"));
  CHECK(take(books, {event("x", "7", "ba-2")}).known_count == 1);
  CHECK(take(books, {event("y", "7", "ba-2")}).recorded.charges.size() == 1);
}

TEST_CASE("events: a dry run takes nothing") {
  Books books = book();
  const TakenEvents taken = take(books, {event("a", "60")}, RunMode::dry_run);
  CHECK(taken.recorded.record == 3);
  CHECK(taken.recorded.entries.size() == 1);
  CHECK(books.store().record_count() == 2);
  CHECK(take(books, {event("a", "60")}).taken_count == 1);
}

TEST_CASE("events: none of a group is taken where the book lacks a rate for one") {
  Books books = book();
  Event euros = event("e", "5");
  euros.key.currency = "EUR";
  EventTerms terms;
  terms.overage_currencies = {"EUR"};
  const Result<TakenEvents> refused =
      take_events(books, {event("a", "60"), euros}, terms, stamp_after, RunMode::write);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == ErrorCode::rate_missing);
  CHECK(books.store().record_count() == 2);
  CHECK(take(books, {event("a", "60")}).taken_count == 1);
}

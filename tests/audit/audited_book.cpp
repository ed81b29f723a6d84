#include "tests/audit/audited_book.h"

#include <algorithm>
#include <tuple>

#include <SQLiteCpp/SQLiteCpp.h>

#include "accounting/posting/checkpoints.h"
#include "ledger/error/check.h"
#include "ledger/intake/event_reader.h"

namespace accrue::testing {

namespace {

Currency usd() { return Currency::from_code("USD").value(); }
Decimal decimal(std::string_view text) { return Decimal::parse(text).value(); }
Instant instant(const std::string& text) { return Instant::parse(text).value(); }

Fact deal(const std::string& investee, const std::string& tranche_id,
          const std::string& fair_value) {
  Investment deal;
  deal.id = investee + "-2024";
  deal.investee = investee;
  deal.signed_on = Date::of(2024, 4, 1);
  deal.cash = Amount{decimal("1000"), usd()};
  deal.fair_value_of_stake = Amount{decimal(fair_value), usd()};
  deal.matching.billing_accounts = {investee};
  Tranche tranche{
      .id = tranche_id,
      .face = {decimal("1000"), usd()},
      .issued_on = deal.signed_on,
      .begins_on = std::nullopt,
      .expires_on = Date::of(2024, 7, 1),
      .priority = 100,
      .transaction_price = std::nullopt,
      .bonus = false,
      .scope = {},
      .breakage_method = BreakageMethod::proportional,
      .expected_unused = ExpectedUnused{ExpectedUnused::Measure::percent_of_face, decimal("10")}};
  deal.tranches.push_back(tranche);
  return InvestmentAdded{deal, investee + ".toml", "terms of " + investee};
}

Fact usage(char file, const std::vector<std::tuple<std::string, std::string, std::string>>& uses) {
  Delivery delivery;
  delivery.terms.source = "aliyun";
  delivery.files.push_back(
      {std::string{"usage-"} + file + ".csv", std::string(32, file), 100, 2, 0});
  for (const auto& [investee, on, amount] : uses) {
    Charge charge;
    charge.at = instant(on + "T12:00:00Z");
    charge.key = {investee, "USD", investee, "", "GPU", "H20", "cn-north"};
    charge.row_count = 1;
    charge.amount = decimal(amount);
    charge.billing_period = Period::parse(on.substr(0, 7)).value();
    delivery.charges.push_back(charge);
  }
  std::sort(delivery.charges.begin(), delivery.charges.end(), [](const auto& a, const auto& b) {
    return std::tie(a.at, a.key) < std::tie(b.at, b.key);
  });
  return UsageImported{std::move(delivery)};
}

Event event(const std::string& id, const std::string& amount) {
  Event event = read_event(R"({"specversion":"1.0","type":"used","source":"meter","id":")" + id +
                           R"(","time":"2024-05-20T10:00:00Z","data":{"account":"lunar",)" +
                           R"("amount":")" + amount + R"(","currency":"USD"}})")
                    .value();
  event.key.investee = "lunar";
  return event;
}

Fact close(int month) {
  PeriodClosed fact;
  fact.period = Period::of(2024, month);
  return fact;
}

/// Nothing: the head is signed there.
using Step = std::optional<Fact>;

std::vector<Step> steps() {
  const Period april = Period::of(2024, 4);
  return {
      KeyRegistered{"ada", audited_key().verifier().text()},
      deal("lunar", "T1", "1900"),
      deal("orbit", "T2", "1500"),
      RatesImported{
          "rates.csv",
          std::string(32, 'r'),
          {{Date::of(2024, 4, 1), Currency::from_code("EUR").value(), decimal("1.1"), "bank"}}},
      SegmentImported{
          "cloud.csv",
          std::string(32, 's'),
          {{"cloud", "first", {april, april}, usd(), decimal("5000"), "release", {}, {}}}},
      RateCardAdded{{"gpu", usd(), {{"GPU", "", "", "hour", Date::of(2024, 4, 1), decimal("2")}}},
                    "gpu.toml",
                    "id = 'gpu'"},
      usage('a', {{"lunar", "2024-04-10", "100.25"}, {"orbit", "2024-04-12", "40"}}),
      close(4),
      Step{},
      usage('b', {{"lunar", "2024-04-28", "7.5"},
                  {"lunar", "2024-05-03", "60"},
                  {"orbit", "2024-05-04", "33.33"}}),
      EventsAccepted{CatchUpClass::new_information, {event("e1", "5"), event("e2", "6.125")}},
      EstimateChanged{"T1", ExpectedUnused{ExpectedUnused::Measure::percent_of_face, decimal("12")},
                      Period::of(2024, 5)},
      close(5),
      PeriodReopened{Period::of(2024, 5)},
      close(5),
      Step{},
      usage('c', {{"orbit", "2024-06-30", "11"}}),
  };
}

}  // namespace

SigningKey audited_key() {
  return SigningKey::from_seed("ledger.example.com", KeyBytes{7}).value();
}

Books audited_book(Store store, Checkpoints checkpoints, const FactChange& change) {
  const Instant begin = instant("2024-07-01T08:00:00Z");
  Fact opened = BookOpened{.name = "audited",
                           .book_id = "00112233445566778899aabbccddeeff",
                           .functional_currency = usd(),
                           .time_zone = "UTC",
                           .time_zone_data = "test",
                           .fiscal_start_month = 1,
                           .first_period = Period::of(2024, 4)};
  if (change) change(1, opened);
  Books books =
      Books::create(std::move(store), std::get<BookOpened>(opened), {begin, "ada", "a new book"})
          .value();
  for (Step& step : steps()) {
    if (!step && checkpoints == Checkpoints::none) continue;
    Fact fact = step ? *step : sign_head(books.store(), books.state(), audited_key()).value();
    const std::int64_t record = books.state().record_count + 1;
    if (change) change(record, fact);
    Stamp stamp{begin, "ada", "step " + std::to_string(record)};
    stamp.now.microseconds += record * 1'000'000;
    const Result<Recorded> recorded = books.record(std::move(fact), stamp, RunMode::write);
    LEDGER_CHECK(recorded.ok(), recorded.ok() ? "" : recorded.error().message,
                 "record " + std::to_string(record));
  }
  return books;
}

std::string last_note(const Store& store) {
  const BookState state = load_state(store, store.record_count());
  return to_string(state.checkpoints.back().note);
}

std::vector<std::string> dump(const Store& store) {
  std::vector<std::string> rows;
  for (const std::string& table : store.table_names()) {
    store.for_each_row(table, [&](const std::string& row) { rows.push_back(table + ": " + row); });
  }
  return rows;
}

void alter(const std::string& path, const std::string& sql) {
  SQLite::Database database{path, SQLite::OPEN_READWRITE};
  std::vector<std::pair<std::string, std::string>> guards;
  {
    SQLite::Statement query{database, "SELECT name, sql FROM sqlite_schema WHERE type='trigger'"};
    while (query.executeStep()) guards.emplace_back(query.getColumn(0), query.getColumn(1));
  }
  for (const auto& [name, definition] : guards) database.exec("DROP TRIGGER " + name);
  database.exec(sql);
  for (const auto& [name, definition] : guards) database.exec(definition);
}

}  // namespace accrue::testing

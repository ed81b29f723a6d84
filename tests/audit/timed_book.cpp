#include "tests/audit/timed_book.h"

#include <optional>
#include <utility>

#include <doctest/doctest.h>

namespace accrue::testing {

namespace {

Currency usd() { return Currency::from_code("USD").value(); }

Stamp stamp(const std::string& at, const std::string& author) {
  Stamp made;
  made.now = Instant::parse(at).value();
  made.author = author;
  made.reason = "because";
  return made;
}

Books created(const std::string& zone) {
  const BookOpened opened{.name = "timed",
                          .book_id = "00112233445566778899aabbccddeeff",
                          .functional_currency = usd(),
                          .time_zone = zone,
                          .time_zone_data = TimeZone::data_version(),
                          .fiscal_start_month = 1,
                          .first_period = Period::parse("2024-03").value()};
  return Books::create(Store::in_memory(), opened, stamp("2024-03-01T00:00:00Z", "ana")).value();
}

}  // namespace

TimedBook::TimedBook(const std::string& zone) : books_{created(zone)} {}

void TimedBook::record(Fact fact, const std::string& at, const std::string& author) {
  const Result<Recorded> recorded =
      books_.record(std::move(fact), stamp(at, author), RunMode::write);
  if (!recorded.ok()) FAIL(recorded.error().message);
}

void TimedBook::add_deal(const std::string& face, const std::string& at,
                         const std::string& author) {
  Investment deal;
  deal.id = "deal";
  deal.investee = "a";
  deal.signed_on = Date::parse("2024-03-01").value();
  deal.matching.billing_accounts = {"a"};
  deal.tranches.push_back({.id = "T1",
                           .face = {Decimal::parse(face).value(), usd()},
                           .issued_on = deal.signed_on,
                           .begins_on = std::nullopt,
                           .expires_on = std::nullopt,
                           .transaction_price = std::nullopt,
                           .scope = {},
                           .expected_unused = std::nullopt});
  record(InvestmentAdded{deal, "deal.toml", "terms"}, at, author);
}

void TimedBook::use(const std::string& amount, const std::string& charged_at,
                    const std::string& at, const std::string& author) {
  constexpr std::size_t size_of_a_day = 10;
  Delivery delivery;
  delivery.files.push_back(
      {"usage.csv", std::string(31, 'x') + static_cast<char>('a' + files_++), 1, 1, 0});
  Charge charge;
  charge.at = Instant::parse(charged_at.size() == size_of_a_day ? charged_at + "T12:00:00Z"
                                                                : charged_at)
                  .value();
  charge.key = {"a", "USD", "a", "", "gpu", "sku", "r1"};
  charge.row_count = 1;
  charge.amount = Decimal::parse(amount).value();
  delivery.charges.push_back(charge);
  record(UsageImported{std::move(delivery)}, at, author);
}

}  // namespace accrue::testing

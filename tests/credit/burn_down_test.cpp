#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "ledger/credit/burn_down.h"

using namespace accrue;

namespace {

Grant grant(const std::string& id, std::int64_t face, std::int32_t priority) {
  const Currency usd = Currency::from_code("USD").value();
  return {.id = id,
          .investment = "deal",
          .tranche = id,
          .investee = "lunar",
          .face = {Decimal::from_integer(face), usd},
          .price_minor_units = 0,
          .price_per_unit = 1,
          .received_on = {},
          .issued_on = {},
          .begins_at = Instant{0},
          .ends_at = std::nullopt,
          .expiry_period = std::nullopt,
          .priority = priority,
          .scope = {},
          .breakage_method = BreakageMethod::remote,
          .expected_unused = std::nullopt};
}

/// A charge before it is numbered.
struct Stated {
  std::int64_t hour;
  std::string sku;
  std::int64_t amount;
  Charge::Kind kind = Charge::Kind::served;
};

std::vector<OpenCharge> open(BurnDown& served, const std::vector<Stated>& stated) {
  std::vector<OpenCharge> charges;
  for (const Stated& from : stated) {
    const std::int64_t days = from.hour / 24;
    const Date on{static_cast<std::int32_t>(days)};
    charges.push_back({Instant{from.hour * 3'600'000'000}, on, Period::of(on),
                       served.number_of({"lunar", "USD", "ba-1", "", "gpu", from.sku, "r1"}),
                       from.kind, Decimal::from_integer(from.amount)});
  }
  return charges;
}

/// Everything that can be asked, as text.
std::string everything(const BurnDown& served) {
  std::string text;
  for (const ServedSum& sum : served.sums()) {
    text += sum.at.to_string() + " " + served.keys()[sum.key].sku + " " + sum.amount.to_string();
    for (const Draw& draw : served.draws_of(sum)) {
      text += " | " + std::to_string(static_cast<int>(draw.payer)) + " " +
              std::to_string(draw.grant) + " " + draw.served_period.to_string() + " " +
              served.consumed(draw).sku + " " + draw.amount.to_string();
    }
    text += "\n";
  }
  for (const auto& [key, amount] : served.totals()) {
    text += key.grant + " " + key.origin_period.to_string() + " " +
            key.served_period.to_string() + " " + key.sku + " " + amount.to_string() + "\n";
  }
  for (const auto& [key, amount] : served.cash_funded()) {
    if (amount.is_zero()) continue;
    text += key.on.to_string() + " " + key.service + " " + amount.to_string() + "\n";
  }
  return text;
}

std::vector<Stated> random_charges(std::mt19937_64& random, std::size_t count) {
  std::vector<Stated> charges;
  for (std::size_t i = 0; i < count; ++i) {
    const bool is_refund = random() % 4 == 0;
    const auto amount = static_cast<std::int64_t>(1 + random() % 30);
    charges.push_back({static_cast<std::int64_t>(random() % 1500),
                       is_refund && random() % 2 == 0 ? "" : "s" + std::to_string(random() % 3),
                       is_refund ? -amount : amount,
                       random() % 10 == 0 ? Charge::Kind::reduction : Charge::Kind::served});
  }
  return charges;
}

}  // namespace

TEST_CASE("burn-down: charges added one after another are served as all at once") {
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    CAPTURE(seed);
    std::mt19937_64 random{seed};
    const std::vector<Grant> grants{grant("T1", 100, 100), grant("T2", 150, 50)};
    const DrawTotals frozen{{{"lunar", "USD", "T1", Period::of(1969, 12), Period::of(1969, 12),
                              "gpu", "s1", "r1"},
                             Decimal::from_integer(40)}};
    const std::vector<Stated> stated = random_charges(random, 1 + random() % 60);
    BurnDown whole{grants, frozen};
    whole.add(open(whole, stated));

    const std::size_t stride = 1 + random() % 8;
    BurnDown grown{grants, frozen, stride};
    for (std::size_t at = 0; at < stated.size();) {
      const std::size_t size = std::min<std::size_t>(1 + random() % 9, stated.size() - at);
      const auto first = stated.begin() + static_cast<std::ptrdiff_t>(at);
      grown.add(open(grown, {first, first + static_cast<std::ptrdiff_t>(size)}));
      at += size;
    }
    REQUIRE(everything(grown) == everything(whole));
  }
}

TEST_CASE("burn-down: what lies before the charges added stays served") {
  BurnDown served{{grant("T1", 100, 100)}, {}, 2};
  std::vector<Stated> stated;
  for (std::int64_t hour = 0; hour < 10; ++hour) stated.push_back({hour, "s", 1});
  served.add(open(served, stated));
  CHECK(served.first_served() == 0);

  served.add(open(served, {{10, "s", 1}}));
  CHECK(served.first_served() == 10);

  // States are kept before sums 2, 4, 6, 8 and 10; the new sum comes after the one of hour 5.
  served.add(open(served, {{5, "t", 1}}));
  CHECK(served.first_served() == 4);
  CHECK(served.sums().size() == 12);

  served.add(open(served, {{11, "s", 3, Charge::Kind::reduction}}));
  CHECK(served.first_served() == served.sums().size());
}

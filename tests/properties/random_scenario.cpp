#include "tests/properties/random_scenario.h"

#include <set>
#include <string>
#include <utility>

namespace accrue::testing {

namespace {

Decimal random_amount(std::mt19937_64& random, int most) {
  return Decimal::from_scaled(static_cast<std::int64_t>(random() % 100) * most, 2);
}

Decimal whole(std::uint64_t number) {
  return Decimal::from_integer(static_cast<std::int64_t>(number));
}

Distribution random_factor(std::mt19937_64& random) {
  switch (random() % 4) {
    case 0: return NormalShock{whole(random() % 10), whole(random() % 40)};
    case 1: return LognormalShock{whole(random() % 60)};
    case 2: return TriangularShock{whole(50), whole(50 + random() % 50), whole(150)};
    default: return UniformShock{whole(random() % 90), whole(90 + random() % 60)};
  }
}

Uncertainty::Lasts random_lasts(std::mt19937_64& random) {
  constexpr Uncertainty::Lasts all[] = {Uncertainty::Lasts::month, Uncertainty::Lasts::path,
                                        Uncertainty::Lasts::walk};
  return all[random() % 3];
}

/// A day of the months.
Date random_day(std::mt19937_64& random, PeriodRange months) {
  const int first = months.first.first_day().days;
  const int count = months.last.last_day().days - first + 1;
  return Date{first + static_cast<int>(random() % static_cast<unsigned>(count))};
}

void add_late_tranche(std::mt19937_64& random, PeriodRange months, Scenario& scenario) {
  const Drawdown& drawdown = scenario.drawdowns[random() % scenario.drawdowns.size()];
  const Date issued_on = random_day(random, months);
  ExtraTranche tranche{.id = "late",
                       .investee = drawdown.investee,
                       .face = {whole(50 + random() % 500),
                                Currency::from_code(drawdown.currency).value()},
                       .price = std::nullopt,
                       .issued_on = issued_on,
                       .expires_on = std::nullopt,
                       .priority = static_cast<std::int32_t>(99 + random() % 3),
                       .scope = {},
                       .expected_unused = std::nullopt};
  if (random() % 2 == 0) {
    tranche.expires_on = Date{issued_on.days + 20 + static_cast<int>(random() % 100)};
  }
  scenario.extra_tranches.push_back(tranche);
  scenario.uncertainties.push_back({Uncertainty::Of::delay, Uncertainty::Lasts::path, "late",
                                    UniformShock{whole(0), whole(1 + random() % 5)}, "random"});
}

void add_deal(std::mt19937_64& random, PeriodRange months, Scenario& scenario) {
  Investment deal;
  deal.id = "perhaps";
  deal.investee = random() % 2 == 0 ? scenario.drawdowns.front().investee : "newcomer";
  deal.signed_on = random_day(random, months);
  const Currency currency = Currency::from_code(scenario.drawdowns.front().currency).value();
  deal.tranches = {Tranche{.id = "p1",
                           .face = {whole(100 + random() % 400), currency},
                           .issued_on = deal.signed_on,
                           .begins_on = {},
                           .expires_on = {},
                           .transaction_price = {},
                           .scope = {},
                           .expected_unused = {}}};
  deal.shares = Shares::with_tranche;
  deal.matching.billing_accounts = {"acct-perhaps"};
  scenario.pipeline.push_back({deal, "perhaps.toml", "", whole(50)});
  if (deal.investee != "newcomer") return;
  Drawdown drawdown;
  drawdown.name = deal.investee;
  drawdown.investee = deal.investee;
  drawdown.currency = std::string{currency.code()};
  drawdown.curve = WeightsCurve{{}, {whole(1)}, 4};
  drawdown.after = StopUsing{};
  scenario.drawdowns.push_back(drawdown);
}

}  // namespace

Scenario random_scenario(std::mt19937_64& random, const BookState& state) {
  Scenario scenario;
  scenario.name = "random";
  scenario.file = "random.toml";
  scenario.sha256 = std::string(64, '0');
  scenario.start = FromNow{};
  scenario.months = 1 + static_cast<int>(random() % 5);
  std::set<std::pair<std::string, std::string>> wallets;
  for (const HeldGrant& held : state.grants) {
    wallets.emplace(held.grant.investee, std::string{held.grant.face.currency.code()});
  }
  for (const auto& [investee, currency] : wallets) {
    Drawdown drawdown;
    drawdown.name = investee + "-" + currency;
    drawdown.investee = investee;
    drawdown.currency = currency;
    TableCurve table;
    for (int month = 0; month < scenario.months; ++month) {
      table.amounts.push_back(random_amount(random, 700));
    }
    drawdown.curve = table;
    switch (random() % 3) {
      case 0: drawdown.after = StopUsing{}; break;
      case 1: drawdown.after = PayCash{Decimal::from_integer(60)}; break;
      default:
        drawdown.after = NewGrant{
            {Decimal::from_integer(250), Currency::from_code(currency).value()}, std::nullopt, 2};
    }
    scenario.drawdowns.push_back(drawdown);
  }
  if (random() % 2 == 0) {
    scenario.price_changes.push_back({"*", Period{state.closed_through()
                                                      ? state.closed_through()->months + 2
                                                      : 2024 * 12 + 3},
                                      Decimal::from_integer(-30)});
  }
  return scenario;
}

void make_uncertain(std::mt19937_64& random, PeriodRange months, Scenario& scenario) {
  scenario.common_percent = whole(random() % 3 * 30);
  if (random() % 2 == 0) add_late_tranche(random, months, scenario);
  if (random() % 2 == 0) add_deal(random, months, scenario);
  scenario.uncertainties.push_back({Uncertainty::Of::volume, random_lasts(random), "*",
                                    random_factor(random), "random"});
  if (random() % 2 == 0) {
    scenario.uncertainties.push_back({Uncertainty::Of::price, random_lasts(random), "*",
                                      random_factor(random), "random"});
  }
  if (random() % 3 == 0) {
    scenario.uncertainties.push_back({Uncertainty::Of::stop, Uncertainty::Lasts::month,
                                      scenario.drawdowns.front().investee,
                                      BernoulliShock{whole(20)}, "random"});
  }
}

}  // namespace accrue::testing

#include <doctest/doctest.h>

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "ledger/intake/usage.h"
#include "tests/intake/focus_sample.h"

using namespace accrue;
using namespace accrue::testing;

namespace {

FocusSample::Cells random_row(std::mt19937_64& random) {
  const auto one_of = [&](std::vector<std::string> texts) { return texts[random() % texts.size()]; };
  const std::string day = "2026-0" + std::to_string(1 + random() % 3) + "-1" +
                          std::to_string(random() % 10);
  const std::string cents = std::to_string(static_cast<long>(random() % 20'000) - 6'000);
  return {{"BillingAccountId", one_of({"ba-1", "ba-1", "ba-2"})},
          {"SubAccountId", one_of({"", "s"})},
          {"ServiceName", one_of({"GPU", "\"Disk, fast\""})},
          {"SkuId", one_of({"a", "b", "NULL"})},
          {"ChargeCategory", one_of({"Usage", "Usage", "Adjustment", "Tax", "Purchase"})},
          {"ChargeClass", one_of({"", "", "Correction"})},
          {"BillingCurrency", one_of({"USD", "EUR"})},
          {"ChargePeriodStart", day + "T00:00:00Z"},
          {"ChargePeriodEnd", day + "T01:00:00Z"},
          {"EffectiveCost", cents + "E-4"}};
}

Investment deal() {
  Investment investment;
  investment.id = "deal";
  investment.investee = "lunar";
  investment.matching.billing_accounts = {"ba-1"};
  return investment;
}

Delivery read(const std::vector<const FocusSample*>& samples, const AccountMatcher& matcher,
              const TimeZone& zone) {
  std::vector<std::unique_ptr<ScratchFile>> files;
  std::vector<std::string> paths;
  for (const FocusSample* sample : samples) {
    files.push_back(std::make_unique<ScratchFile>(sample->text()));
    paths.push_back(files.back()->path());
  }
  const auto has_grant = [](const std::string&, const std::string&) { return true; };
  Result<DeliveryReading> reading =
      read_usage(paths, {}, {.matcher = matcher, .zone = zone, .has_grant = has_grant, .progress = {}});
  REQUIRE(reading.ok());
  return std::move(reading).value().delivery;
}

bool equal_charges(const Delivery& a, const Delivery& b) {
  return std::equal(a.charges.begin(), a.charges.end(), b.charges.begin(), b.charges.end(),
                    [](const Charge& x, const Charge& y) {
                      return x.at == y.at && x.key == y.key && x.category == y.category &&
                             x.charge_class == y.charge_class && x.row_count == y.row_count &&
                             x.amount == y.amount;
                    });
}

}  // namespace

TEST_CASE("one file reads as the same lines split over several files do") {
  const TimeZone zone = TimeZone::named("Asia/Shanghai").value();
  const std::vector<Investment> investments{deal()};
  const AccountMatcher matcher{investments, zone};
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    CAPTURE(seed);
    std::mt19937_64 random{seed};
    FocusSample whole;
    std::vector<FocusSample> parts(2 + random() % 3);
    const std::size_t rows = parts.size() + random() % 20;
    for (std::size_t i = 0; i < rows; ++i) {
      const FocusSample::Cells row = random_row(random);
      whole.row(row);
      // No part is empty, and none equals another: the same file twice is refused.
      FocusSample::Cells own = row;
      parts[i < parts.size() ? i : random() % parts.size()].row(own);
    }
    std::vector<const FocusSample*> several;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      parts[i].with("x_Part" + std::to_string(i));
      several.push_back(&parts[i]);
    }
    const Delivery once = read({&whole}, matcher, zone);
    const Delivery split = read(several, matcher, zone);
    REQUIRE(equal_charges(once, split));
    REQUIRE(once.by_category == split.by_category);
    REQUIRE(once.by_account == split.by_account);
    REQUIRE(once.other_customers == split.other_customers);
    REQUIRE(once.crossing == split.crossing);
    std::int64_t counted = 0;
    for (const auto& [key, total] : once.by_category) counted += total.row_count;
    REQUIRE(counted == static_cast<std::int64_t>(rows));
  }
}

#include "ledger/credit/investment.h"

#include <string>

#include <doctest/doctest.h>

using namespace accrue;

TEST_CASE("scope: a pattern matches the whole text, by code points and by case") {
  struct Row {
    std::string pattern;
    std::string text;
    bool matches;
  };
  const Row rows[] = {
      {"", "", true},
      {"", "a", false},
      {"gpu", "gpu", true},
      {"gpu", "GPU", false},
      {"gpu", "gpus", false},
      {"gpu", "a gpu", false},
      {"*", "", true},
      {"*", "anything", true},
      {"a*", "a", true},
      {"a*c", "abbc", true},
      {"a*c", "abcb", false},
      {"*.large", "m5.large", true},
      {"*a*b*", "xxaxxbxx", true},
      {"*a*b*", "xxbxxaxx", false},
      {"**", "a", true},
      {"a*b*c", "a-b-b-c", true},
      {"?", "a", true},
      {"?", "", false},
      {"?", "ab", false},
      {"?", "阿", true},
      {"??", "é云", true},
      {"*?", "", false},
      {"[abc]", "b", true},
      {"[abc]", "d", false},
      {"[a-c]x", "bx", true},
      {"[a-c]", "d", false},
      {"[!a-c]", "d", true},
      {"[!a-c]", "b", false},
      {"[!a]", "", false},
      {"[а-я]", "ж", true},
      {"[а-я]", "z", false},
      {"[-a]", "-", true},
      {"[a-]", "-", true},
      {"[a-]", "b", false},
      {"[]x]", "]", true},
      {"[!]]", "]", false},
      {"[*]", "*", true},
      {"[*]", "a", false},
      {"[z-a]", "m", false},
      {"us-[ew]*-[0-9]", "us-east-1", true},
      {"us-[ew]*-[0-9]", "us-north-1", false},
      {"[abc", "[abc", true},
      {"[abc", "a", false},
      {"a[", "a[", true},
      {"*[ab]", "xxb", true},
      {"*[ab]c", "abbc", true},
  };
  for (const Row& row : rows) {
    CAPTURE(row.pattern);
    CAPTURE(row.text);
    CHECK(matches_pattern(row.pattern, row.text) == row.matches);
  }
}

TEST_CASE("scope: many stars cost no more than text times pattern") {
  std::string pattern;
  for (int i = 0; i < 200; ++i) pattern += "a*";
  pattern += 'b';
  const std::string text(20'000, 'a');
  CHECK_FALSE(matches_pattern(pattern, text));
}

TEST_CASE("scope: usage is admitted when every list given has a pattern for it") {
  Scope everything;
  CHECK_FALSE(everything.is_limited());
  CHECK(everything.admits("GPU", "us-east-1", ""));

  Scope scope;
  scope.services = {"GPU*", "Storage"};
  scope.regions = {"us-*"};
  struct Row {
    std::string why;
    std::string service;
    std::string region;
    std::string sku;
    bool admitted;
  };
  const Row rows[] = {
      {"both fit, the sku is free", "GPU hours", "us-east-1", "any", true},
      {"the second pattern of a list fits", "Storage", "us-west-2", "", true},
      {"the region does not fit", "GPU", "eu-west-1", "", false},
      {"the service does not fit", "Network", "us-east-1", "", false},
      {"no region stated by the usage", "GPU", "", "", false},
  };
  CHECK(scope.is_limited());
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(scope.admits(row.service, row.region, row.sku) == row.admitted);
  }

  Scope by_sku;
  by_sku.skus = {"h100-?"};
  CHECK(by_sku.admits("", "", "h100-8"));
  CHECK_FALSE(by_sku.admits("", "", "h100-16"));
}

TEST_CASE("expected unused: an amount stands, a percent is of the face") {
  const Decimal face = Decimal::parse("300000000").value();
  const ExpectedUnused percent{ExpectedUnused::Measure::percent_of_face,
                               Decimal::parse("4.5").value()};
  CHECK(percent.of(face) == Decimal::parse("13500000").value());
  CHECK(percent.to_string() == "4.5%");
  const ExpectedUnused amount{ExpectedUnused::Measure::amount, Decimal::parse("1200.50").value()};
  CHECK(amount.of(face) == Decimal::parse("1200.5").value());
  CHECK(amount.to_string() == "1200.5");
  // 3.3333% of 1234.56 is 41.15158848.
  const ExpectedUnused odd{ExpectedUnused::Measure::percent_of_face,
                           Decimal::parse("3.3333").value()};
  CHECK(odd.of(Decimal::parse("1234.56").value()) == Decimal::parse("41.15158848").value());
}

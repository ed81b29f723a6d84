#include "ledger/credit/matching.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace accrue;

namespace {

struct Deal {
  std::string id;
  std::string investee;
  std::vector<std::string> billing_accounts;
  std::vector<std::string> sub_accounts = {};
  std::string from = "";
  std::string to = "";
  std::optional<Basis> basis = std::nullopt;
};

Investment investment(const Deal& deal) {
  Investment made;
  made.id = deal.id;
  made.investee = deal.investee;
  made.basis = deal.basis;
  made.matching.billing_accounts = deal.billing_accounts;
  made.matching.sub_accounts = deal.sub_accounts;
  if (!deal.from.empty()) made.matching.from_on = Date::parse(deal.from).value();
  if (!deal.to.empty()) made.matching.to_on = Date::parse(deal.to).value();
  return made;
}

std::vector<Investment> investments(const std::vector<Deal>& deals) {
  std::vector<Investment> made;
  for (const Deal& deal : deals) made.push_back(investment(deal));
  return made;
}

Instant at(std::string_view text) { return Instant::parse(text).value(); }
TimeZone zone(std::string_view name = "UTC") { return TimeZone::named(name).value(); }

std::string found(const AccountMatcher& matcher, std::string_view billing, std::string_view sub,
                  std::string_view instant) {
  const AccountMatcher::Match* match = matcher.find(billing, sub, at(instant));
  return match == nullptr ? "" : match->investee;
}

}  // namespace

TEST_CASE("matching: an account is its investee's, and a sub account's match wins") {
  const AccountMatcher matcher{
      investments({
          {.id = "a", .investee = "Lab A", .billing_accounts = {"ba-1"}},
          {.id = "b", .investee = "Lab B", .billing_accounts = {}, .sub_accounts = {"sub-b"}},
      }),
      zone()};
  struct Row {
    std::string why;
    std::string billing;
    std::string sub;
    std::string investee;
  };
  const Row rows[] = {
      {"the billing account", "ba-1", "", "Lab A"},
      {"a sub account of it", "ba-1", "sub-a", "Lab A"},
      {"the sub account wins", "ba-1", "sub-b", "Lab B"},
      {"the sub account under another billing account", "ba-2", "sub-b", "Lab B"},
      {"nobody's", "ba-2", "sub-a", ""},
      {"ids are texts: 1 is not 01", "ba-01", "", ""},
      {"a sub account's id is not a billing account's", "sub-b", "", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(found(matcher, row.billing, row.sub, "2026-05-01") == row.investee);
  }
}

TEST_CASE("matching: a match holds from its first midnight up to its last, in the book's zone") {
  const std::vector<Deal> deals{{.id = "a",
                                 .investee = "Lab A",
                                 .billing_accounts = {"ba-1"},
                                 .from = "2026-05-01",
                                 .to = "2026-06-01"}};
  const AccountMatcher utc{investments(deals), zone()};
  CHECK(found(utc, "ba-1", "", "2026-04-30T23:59:59.999999Z") == "");
  CHECK(found(utc, "ba-1", "", "2026-05-01T00:00:00Z") == "Lab A");
  CHECK(found(utc, "ba-1", "", "2026-05-31T23:59:59.999999Z") == "Lab A");
  CHECK(found(utc, "ba-1", "", "2026-06-01T00:00:00Z") == "");

  // Shanghai is eight hours ahead: its day begins at 16:00 the day before.
  const AccountMatcher shanghai{investments(deals), zone("Asia/Shanghai")};
  CHECK(found(shanghai, "ba-1", "", "2026-04-30T15:59:59Z") == "");
  CHECK(found(shanghai, "ba-1", "", "2026-04-30T16:00:00Z") == "Lab A");
  CHECK(found(shanghai, "ba-1", "", "2026-05-31T16:00:00Z") == "");
}

TEST_CASE("matching: a billing account shows again where the sub account's match has ended") {
  const AccountMatcher matcher{investments({
                                   {.id = "a", .investee = "Lab A", .billing_accounts = {"ba-1"}},
                                   {.id = "b",
                                    .investee = "Lab B",
                                    .billing_accounts = {},
                                    .sub_accounts = {"sub-1"},
                                    .from = "2026-05-10",
                                    .to = "2026-05-20"},
                               }),
                               zone()};
  CHECK(found(matcher, "ba-1", "sub-1", "2026-05-09") == "Lab A");
  CHECK(found(matcher, "ba-1", "sub-1", "2026-05-10") == "Lab B");
  CHECK(found(matcher, "ba-1", "sub-1", "2026-05-20") == "Lab A");

  // An answer holds as long as it says, and no longer.
  const auto before = matcher.answer("ba-1", "sub-1", at("2026-05-09"));
  CHECK(before.holds_at(at("2026-05-09T23:59:59Z")));
  CHECK_FALSE(before.holds_at(at("2026-05-10")));
  const auto after = matcher.answer("ba-1", "sub-1", at("2026-05-21"));
  CHECK(after.holds_at(at("2026-05-20")));
  CHECK_FALSE(after.holds_at(at("2026-05-19T23:59:59Z")));
  const auto nobody = matcher.answer("ba-2", "", at("2026-05-21"));
  CHECK(nobody.match == nullptr);
  CHECK(nobody.holds_at(at("2026-01-01")));
}

TEST_CASE("matching: two deals of one investee are one match, with the basis either states") {
  const AccountMatcher matcher{
      investments({
          {.id = "first", .investee = "Lab", .billing_accounts = {"ba-1"}, .to = "2026-06-01"},
          {.id = "second",
           .investee = "Lab",
           .billing_accounts = {"ba-1"},
           .from = "2026-05-01",
           .basis = Basis::list},
      }),
      zone()};
  struct Row {
    std::string instant;
    std::string investment;
    std::optional<Basis> basis;
  };
  const Row rows[] = {
      {"2026-04-30", "first", std::nullopt},
      {"2026-05-15", "first", Basis::list},
      {"2026-06-01", "second", Basis::list},
  };
  for (const Row& row : rows) {
    CAPTURE(row.instant);
    const AccountMatcher::Match* match = matcher.find("ba-1", "", at(row.instant));
    REQUIRE(match != nullptr);
    CHECK(match->investee == "Lab");
    CHECK(match->investment == row.investment);
    CHECK(match->basis == row.basis);
  }
}

TEST_CASE("matching: two investees may not hold one account at one time") {
  const Deal present{.id = "a",
                     .investee = "Lab A",
                     .billing_accounts = {"ba-1", "ba-2"},
                     .sub_accounts = {"sub-1"},
                     .from = "2026-05-01",
                     .to = "2026-06-01"};
  struct Row {
    std::string why;
    Deal added;
    std::optional<ErrorCode> refused;
  };
  const Row rows[] = {
      {"another account", {.id = "b", .investee = "Lab B", .billing_accounts = {"ba-3"}}, {}},
      {"the same account at all times",
       {.id = "b", .investee = "Lab B", .billing_accounts = {"ba-2"}},
       ErrorCode::account_taken},
      {"up to the day the other begins",
       {.id = "b", .investee = "Lab B", .billing_accounts = {"ba-1"}, .to = "2026-05-01"},
       {}},
      {"one day into the other's",
       {.id = "b", .investee = "Lab B", .billing_accounts = {"ba-1"}, .to = "2026-05-02"},
       ErrorCode::account_taken},
      {"from the day the other ends",
       {.id = "b", .investee = "Lab B", .billing_accounts = {"ba-1"}, .from = "2026-06-01"},
       {}},
      {"the same sub account",
       {.id = "b", .investee = "Lab B", .billing_accounts = {}, .sub_accounts = {"sub-1"}},
       ErrorCode::account_taken},
      {"a sub account of the name of a billing account",
       {.id = "b", .investee = "Lab B", .billing_accounts = {}, .sub_accounts = {"ba-1"}},
       {}},
      {"the same investee", {.id = "b", .investee = "Lab A", .billing_accounts = {"ba-1"}}, {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const auto checked =
        AccountMatcher::check(investments({present}), investment(row.added), zone());
    CHECK(checked.ok() == !row.refused.has_value());
    if (checked.ok()) continue;
    CHECK(checked.error().code == *row.refused);
    CHECK(checked.error().message.find("Lab A") != std::string::npos);
    CHECK(checked.error().message.find("Lab B") != std::string::npos);
  }
}

TEST_CASE("matching: deals that share an account may not state different bases") {
  const auto deal = [](std::string id, std::optional<Basis> basis, std::string account) {
    return Deal{.id = std::move(id),
                .investee = "Lab",
                .billing_accounts = {std::move(account)},
                .basis = basis};
  };
  const auto checked = [&](const Deal& present, const Deal& added) {
    return AccountMatcher::check(investments({present}), investment(added), zone());
  };
  const Deal list = deal("a", Basis::list, "ba-1");
  CHECK(checked(list, deal("b", Basis::list, "ba-1")).ok());
  CHECK(checked(list, deal("b", std::nullopt, "ba-1")).ok());
  CHECK(checked(list, deal("b", Basis::billed, "ba-2")).ok());
  const auto conflict = checked(list, deal("b", Basis::billed, "ba-1"));
  REQUIRE_FALSE(conflict.ok());
  CHECK(conflict.error().code == ErrorCode::basis_conflict);
}

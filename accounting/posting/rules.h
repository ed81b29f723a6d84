#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "ledger/book/account.h"

namespace accrue {

/// Why money moves between two accounts.
enum class Cause { price_received, cash_paid, usage_earned, breakage_earned, overage_earned };

/// One posting rule: a positive amount debits the first account and credits the second.
struct PostingRule {
  Cause cause;
  AccountRole debit;
  AccountRole credit;
  RevenueKind kind;
  std::string_view source;
};

inline constexpr std::array posting_rules{
    PostingRule{Cause::price_received, AccountRole::investment, AccountRole::contract_liability,
                RevenueKind::none, "ASC 606-10-45-2, 606-10-32-21"},
    PostingRule{Cause::cash_paid, AccountRole::investment, AccountRole::cash, RevenueKind::none,
                "ASC 321-10-30-1, 323-10-30-2"},
    PostingRule{Cause::usage_earned, AccountRole::contract_liability, AccountRole::revenue,
                RevenueKind::usage, "ASC 606-10-55-17, 606-10-25-31"},
    PostingRule{Cause::breakage_earned, AccountRole::contract_liability, AccountRole::revenue,
                RevenueKind::breakage, "ASC 606-10-55-46..49"},
    PostingRule{Cause::overage_earned, AccountRole::unbilled_receivable, AccountRole::revenue,
                RevenueKind::usage, "ASC 606-10-45-4, 606-10-55-18"},
};

constexpr bool has_one_rule_for_every_cause() {
  for (std::size_t i = 0; i < posting_rules.size(); ++i) {
    if (static_cast<std::size_t>(posting_rules[i].cause) != i) return false;
  }
  return posting_rules.size() == static_cast<std::size_t>(Cause::overage_earned) + 1;
}
static_assert(has_one_rule_for_every_cause());

constexpr const PostingRule& rule_for(Cause cause) {
  return posting_rules[static_cast<std::size_t>(cause)];
}

}  // namespace accrue

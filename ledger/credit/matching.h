#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/credit/investment.h"
#include "ledger/time/zone.h"

namespace accrue {

/// Finds the investee whose usage a row is. A sub account's match wins over its billing account's.
class AccountMatcher {
 public:
  /// Who holds an account at the instants in [from, to). Several deals of one investee on one
  /// account are one match: of the deal given first, with the basis that any of them states.
  struct Match {
    std::string investee;
    std::optional<Basis> basis;
    std::string investment;
    Instant from;
    Instant to;
  };

  /// What find() answers, and for which instants around the one asked it answers the same.
  struct Answer {
    const Match* match = nullptr;
    Instant from;
    Instant to;

    bool holds_at(Instant at) const { return from <= at && at < to; }
  };

  AccountMatcher(std::span<const Investment> investments, const TimeZone& zone);

  /// The match at the instant, or nullptr: then the row is another customer's.
  const Match* find(std::string_view billing_account, std::string_view sub_account,
                    Instant at) const {
    return answer(billing_account, sub_account, at).match;
  }
  Answer answer(std::string_view billing_account, std::string_view sub_account, Instant at) const;

  /// Errors: account_taken (another investee holds an account of `added` at one time, naming
  ///         both), basis_conflict.
  static Result<Done> check(std::span<const Investment> present, const Investment& added,
                            const TimeZone& zone);

 private:
  using Accounts = std::map<std::string, std::vector<Match>, std::less<>>;
  static Answer answer_in(const Accounts& accounts, std::string_view account, Instant at);
  /// Per account in order of time, none overlapping another.
  Accounts by_billing_account_;
  Accounts by_sub_account_;
};

}  // namespace accrue

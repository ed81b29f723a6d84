#include "ledger/credit/matching.h"

#include <algorithm>
#include <limits>
#include <set>

namespace accrue {

namespace {

using Match = AccountMatcher::Match;

constexpr Instant first_instant{std::numeric_limits<std::int64_t>::min()};
constexpr Instant last_instant{std::numeric_limits<std::int64_t>::max()};

Match match_of(const Investment& investment, const TimeZone& zone) {
  const Matching& matching = investment.matching;
  return Match{.investee = investment.investee,
               .basis = investment.basis,
               .investment = investment.id,
               .from = matching.from_on ? zone.midnight(*matching.from_on) : first_instant,
               .to = matching.to_on ? zone.midnight(*matching.to_on) : last_instant};
}

/// The matches cut at every bound of any of them, those over one stretch of time made one.
std::vector<Match> without_overlaps(const std::vector<Match>& matches) {
  std::set<Instant> bounds;
  for (const Match& match : matches) bounds.insert({match.from, match.to});
  std::vector<Match> pieces;
  for (auto from = bounds.begin(); from != bounds.end(); ++from) {
    const auto to = std::next(from);
    if (to == bounds.end()) break;
    std::optional<Match> piece;
    for (const Match& match : matches) {
      if (match.from > *from || match.to < *to) continue;
      if (!piece) piece = match;
      if (!piece->basis) piece->basis = match.basis;
    }
    if (!piece) continue;
    piece->from = *from;
    piece->to = *to;
    pieces.push_back(std::move(*piece));
  }
  return pieces;
}

bool overlap(const Match& a, const Match& b) {
  return std::max(a.from, b.from) < std::min(a.to, b.to);
}

/// "from 2024-06-01 until 2024-07-01", with what is open left out.
std::string span_of(const Matching& matching) {
  std::string text;
  if (matching.from_on) text += " from " + matching.from_on->to_string();
  if (matching.to_on) text += " until " + matching.to_on->to_string();
  return text.empty() ? " at all times" : text;
}

std::string holder_note(const Investment& investment) {
  return "investment " + investment.id + " of " + investment.investee + " holds it" +
         span_of(investment.matching);
}

std::string_view name_of(Basis basis) {
  switch (basis) {
    case Basis::effective:
      return "effective";
    case Basis::contracted:
      return "contracted";
    case Basis::list:
      return "list";
    case Basis::billed:
      return "billed";
  }
  return "";
}

Result<Done> check_pair(const Investment& present, const Investment& added,
                        const std::vector<std::string>& present_accounts,
                        const std::vector<std::string>& added_accounts, std::string_view kind,
                        const TimeZone& zone) {
  if (!overlap(match_of(present, zone), match_of(added, zone))) return Done{};
  for (const std::string& account : added_accounts) {
    if (std::ranges::find(present_accounts, account) == present_accounts.end()) continue;
    const std::string both = std::string{kind} + " '" + account + "'";
    if (present.investee != added.investee) {
      return Error{.code = ErrorCode::account_taken,
                   .message = both + " is held by " + present.investee + " and wanted for " +
                              added.investee + " at one time",
                   .notes = {holder_note(present), holder_note(added)},
                   .hint =
                       "mend the account, or give both matches from and to dates that do not "
                       "overlap"};
    }
    if (present.basis && added.basis && present.basis != added.basis) {
      return Error{.code = ErrorCode::basis_conflict,
                   .message = both + " burns at the basis " + std::string{name_of(*added.basis)} +
                              " by " + added.id + " and at " +
                              std::string{name_of(*present.basis)} + " by " + present.id,
                   .notes = {holder_note(present), holder_note(added)},
                   .hint = "state the same basis in both"};
    }
  }
  return Done{};
}

}  // namespace

AccountMatcher::AccountMatcher(std::span<const Investment> investments, const TimeZone& zone) {
  for (const Investment& investment : investments) {
    const Match match = match_of(investment, zone);
    for (const std::string& account : investment.matching.billing_accounts) {
      by_billing_account_[account].push_back(match);
    }
    for (const std::string& account : investment.matching.sub_accounts) {
      by_sub_account_[account].push_back(match);
    }
  }
  for (Accounts* accounts : {&by_billing_account_, &by_sub_account_}) {
    for (auto& [account, matches] : *accounts) matches = without_overlaps(matches);
  }
}

AccountMatcher::Answer AccountMatcher::answer_in(const Accounts& accounts, std::string_view account,
                                                 Instant at) {
  Answer answer{nullptr, first_instant, last_instant};
  const auto found = accounts.find(account);
  if (found == accounts.end()) return answer;
  for (const Match& match : found->second) {
    if (match.to <= at) {
      answer.from = std::max(answer.from, match.to);
    } else if (at < match.from) {
      answer.to = std::min(answer.to, match.from);
    } else {
      return Answer{&match, match.from, match.to};
    }
  }
  return answer;
}

AccountMatcher::Answer AccountMatcher::answer(std::string_view billing_account,
                                              std::string_view sub_account, Instant at) const {
  const Answer sub = answer_in(by_sub_account_, sub_account, at);
  if (sub.match != nullptr) return sub;
  const Answer billing = answer_in(by_billing_account_, billing_account, at);
  return Answer{billing.match, std::max(sub.from, billing.from), std::min(sub.to, billing.to)};
}

Result<Done> AccountMatcher::check(std::span<const Investment> present, const Investment& added,
                                   const TimeZone& zone) {
  for (const Investment& other : present) {
    ACCRUE_TRY_DONE(check_pair(other, added, other.matching.billing_accounts,
                               added.matching.billing_accounts, "billing account", zone));
    ACCRUE_TRY_DONE(check_pair(other, added, other.matching.sub_accounts,
                               added.matching.sub_accounts, "sub account", zone));
  }
  return Done{};
}

}  // namespace accrue

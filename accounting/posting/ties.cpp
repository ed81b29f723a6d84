#include "accounting/posting/ties.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <span>
#include <utility>

namespace accrue {

namespace {

void add_entry_sums(std::vector<Tie>& ties, const Balances& booked, int digits) {
  std::map<std::pair<Period, Period>, std::int64_t> groups;
  std::int64_t total = 0;
  for (const auto& [key, amount] : booked) {
    groups[{key.posting_period, key.origin_period}] += amount;
    total += amount;
  }
  ties.push_back({"trial balance sums to zero", Decimal::from_scaled(total, digits), Decimal{}});
  for (const auto& [group, amount] : groups) {
    if (amount == 0) continue;
    ties.push_back({"entries of " + group.first.to_string() + " from " + group.second.to_string() +
                        " sum to zero",
                    Decimal::from_scaled(amount, digits), Decimal{}});
  }
}

/// Contract liability plus revenue by grant: both are credits.
std::map<std::string, std::int64_t> credits_by_grant(const Balances& booked) {
  std::map<std::string, std::int64_t> credits;
  for (const auto& [key, amount] : booked) {
    if (!key.account.grant.empty()) credits[key.account.grant] -= amount;
  }
  return credits;
}

}  // namespace

std::vector<Tie> check_ties(const BookState& state, const Balances& booked,
                            const DrawTotals& frozen, const DrawTotals& open) {
  std::vector<Tie> ties;
  const int digits = state.functional().minor_digits();
  add_entry_sums(ties, booked, digits);
  const std::map<std::string, std::int64_t> credits = credits_by_grant(booked);
  std::map<std::string, Decimal> drawn = drawn_by_grant(frozen);
  for (const auto& [grant, amount] : drawn_by_grant(open)) drawn[grant] += amount;
  for (const HeldGrant& held : state.grants) {
    const Grant& grant = held.grant;
    const auto credit = credits.find(grant.id);
    ties.push_back({"price of " + grant.id + " = recognised + contract liability",
                    Decimal::from_scaled(grant.price_minor_units, digits),
                    Decimal::from_scaled(credit == credits.end() ? 0 : credit->second, digits)});
    const Decimal& amount = drawn[grant.id];
    const Decimal within = std::clamp(amount, Decimal{}, grant.face.value);
    ties.push_back({"drawn from " + grant.id + " is between zero and its face", amount, within});
  }
  return ties;
}

std::vector<Tie> check_served_sums(const BurnDown& served, std::size_t first) {
  std::vector<Tie> ties;
  for (const ServedSum& sum : std::span{served.sums()}.subspan(first)) {
    Decimal paid;
    for (const Draw& draw : served.draws_of(sum)) paid += draw.amount;
    if (paid != sum.amount) ties.push_back({"served sum at " + sum.at.to_string(), paid, sum.amount});
  }
  return ties;
}

std::vector<Tie> ties_when_posted(const BookState& state, const Derivation& derivation) {
  Balances booked = derivation.booked;
  for (const auto& [key, amount] :
       difference(state, derivation.target.cells, derivation.booked)) {
    booked[key] += amount;
  }
  std::vector<Tie> ties = check_ties(state, booked, derivation.frozen, derivation.drawn);
  for (Tie& tie : check_served_sums(derivation.served, 0)) ties.push_back(std::move(tie));
  return ties;
}

std::vector<Tie> broken(const std::vector<Tie>& ties) {
  std::vector<Tie> list;
  std::copy_if(ties.begin(), ties.end(), std::back_inserter(list),
               [](const Tie& tie) { return !tie.difference().is_zero(); });
  return list;
}

}  // namespace accrue

#include "accounting/posting/entries.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

namespace accrue {

namespace {

std::string memo_of(const Fact& fact, const std::string& investee, Period posting, Period origin) {
  std::string memo{to_string(kind_of(fact))};
  std::replace(memo.begin(), memo.end(), '_', ' ');
  memo += ": " + investee;
  if (posting != origin) memo += ", catch-up of " + origin.to_string();
  return memo;
}

/// A signing is dated on its day; all else on the last day of the period it is booked in.
Date date_of(const Fact& fact, Period posting, Period origin) {
  if (const auto* added = std::get_if<InvestmentAdded>(&fact)) {
    const Date signed_on = added->investment.signed_on;
    if (posting == origin && Period::of(signed_on) == origin) return signed_on;
  }
  return posting.last_day();
}

}  // namespace

std::vector<Entry> entries_of(const Fact& fact, const Balances& change) {
  std::map<std::tuple<Period, Period, std::string>, std::vector<Line>> groups;
  for (const auto& [key, amount] : change) {
    groups[{key.posting_period, key.origin_period, key.account.investee}].push_back(
        {key.account, amount});
  }
  std::vector<Entry> entries;
  for (auto& [group, lines] : groups) {
    const auto& [posting, origin, investee] = group;
    entries.push_back(Entry::make(date_of(fact, posting, origin), posting, origin,
                                  memo_of(fact, investee, posting, origin), std::move(lines)));
  }
  return entries;
}

}  // namespace accrue

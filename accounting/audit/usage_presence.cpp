#include "accounting/audit/usage_presence.h"

#include <algorithm>

namespace accrue {

namespace {

constexpr std::int64_t hour = std::int64_t{3600} * 1'000'000;

std::int64_t hour_of(Instant at) {
  const std::int64_t quotient = at.microseconds / hour;
  return at.microseconds % hour < 0 ? quotient - 1 : quotient;
}

/// The keys whose rows are above zero.
std::vector<std::int64_t> with_rows(const std::map<std::int64_t, std::int64_t>& rows) {
  std::vector<std::int64_t> present;
  for (const auto& [key, count] : rows) {
    if (count > 0) present.push_back(key);
  }
  return present;
}

}  // namespace

std::vector<Run> usual_gaps(std::span<const std::int64_t> present) {
  std::vector<Run> gaps;
  if (present.empty()) return gaps;
  const std::int64_t all = present.back() - present.front() + 1;
  if (static_cast<std::int64_t>(present.size()) * 4 < all * 3) return gaps;
  for (std::size_t i = 1; i < present.size(); ++i) {
    if (present[i] > present[i - 1] + 1) gaps.push_back({present[i - 1] + 1, present[i] - 1});
  }
  return gaps;
}

std::map<std::string, AccountPresence> presence_of(const Store& store, const BookState& state,
                                                   std::optional<PeriodRange> range) {
  struct Rows {
    std::string investee;
    std::map<std::int64_t, std::int64_t> days;
    std::map<std::int64_t, std::int64_t> hours;
    std::int64_t last_record = 0;
  };
  std::map<std::string, Rows> accounts;
  store.for_each_open_charge(0, Period{INT32_MIN}, state.record_count,
                             [&](const StoredCharge& stored) {
    if (range && !range->contains(stored.period)) return;
    const Charge& charge = stored.charge;
    Rows& rows = accounts[charge.key.billing_account];
    rows.investee = charge.key.investee;
    rows.days[state.zone.date_of(charge.at).days] += charge.row_count;
    rows.hours[hour_of(charge.at)] += charge.row_count;
    rows.last_record = std::max(rows.last_record, stored.record);
  });
  std::map<std::string, AccountPresence> presence;
  for (const auto& [account, rows] : accounts) {
    presence[account] = {rows.investee, with_rows(rows.days), with_rows(rows.hours),
                         rows.last_record};
  }
  return presence;
}

}  // namespace accrue

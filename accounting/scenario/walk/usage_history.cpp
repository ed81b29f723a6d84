#include "accounting/scenario/walk/usage_history.h"

#include <algorithm>

namespace accrue {

UsageHistory::UsageHistory(const Store& store, const TimeZone& zone) {
  std::vector<std::int64_t> records;
  store.for_each_record_head(1, store.record_count(), [&](const Record& head) {
    if (head.kind == RecordKind::usage_imported || head.kind == RecordKind::events_accepted) {
      records.push_back(head.sequence);
    }
    return true;
  });
  for (const std::int64_t record : records) {
    store.for_each_charge_of(record, [&](const StoredCharge& stored) {
      const Charge& charge = stored.charge;
      if (charge.kind != Charge::Kind::served) return;
      used_[charge.key][stored.period] += charge.amount;
      const Date on = zone.date_of(charge.at);
      const auto [last, is_first] =
          last_days_.emplace(std::pair{charge.key.investee, charge.key.currency}, on);
      if (!is_first) last->second = std::max(last->second, on);
    });
  }
}

std::vector<Decimal> UsageHistory::by_month(const std::string& investee,
                                            const std::string& currency, Period last) const {
  std::map<Period, Decimal> months;
  for (const auto& [key, periods] : used_) {
    if (key.investee != investee || key.currency != currency) continue;
    for (const auto& [period, amount] : periods) {
      if (period <= last) months[period] += amount;
    }
  }
  std::vector<Decimal> amounts;
  if (months.empty()) return amounts;
  for (Period period = months.begin()->first; period <= last; period = period.next()) {
    const auto found = months.find(period);
    amounts.push_back(found == months.end() ? Decimal{} : found->second);
  }
  return amounts;
}

std::map<ChargeKey, Decimal> UsageHistory::mix(const std::string& investee,
                                               const std::string& currency,
                                               PeriodRange months) const {
  std::map<ChargeKey, Decimal> parts;
  for (const auto& [key, periods] : used_) {
    if (key.investee != investee || key.currency != currency) continue;
    for (const auto& [period, amount] : periods) {
      if (months.contains(period)) parts[key] += amount;
    }
  }
  std::erase_if(parts, [](const auto& part) { return part.second.sign() <= 0; });
  return parts;
}

std::optional<Date> UsageHistory::last_day(const std::string& investee,
                                           const std::string& currency) const {
  const auto found = last_days_.find({investee, currency});
  if (found == last_days_.end()) return std::nullopt;
  return found->second;
}

std::optional<Date> UsageHistory::last_day() const {
  std::optional<Date> last;
  for (const auto& [ignored, day] : last_days_) last = std::max(last.value_or(day), day);
  return last;
}

}  // namespace accrue

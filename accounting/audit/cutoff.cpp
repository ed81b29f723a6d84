#include "accounting/audit/cutoff.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "accounting/report/frame.h"
#include "accounting/report/ref.h"

namespace accrue {

namespace {

enum class Side { before_end, after_end, late };

std::string to_string(Side side) {
  switch (side) {
    case Side::before_end: return "usage before the end";
    case Side::after_end: return "usage after the end";
    case Side::late: return "usage after the close";
  }
  return {};
}

struct Sum {
  std::int64_t charge_count = 0;
  Decimal amount;
};
/// Side, record, origin, investee, currency.
using SumKey = std::tuple<Side, std::int64_t, Period, std::string, std::string>;

class Cutoff {
 public:
  Cutoff(const Store& store, const BookView& view, PeriodRange period, std::int32_t days)
      : store_{store},
        state_{view.state},
        period_{period},
        end_{state_.zone.end_of(period.last)},
        begins_{state_.zone.midnight(Date{period.last.next().first_day().days - days})},
        ends_{state_.zone.midnight(Date{period.last.next().first_day().days + days})},
        report_{start_report(view, "cutoff",
                             "Cut-off of " + to_text(period) + ", " + std::to_string(days) +
                                 " day(s) on each side",
                             period)} {
    report_.columns = {{"test", ColumnKind::text},           {"record", ColumnKind::count},
                       {"recorded_at", ColumnKind::text, 4}, {"entry", ColumnKind::count},
                       {"belongs_to", ColumnKind::text},     {"booked_in", ColumnKind::text},
                       {"investee", ColumnKind::text},       {"currency", ColumnKind::text},
                       {"charges", ColumnKind::count, 5},    {"amount", ColumnKind::figure},
                       {"finding", ColumnKind::text},        {"ref", ColumnKind::text, 9}};
  }

  Report build() {
    store_.for_each_record_head(1, state_.record_count, [&](const Record& head) {
      recorded_at_[head.sequence] = head.recorded_at;
      return true;
    });
    gather_charges();
    for (const auto& [key, sum] : sums_) add_sum(key, sum);
    add_entries();
    add_totals();
    return std::move(report_);
  }

 private:
  /// The close in force that made the last month final; none while it is open.
  std::optional<std::int64_t> close_of(Period period) const {
    for (const HeldClose& close : state_.closes) {
      if (period <= close.period) return close.record;
    }
    return std::nullopt;
  }

  void gather_charges() {
    store_.for_each_open_charge(0, Period{INT32_MIN}, state_.record_count,
                                [&](const StoredCharge& stored) {
      const Charge& charge = stored.charge;
      const auto add = [&](Side side) {
        Sum& sum = sums_[{side, stored.record, stored.period, charge.key.investee,
                          charge.key.currency}];
        ++sum.charge_count;
        sum.amount += charge.amount;
      };
      if (charge.at >= begins_ && charge.at < end_) add(Side::before_end);
      if (charge.at >= end_ && charge.at < ends_) add(Side::after_end);
      const std::optional<std::int64_t> close = close_of(stored.period);
      if (period_.contains(stored.period) && close && stored.record > *close) add(Side::late);
    });
  }

  void add_sum(const SumKey& key, const Sum& sum) {
    const auto& [side, record, origin, investee, currency] = key;
    const Period booked = booked_in(state_, record, origin);
    ++counts_[to_string(side)];
    Cell finding;
    if (booked != origin) {
      finding = "belongs to " + origin.to_string() + ", booked in " + booked.to_string();
    } else if (side == Side::after_end && recorded_at_[record] < end_) {
      finding = "recorded before the period's end";
    }
    if (!std::holds_alternative<std::monostate>(finding)) ++finding_count_;
    report_.rows.push_back({to_string(side), record, recorded_at_[record].to_string(), Cell{},
                            origin.to_string(), booked.to_string(), investee, currency,
                            sum.charge_count,
                            exact_figure(sum.amount, Currency::from_code(currency).value()),
                            finding, make_ref({"record", std::to_string(record)})});
  }

  void add_entries() {
    store_.for_each_entry(1, state_.record_count, [&](const StoredEntry& stored) {
      const Entry& entry = stored.entry;
      const bool is_of = period_.contains(entry.origin_period());
      const bool is_in = period_.contains(entry.posting_period());
      if (is_of || is_in) ++entry_count_;
      if (is_of == is_in) return true;
      ++finding_count_;
      ++counts_["entries"];
      std::int64_t debits = 0;
      for (const Line& line : entry.lines()) {
        debits += std::max<std::int64_t>(line.amount_minor_units, 0);
      }
      report_.rows.push_back(
          {"entries", stored.record, recorded_at_[stored.record].to_string(), stored.number,
           entry.origin_period().to_string(), entry.posting_period().to_string(),
           entry.lines().front().account.investee, std::string{state_.functional().code()},
           Cell{}, money_figure(state_, debits),
           is_in ? "booked in the period, belongs to another"
                 : "belongs to the period, booked in another",
           make_ref({"entry", std::to_string(stored.number)})});
      return true;
    });
  }

  void add_totals() {
    report_.totals = {{"end", end_.to_string()},
                      {"entries_tested", entry_count_},
                      {"findings", finding_count_}};
    for (const std::string& test : {to_string(Side::before_end), to_string(Side::after_end),
                                    to_string(Side::late), std::string{"entries"}}) {
      if (counts_[test] == 0) report_.notes.push_back(test + ": nothing");
    }
    if (!state_.is_closed(period_.last)) {
      report_.notes.emplace_back("the period is open: what comes late is still booked in it");
    }
  }

  const Store& store_;
  const BookState& state_;
  PeriodRange period_;
  Instant end_;
  Instant begins_;
  Instant ends_;
  Report report_;
  std::map<std::int64_t, Instant> recorded_at_;
  std::map<SumKey, Sum> sums_;
  std::map<std::string, std::int64_t> counts_;
  std::int64_t entry_count_ = 0;
  std::int64_t finding_count_ = 0;
};

}  // namespace

Report cutoff_report(const Store& store, const BookView& view, PeriodRange period,
                     std::int32_t days) {
  return Cutoff{store, view, period, days}.build();
}

}  // namespace accrue

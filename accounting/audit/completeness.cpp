#include "accounting/audit/completeness.h"

#include <algorithm>
#include <map>
#include <string>

#include "accounting/audit/usage_presence.h"
#include "accounting/report/frame.h"
#include "accounting/report/ref.h"

namespace accrue {

namespace {

constexpr std::int64_t hour = std::int64_t{3600} * 1'000'000;

class Completeness {
 public:
  Completeness(const Store& store, const BookView& view, std::optional<PeriodRange> range)
      : state_{view.state},
        range_{range},
        presence_{presence_of(store, view.state, range)},
        report_{start_report(view, "completeness", "Completeness of usage", range)} {
    report_.columns = {{"test", ColumnKind::text},    {"source", ColumnKind::text},
                       {"account", ColumnKind::text}, {"investee", ColumnKind::text, 4},
                       {"from", ColumnKind::text},    {"to", ColumnKind::text},
                       {"count", ColumnKind::count},  {"finding", ColumnKind::text},
                       {"ref", ColumnKind::text, 9}};
  }

  Report build() {
    add_deliveries();
    for (const auto& [account, presence] : presence_) add_gaps(account, presence);
    add_silent();
    add_unseen();
    add_provider_periods();
    report_.totals.push_back({"accounts", static_cast<std::int64_t>(presence_.size())});
    report_.totals.push_back({"findings", finding_count_});
    report_.notes.push_back(
        "days and hours are looked at where an account has rows in three of four; silent is more "
        "than " + std::to_string(silent_days) + " days without a row before the last row of all");
    return std::move(report_);
  }

 private:
  struct Line {
    std::string test, source = {}, account = {}, investee = {}, from = {}, to = {};
    std::optional<std::int64_t> count = {};
    std::string finding = {};
  };

  void add(const Line& line, std::string ref) {
    const auto text = [](const std::string& value) {
      return value.empty() ? Cell{} : Cell{value};
    };
    if (!line.finding.empty()) ++finding_count_;
    report_.rows.push_back({line.test, text(line.source), text(line.account),
                            text(line.investee), text(line.from), text(line.to),
                            line.count ? Cell{*line.count} : Cell{}, text(line.finding),
                            std::move(ref)});
  }

  static std::string record_ref(std::int64_t record) {
    return make_ref({"record", std::to_string(record)});
  }

  /// From the source's first bill to the last of any source: one that stops is found too.
  void add_deliveries() {
    std::map<std::string, std::map<Period, std::vector<std::int64_t>>> sources;
    std::optional<Period> last;
    for (const HeldDelivery& delivery : state_.deliveries) {
      for (const Period bill : delivery.billing_periods) {
        sources[delivery.terms.source][bill].push_back(delivery.record);
        last = last ? std::max(*last, bill) : bill;
      }
    }
    for (const auto& [source, bills] : sources) {
      const Period begin =
          range_ ? std::max(range_->first, bills.begin()->first) : bills.begin()->first;
      const Period end = range_ ? range_->last : *last;
      for (Period month = begin; month <= end; month = month.next()) {
        const auto found = bills.find(month);
        const bool is_there = found != bills.end();
        const std::string name = month.to_string();
        add({.test = "deliveries",
             .source = source,
             .from = name,
             .to = name,
             .count = is_there ? static_cast<std::int64_t>(found->second.size()) : 0,
             .finding = is_there ? "" : "no delivery"},
            is_there ? record_ref(found->second.back()) : make_ref({"periods", name}));
      }
    }
  }

  void add_gaps(const std::string& account, const AccountPresence& presence) {
    const std::vector<Run> days = usual_gaps(presence.days);
    for (const Run& gap : days) {
      add({.test = "days",
           .account = account,
           .investee = presence.investee,
           .from = Date{static_cast<std::int32_t>(gap.first)}.to_string(),
           .to = Date{static_cast<std::int32_t>(gap.last)}.to_string(),
           .count = gap.count(),
           .finding = "no rows"},
          record_ref(presence.last_record));
    }
    for (const Run& gap : usual_gaps(presence.hours)) {
      add({.test = "hours",
           .account = account,
           .investee = presence.investee,
           .from = Instant{gap.first * hour}.to_string(),
           .to = Instant{(gap.last + 1) * hour}.to_string(),
           .count = gap.count(),
           .finding = "no rows"},
          record_ref(presence.last_record));
    }
  }

  void add_silent() {
    std::int64_t last = INT64_MIN;
    for (const auto& [account, presence] : presence_) {
      if (!presence.days.empty()) last = std::max(last, presence.days.back());
    }
    for (const auto& [account, presence] : presence_) {
      if (presence.days.empty() || last - presence.days.back() <= silent_days) continue;
      add({.test = "silent",
           .account = account,
           .investee = presence.investee,
           .from = Date{static_cast<std::int32_t>(presence.days.back() + 1)}.to_string(),
           .to = Date{static_cast<std::int32_t>(last)}.to_string(),
           .count = last - presence.days.back(),
           .finding = "silent"},
          record_ref(presence.last_record));
    }
  }

  /// Billing accounts that terms name and usage does not.
  void add_unseen() {
    for (const HeldInvestment& held : state_.investments) {
      for (const std::string& account : held.investment.matching.billing_accounts) {
        if (presence_.contains(account)) continue;
        add({.test = "unseen",
             .account = account,
             .investee = held.investment.investee,
             .finding = "named in the terms, no rows"},
            make_ref({"investment", held.investment.id}));
      }
    }
  }

  void add_provider_periods() {
    for (const auto& [key, row] : state_.provider_periods) {
      if (range_ && !range_->contains(row.period)) continue;
      const bool is_open = row.status == ProviderPeriod::Status::open;
      add({.test = "bills",
           .source = row.issuer,
           .from = row.period.to_string(),
           .to = row.period.to_string(),
           .finding = is_open ? "open at the provider" : ""},
          make_ref({"provider", row.period.to_string(), row.issuer}));
    }
  }

  const BookState& state_;
  std::optional<PeriodRange> range_;
  std::map<std::string, AccountPresence> presence_;
  Report report_;
  std::int64_t finding_count_ = 0;
};

}  // namespace

Report completeness_report(const Store& store, const BookView& view,
                           std::optional<PeriodRange> range) {
  return Completeness{store, view, range}.build();
}

}  // namespace accrue

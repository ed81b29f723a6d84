#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "accounting/posting/materiality.h"
#include "accounting/report/frame.h"
#include "accounting/report/ref.h"
#include "accounting/report/reports.h"

namespace accrue {

namespace {

/// An account in the period it is booked in for the one it belongs to.
using BookedFor = std::tuple<Period, Period, Account>;  ///< posting, origin

/// Revenue by the class of the catch-up it is.
using ByClass = std::map<CatchUpClass, std::int64_t>;

struct RowKey {
  bool is_booked_later;
  Period posting;
  Period origin;
  std::int64_t record;
  std::string investee;
  bool is_cash;
  RevenueKind kind;
  CatchUpClass catch_up;
  friend auto operator<=>(const RowKey&, const RowKey&) = default;
};

class Bridge {
 public:
  Bridge(const Store& store, const BookView& view, PeriodRange range, OriginView by)
      : store_{store}, view_{view}, state_{view.state}, range_{range}, by_{by} {}

  Result<Report> build() {
    gather();
    Report report = start_report(view_, "bridge", title(), range_);
    report.columns = {{"change", ColumnKind::key},
                      {"posting_period", ColumnKind::key},
                      {"origin_period", ColumnKind::key},
                      {"record", ColumnKind::key},
                      {"investee", ColumnKind::key},
                      {"funding", ColumnKind::key, 3},
                      {"kind", ColumnKind::key, 4},
                      {"class", ColumnKind::key},
                      {"revenue", ColumnKind::figure},
                      {"fact", ColumnKind::text, 2},
                      {"reason", ColumnKind::text},
                      {"author", ColumnKind::text, 5},
                      {"recorded_at", ColumnKind::text, 6},
                      {"ref", ColumnKind::text, 9}};
    for (const auto& [key, amount] : rows_) add_row(report, key, amount);
    sort_rows(report);
    add_totals(report);
    ACCRUE_TRY_DONE(add_checks(report));
    if (report.rows.empty()) report.notes.emplace_back("no catch-up lies between the two");
    return report;
  }

 private:
  std::string title() const {
    return by_ == OriginView::as_reported ? "Revenue as reported to revenue by origin"
                                          : "Revenue by origin to revenue as reported";
  }

  /// The posting periods whose entries can be rows: the range, and what the balances say holds
  /// amounts of the range. The one after the range is looked at too: a reopening of the range's
  /// last period takes from there.
  std::vector<PeriodRange> postings() const {
    std::set<Period> later;
    for (const auto& [key, amount] : view_.balances) {
      const bool counts = key.account.role == AccountRole::revenue &&
                          key.posting_period > range_.last && range_.contains(key.origin_period);
      if (counts) later.insert(key.posting_period);
    }
    later.erase(range_.last.next());
    std::vector<PeriodRange> list{{range_.first, range_.last.next()}};
    for (const Period period : later) list.push_back({period, period});
    return list;
  }

  /// Entries stand in order of record within a posting period, but a reopening is looked at with
  /// all that it takes from: records are visited in their order.
  void gather() {
    std::map<std::int64_t, std::vector<std::pair<BookedFor, std::int64_t>>> by_record;
    for (const PeriodRange& posting : postings()) {
      store_.for_each_entry_of(posting, [&](const StoredEntry& stored) {
        const Entry& entry = stored.entry;
        const bool is_catch_up = entry.origin_period() < entry.posting_period();
        if (stored.record > state_.record_count || !is_catch_up) return true;
        for (const Line& line : entry.lines()) {
          if (line.account.role != AccountRole::revenue) continue;
          // Revenue is a credit.
          by_record[stored.record].push_back(
              {{entry.posting_period(), entry.origin_period(), line.account},
               -line.amount_minor_units});
        }
        return true;
      });
    }
    for (const auto& [record, changes] : by_record) add_record(record, changes);
  }

  void add_record(std::int64_t record,
                  const std::vector<std::pair<BookedFor, std::int64_t>>& changes) {
    const Record& head = heads_.emplace(record, head_of(record)).first->second;
    const CatchUpClass own_class = class_of(head);
    std::map<std::pair<Period, Account>, ByClass> moved;
    // What a reopening takes back, or books one period earlier, stays what it was.
    if (head.kind == RecordKind::period_reopened) {
      for (const auto& [cell, amount] : changes) {
        const ByClass& held = held_[cell];
        if (amount != 0 && amount == -sum_of(held)) {
          moved[{std::get<1>(cell), std::get<2>(cell)}] = held;
        }
      }
    }
    for (const auto& [cell, amount] : changes) {
      const auto& [posting, origin, account] = cell;
      ByClass parts{{own_class, amount}};
      if (const auto found = moved.find({origin, account}); found != moved.end()) {
        if (amount == -sum_of(found->second)) parts = negated(found->second);
        if (amount == sum_of(found->second)) parts = found->second;
      }
      for (const auto& [catch_up, part] : parts) {
        held_[cell][catch_up] += part;
        add_part(head.sequence, cell, catch_up, part);
      }
    }
  }

  void add_part(std::int64_t record, const BookedFor& cell, CatchUpClass catch_up,
                std::int64_t amount) {
    const auto& [posting, origin, account] = cell;
    const bool leaves = range_.contains(posting) && origin < range_.first;
    const bool comes = posting > range_.last && range_.contains(origin);
    if (!leaves && !comes) return;
    rows_[{comes, posting, origin, record, account.investee, account.grant.empty(), account.kind,
           catch_up}] += amount;
  }

  Record head_of(std::int64_t record) const {
    Record found;
    store_.for_each_record_head(record, record, [&](const Record& head) {
      found = head;
      return true;
    });
    return found;
  }

  CatchUpClass class_of(const Record& head) const {
    if (head.kind == RecordKind::estimate_changed) return CatchUpClass::estimate;
    if (head.kind == RecordKind::events_accepted) {
      return decode_events_class(store_.read_fact_prefix(head.sequence, events_class_bytes));
    }
    const HeldDelivery* const delivery = state_.find_delivery(head.sequence);
    return delivery == nullptr ? CatchUpClass::new_information : delivery->catch_up;
  }

  static std::int64_t sum_of(const ByClass& parts) {
    std::int64_t sum = 0;
    for (const auto& [catch_up, amount] : parts) sum += amount;
    return sum;
  }
  static ByClass negated(ByClass parts) {
    for (auto& [catch_up, amount] : parts) amount = -amount;
    return parts;
  }

  /// As it counts on the way: what was booked here for others is taken off as reported, and what
  /// was booked later is added; the other way round from by origin.
  std::int64_t signed_for_way(const RowKey& key, std::int64_t amount) const {
    const bool is_added = key.is_booked_later == (by_ == OriginView::as_reported);
    return is_added ? amount : -amount;
  }

  void add_row(Report& report, const RowKey& key, std::int64_t amount) {
    if (amount == 0) return;
    const std::int64_t change = signed_for_way(key, amount);
    (key.is_booked_later ? booked_later_ : belongs_earlier_) += change;
    by_class_[key.catch_up] += change;
    const Record& head = heads_.at(key.record);
    const std::string funding = key.is_cash ? "cash" : "credits";
    const std::string kind{to_string(key.kind)};
    const std::string catch_up{to_string(key.catch_up)};
    report.rows.push_back(
        {key.is_booked_later ? "booked later" : "belongs earlier", key.posting.to_string(),
         key.origin.to_string(), key.record, key.investee, funding, kind, catch_up,
         money_figure(state_, change), std::string{to_string(head.kind)},
         head.reason.empty() ? Cell{} : Cell{head.reason}, head.author,
         head.recorded_at.to_string(),
         make_ref({ref_head("bridge", by_), to_text(range_), std::to_string(key.record),
                   key.posting.to_string(), key.origin.to_string(), key.investee, funding, kind,
                   catch_up})});
  }

  std::int64_t revenue(OriginView by) const {
    std::int64_t sum = 0;
    for (const auto& [key, amount] : view_.balances) {
      const bool counts =
          key.account.role == AccountRole::revenue && range_.contains(counted_in(by, key));
      if (counts) sum -= amount;
    }
    return sum;
  }

  std::int64_t by_origin() const {
    const std::int64_t way = belongs_earlier_ + booked_later_;
    return revenue(OriginView::as_reported) + (by_ == OriginView::as_reported ? way : -way);
  }

  void add_totals(Report& report) const {
    const CatchUpWeight weight = weigh_catch_ups(view_.balances, range_);
    const std::optional<Decimal> percent = weight.percent();
    const std::optional<Decimal>& threshold = state_.opened.materiality_percent;
    const auto of_class = [&](CatchUpClass catch_up) {
      const auto found = by_class_.find(catch_up);
      return money_figure(state_, found == by_class_.end() ? 0 : found->second);
    };
    report.totals = {
        {"revenue_as_reported", money_figure(state_, revenue(OriginView::as_reported))},
        {"belongs_earlier", money_figure(state_, belongs_earlier_)},
        {"booked_later", money_figure(state_, booked_later_)},
        {"revenue_by_origin", money_figure(state_, by_origin())},
        {"new_information", of_class(CatchUpClass::new_information)},
        {"estimate", of_class(CatchUpClass::estimate)},
        {"error", of_class(CatchUpClass::error)},
        {"catch_ups", money_figure(state_, weight.catch_ups)},
        {"catch_ups_pct", percent ? Cell{Figure{*percent, 2, Measure::percent}} : Cell{}},
        {"materiality_pct", threshold ? Cell{Figure{*threshold, 0, Measure::percent}} : Cell{}}};
    if (!percent) {
      report.notes.emplace_back("catch_ups_pct is n/m: the revenue is not above zero");
    }
  }

  /// Rows come from entries, the period report from balances.
  Result<Done> add_checks(Report& report) const {
    ACCRUE_TRY(reported, period_report(view_, range_, OriginView::as_reported));
    ACCRUE_TRY(origin, period_report(view_, range_, OriginView::by_origin));
    const int digits = state_.functional().minor_digits();
    const auto difference = [&](std::int64_t revenue, const Report& period) {
      return Figure{Decimal::from_scaled(revenue, digits) - revenue_total(period), digits,
                    Measure::money};
    };
    report.checks = {{"revenue as reported = revenue in the period report",
                      difference(revenue(OriginView::as_reported), reported)},
                     {"revenue by origin = revenue in the period report by origin",
                      difference(by_origin(), origin)}};
    return Done{};
  }

  static Decimal revenue_total(const Report& period) {
    for (const NamedCell& total : period.totals) {
      if (total.name == "revenue") return std::get<Figure>(total.value).value;
    }
    return {};
  }

  const Store& store_;
  const BookView& view_;
  const BookState& state_;
  PeriodRange range_;
  OriginView by_;
  std::map<std::int64_t, Record> heads_;
  std::map<BookedFor, ByClass> held_;
  std::map<RowKey, std::int64_t> rows_;
  std::int64_t belongs_earlier_ = 0;
  std::int64_t booked_later_ = 0;
  ByClass by_class_;
};

}  // namespace

Result<Report> bridge_report(const Store& store, const BookView& view, PeriodRange range,
                             OriginView by) {
  return Bridge{store, view, range, by}.build();
}

}  // namespace accrue

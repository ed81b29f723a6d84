#include <cstdlib>
#include <map>
#include <string>

#include "accounting/report/frame.h"
#include "accounting/report/ref.h"
#include "accounting/report/reports.h"

namespace accrue {

namespace {

/// What one grant brought in a period; liabilities and revenue above zero.
struct Recognised {
  std::int64_t usage = 0;
  std::int64_t breakage = 0;
  std::int64_t sum() const { return usage + breakage; }
};

class Waterfall {
 public:
  Waterfall(const BookView& view, PeriodRange range, OriginView by)
      : view_{view}, state_{view.state}, range_{range}, by_{by} {
    for (const auto& [key, amount] : view.balances) {
      const Account& account = key.account;
      const Period period = counted_in(by, key);
      if (account.grant.empty() || period > range.last) continue;
      if (account.role == AccountRole::contract_liability) {
        remaining_[account.grant] -= amount;
      } else if (account.role == AccountRole::revenue) {
        Recognised& of = recognised_[account.grant][std::max(period, range.first.previous())];
        (account.kind == RevenueKind::breakage ? of.breakage : of.usage) -= amount;
      }
    }
  }

  Report build() {
    Report report = start_report(view_, "waterfall", "Revenue waterfall", range_, by_);
    report.columns = {{"investee", ColumnKind::key},      {"grant", ColumnKind::key},
                      {"vintage", ColumnKind::key},       {"recognised_in", ColumnKind::key},
                      {"usage", ColumnKind::figure},      {"breakage", ColumnKind::figure},
                      {"amount", ColumnKind::figure},     {"ref", ColumnKind::text, 9}};
    for (const HeldGrant& held : state_.grants) {
      const Period vintage =
          counted_in(by_, state_, held.record, Period::of(held.grant.received_on));
      if (vintage <= range_.last) add_grant(report, held.grant, vintage);
    }
    sort_rows(report);
    report.totals = {{"price", money_figure(state_, price_)},
                     {"recognised_before", money_figure(state_, before_)},
                     {"recognised", money_figure(state_, in_range_)},
                     {"remaining", money_figure(state_, left_)}};
    report.row_sums = {{"amount", {"usage", "breakage"}}};
    report.column_sums = {{"recognised_before", "amount", {{"recognised_in", before_range()}}},
                          {"remaining", "amount", {{"recognised_in", remaining_name}}}};
    report.checks = {{"price received = recognised + remaining, grant by grant",
                      money_figure(state_, difference_)}};
    return report;
  }

 private:
  static constexpr const char* remaining_name = "remaining";

  std::string before_range() const { return "before " + range_.first.to_string(); }

  void add_grant(Report& report, const Grant& grant, Period vintage) {
    std::int64_t rest = grant.price_minor_units;
    for (const auto& [period, of] : recognised_[grant.id]) {
      const bool is_before = period < range_.first;
      (is_before ? before_ : in_range_) += of.sum();
      rest -= of.sum();
      if (of.usage == 0 && of.breakage == 0) continue;
      add_row(report, grant, vintage,
              is_before ? before_range() : period.to_string(),
              {money_figure(state_, of.usage), money_figure(state_, of.breakage),
               money_figure(state_, of.sum())});
    }
    const std::int64_t remaining = remaining_[grant.id];
    add_row(report, grant, vintage, remaining_name,
            {Cell{}, Cell{}, money_figure(state_, remaining)});
    price_ += grant.price_minor_units;
    left_ += remaining;
    difference_ += std::abs(rest - remaining);
  }

  void add_row(Report& report, const Grant& grant, Period vintage, const std::string& when,
               std::vector<Cell> figures) const {
    std::vector<Cell> cells{grant.investee, grant.id, vintage.to_string(), when};
    cells.insert(cells.end(), figures.begin(), figures.end());
    cells.push_back(make_ref({ref_head("waterfall", by_), to_text(range_), grant.id, when}));
    report.rows.push_back(std::move(cells));
  }

  const BookView& view_;
  const BookState& state_;
  PeriodRange range_;
  OriginView by_;
  /// By grant, then by period; what lies before the range stands under the period before it.
  std::map<std::string, std::map<Period, Recognised>> recognised_;
  std::map<std::string, std::int64_t> remaining_;
  std::int64_t price_ = 0;
  std::int64_t before_ = 0;
  std::int64_t in_range_ = 0;
  std::int64_t left_ = 0;
  std::int64_t difference_ = 0;
};

}  // namespace

Result<Report> waterfall_report(const BookView& view, PeriodRange range, OriginView by) {
  return Waterfall{view, range, by}.build();
}

}  // namespace accrue

#include "accounting/report/rpo.h"

#include <algorithm>
#include <string>
#include <utility>

#include "accounting/report/bands.h"
#include "accounting/report/expected_revenue.h"
#include "accounting/report/frame.h"
#include "accounting/report/movements.h"
#include "accounting/report/ref.h"
#include "accounting/report/row_refs.h"
#include "accounting/report/shares.h"

namespace accrue {

namespace {

class Rpo {
 public:
  Rpo(const BookView& view, PeriodRange range, OriginView by, const RpoOptions& options,
      ForecastInForce in_force)
      : view_{view},
        state_{view.state},
        range_{range},
        by_{by},
        bands_{options.bands},
        names_{band_names(options.bands)},
        in_force_{std::move(in_force)} {}

  Report build() {
    Report report = start_report(view_, "rpo",
                                 "Remaining performance obligations at the end of " +
                                     range_.last.to_string(),
                                 range_, by_);
    report.columns = {{"investee", ColumnKind::key},  {"grant", ColumnKind::key},
                      {"band", ColumnKind::key},      {"amount", ColumnKind::figure},
                      {"percent", ColumnKind::figure}, {"ref", ColumnKind::text, 9}};
    std::vector<ExpectedRevenue> list =
        expected_revenue(view_, range_.last, by_, in_force_.source);
    std::stable_sort(list.begin(), list.end(),
                     [](const ExpectedRevenue& a, const ExpectedRevenue& b) {
                       return a.held->grant.investee < b.held->grant.investee;
                     });
    for (const ExpectedRevenue& expected : list) add_grant(expected);
    add_rows(report);
    add_totals(report);
    add_notes(report);
    return report;
  }

 private:
  struct Row {
    const Grant* grant;
    std::size_t band;
    std::int64_t amount;
  };

  void add_grant(const ExpectedRevenue& expected) {
    std::vector<std::int64_t> amounts(names_.size());
    for (const auto& [period, amount] : expected.by_period) {
      const int months = period.months - range_.last.months;
      const auto band = std::lower_bound(bands_.begin(), bands_.end(), months);
      amounts[static_cast<std::size_t>(band - bands_.begin())] += amount;
    }
    amounts.back() = expected.undated;
    for (std::size_t i = 0; i < amounts.size(); ++i) {
      if (i + 1 == amounts.size() && amounts[i] == 0) continue;
      rows_.push_back({&expected.held->grant, i, amounts[i]});
    }
  }

  void add_rows(Report& report) const {
    std::vector<std::int64_t> amounts;
    for (const Row& row : rows_) amounts.push_back(row.amount);
    const std::vector<std::optional<Figure>> shares = shares_of(amounts);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const Row& row = rows_[i];
      report.rows.push_back(
          {row.grant->investee, row.grant->id, names_[row.band], money_figure(state_, row.amount),
           shares[i] ? Cell{*shares[i]} : Cell{},
           make_ref({ref_head("rpo", by_), accrue::to_text(range_), to_text(bands_),
                     in_force_.word(), row.grant->id, names_[row.band]})});
    }
  }

  void add_totals(Report& report) const {
    std::vector<std::int64_t> amounts(names_.size());
    std::int64_t sum = 0;
    for (const Row& row : rows_) {
      amounts[row.band] += row.amount;
      sum += row.amount;
    }
    const std::vector<std::optional<Figure>> shares = shares_of(amounts);
    report.totals = {{"amount", money_figure(state_, sum)}};
    report.column_sums = {{"amount", "amount"}};
    for (std::size_t i = 0; i < names_.size(); ++i) {
      report.totals.push_back({names_[i], money_figure(state_, amounts[i])});
      report.totals.push_back({names_[i] + "_pct", shares[i] ? Cell{*shares[i]} : Cell{}});
      report.column_sums.push_back({names_[i], "amount", {{"band", names_[i]}}});
    }
    const std::int64_t in_trial_balance =
        -balance_at_end(view_, AccountRole::contract_liability, range_.last, by_);
    report.checks = {{"bands = contract liability in the trial balance",
                      money_figure(state_, sum - in_trial_balance)}};
  }

  void add_notes(Report& report) const {
    report.notes.push_back("forecast: " + in_force_.text() + "; bands in months from the end of " +
                           range_.last.to_string());
    report.notes.emplace_back(
        "expedients: contracts of a year or less are counted in (606-10-50-14(a) is not used); "
        "cash-funded usage is invoiced as it is used and is not in it (606-10-50-14(b))");
  }

  const BookView& view_;
  const BookState& state_;
  PeriodRange range_;
  OriginView by_;
  std::vector<int> bands_;
  std::vector<std::string> names_;
  ForecastInForce in_force_;
  std::vector<Row> rows_;
};

}  // namespace

Result<Report> rpo_report(const BookView& view, PeriodRange range, OriginView by,
                          const RpoOptions& options) {
  ACCRUE_TRY(in_force, forecast_in_force(view.state, range.last, options.forecast));
  return Rpo{view, range, by, options, in_force}.build();
}

}  // namespace accrue

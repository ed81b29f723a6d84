#include "accounting/report/flux.h"

#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "accounting/posting/saved_forecasts.h"
#include "accounting/report/cells.h"
#include "accounting/report/forecast_choice.h"
#include "accounting/report/frame.h"
#include "accounting/report/investee_revenue.h"
#include "accounting/report/ref.h"
#include "accounting/report/row_refs.h"

namespace accrue {

namespace {

bool is_of(const ForecastSaved& forecast, PeriodRange range) {
  return forecast.months.first <= range.first && range.last <= forecast.months.last;
}

std::string months_of(const ForecastSaved& forecast) {
  return forecast.months.first.to_string() + " to " + forecast.months.last.to_string();
}

Result<const HeldForecast*> named_forecast(const BookState& state, PeriodRange range,
                                           const std::string& name) {
  ACCRUE_TRY(held, saved_forecast(state, name));
  if (is_of(held->fact, range)) return held;
  return Error{.code = ErrorCode::nothing_to_report,
               .message = "forecast '" + name + "' is not of all of " + to_text(range),
               .notes = {"its months are " + months_of(held->fact)},
               .hint = "ask for months of the forecast, or name another: accrue scenario list"};
}

Result<const HeldForecast*> choose_forecast(const BookState& state, PeriodRange range,
                                            const FluxOptions& options) {
  if (options.against) return named_forecast(state, range, *options.against);
  std::vector<const HeldForecast*> found;
  for (const HeldForecast& held : state.forecasts) {
    if (is_of(held.fact, range)) found.push_back(&held);
  }
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    return Error{.code = ErrorCode::nothing_to_report,
                 .message = "no forecast of " + to_text(range) + " is saved in the book",
                 .hint = "accrue scenario save NAME FILE keeps one; see accrue scenario list"};
  }
  Error error{.code = ErrorCode::usage,
              .message = std::to_string(found.size()) + " saved forecasts are of " +
                         to_text(range),
              .hint = "name one: --against " + found.back()->fact.name};
  for (const HeldForecast* const held : found) {
    error.notes.push_back(held->fact.name + ", saved in record " + std::to_string(held->record) +
                          ", " + months_of(held->fact));
  }
  return error;
}

/// In minor units.
struct Expected {
  std::int64_t forecast = 0;
  std::int64_t actual = 0;
  std::int64_t difference() const { return actual - forecast; }
  friend bool operator==(const Expected&, const Expected&) = default;
};

/// What a row is about: investee, funding, grant.
using RowKey = std::tuple<std::string, std::string, std::string>;

struct RowParts {
  Expected in_range;
  Expected to_date;
  friend bool operator==(const RowParts&, const RowParts&) = default;
};

class Flux {
 public:
  Flux(const BookView& view, PeriodRange range, OriginView by, const HeldForecast& held)
      : view_{view},
        state_{view.state},
        range_{range},
        to_date_{held.fact.months.first, range.last},
        by_{by},
        held_{held} {}

  Result<Report> build() {
    Report report = start_report(view_, "flux", "Forecast " + held_.fact.name + " and actual",
                                 range_, by_);
    report.columns = {{"investee", ColumnKind::key},
                      {"funding", ColumnKind::key},
                      {"grant", ColumnKind::key},
                      {"forecast", ColumnKind::figure},
                      {"actual", ColumnKind::figure},
                      {"difference", ColumnKind::figure},
                      {"difference_pct", ColumnKind::figure, 3},
                      {"forecast_to_date", ColumnKind::figure},
                      {"actual_to_date", ColumnKind::figure},
                      {"difference_to_date", ColumnKind::figure},
                      {"difference_to_date_pct", ColumnKind::figure, 3},
                      {"ref", ColumnKind::text, 9}};
    gather_forecast();
    gather_actual();
    for (const auto& [key, parts] : rows_) add_row(report, key, parts);
    sort_rows(report);
    add_sources(report);
    add_totals(report);
    ACCRUE_TRY_DONE(add_checks(report));
    add_notes(report);
    return report;
  }

 private:
  void gather_forecast() {
    for (const ForecastRow& row : held_.fact.rows) {
      const std::string usage = row.grant.empty() ? "cash" : "credits";
      add_forecast(row.period, {row.investee, usage, row.grant}, row.usage_revenue);
      add_forecast(row.period, {row.investee, "breakage", row.grant}, row.breakage_revenue);
    }
  }

  void add_forecast(Period period, const RowKey& key, std::int64_t amount) {
    if (amount == 0) return;
    if (range_.contains(period)) rows_[key].in_range.forecast += amount;
    if (to_date_.contains(period)) rows_[key].to_date.forecast += amount;
  }

  void gather_actual() {
    for (const auto& [key, amount] : view_.balances) {
      if (key.account.role != AccountRole::revenue || amount == 0) continue;
      const Period period = counted_in(by_, key);
      if (!to_date_.contains(period)) continue;
      RowParts& parts = rows_[row_of(key.account)];
      parts.to_date.actual -= amount;  // revenue is a credit
      if (!range_.contains(period)) continue;
      parts.in_range.actual -= amount;
      accounts_[key.account] -= amount;
    }
  }

  static RowKey row_of(const Account& account) {
    return {account.investee, funding_of(account), account.grant};
  }

  std::string row_ref(const RowKey& key) const {
    const auto& [investee, funding, grant] = key;
    return make_ref({ref_head("flux", by_), to_text(range_), held_.fact.name, investee, funding,
                     grant});
  }

  void add_row(Report& report, const RowKey& key, const RowParts& parts) {
    const auto& [investee, funding, grant] = key;
    if (parts == RowParts{}) return;
    std::vector<Cell> cells{investee, funding, grant.empty() ? Cell{} : Cell{grant}};
    for (const Expected& expected : {parts.in_range, parts.to_date}) add_cells(cells, expected);
    cells.emplace_back(row_ref(key));
    report.rows.push_back(std::move(cells));
    sum_.in_range.forecast += parts.in_range.forecast;
    sum_.in_range.actual += parts.in_range.actual;
    sum_.to_date.forecast += parts.to_date.forecast;
    sum_.to_date.actual += parts.to_date.actual;
  }

  void add_cells(std::vector<Cell>& cells, const Expected& expected) const {
    cells.emplace_back(money(expected.forecast));
    cells.emplace_back(money(expected.actual));
    cells.emplace_back(money(expected.difference()));
    cells.push_back(percent(expected));
  }

  Cell percent(const Expected& expected) const {
    if (expected.forecast <= 0) return {};
    return percent_figure(money(expected.difference()).value, money(expected.forecast).value);
  }

  /// Revenue of the range is that of the period report; what the forecast says, no report does.
  void add_sources(Report& report) const {
    for (const auto& [account, amount] : accounts_) {
      if (amount == 0) continue;
      report.sources.push_back({row_ref(row_of(account)) + "#actual", FigureSource::Sign::plus,
                                period_row_ref(by_, range_, account) + "#revenue"});
    }
  }

  void add_totals(Report& report) const {
    const auto add = [&](const std::string& suffix, const Expected& sum) {
      report.totals.push_back({"forecast" + suffix, money(sum.forecast)});
      report.totals.push_back({"actual" + suffix, money(sum.actual)});
      report.totals.push_back({"difference" + suffix, money(sum.difference())});
      report.totals.push_back({"difference" + suffix + "_pct", percent(sum)});
      for (const char* const column : {"forecast", "actual", "difference"}) {
        report.column_sums.push_back({column + suffix, column + suffix});
      }
      report.row_sums.push_back(
          {"actual" + suffix, {"forecast" + suffix, "difference" + suffix}});
    };
    add("", sum_.in_range);
    add("_to_date", sum_.to_date);
  }

  /// What the period report says, which adds up on its own.
  Result<Figure> difference_to_period(PeriodRange range, std::int64_t actual) const {
    ACCRUE_TRY(period, period_report(view_, range, by_));
    Figure difference = money(actual);
    difference.value -= total_figure(period, "revenue")->value;
    return difference;
  }

  Result<Done> add_checks(Report& report) const {
    ACCRUE_TRY(in_range, difference_to_period(range_, sum_.in_range.actual));
    ACCRUE_TRY(to_date, difference_to_period(to_date_, sum_.to_date.actual));
    std::int64_t saved = 0;
    for (const ForecastRow& row : held_.fact.rows) {
      if (to_date_.contains(row.period)) saved += row.usage_revenue + row.breakage_revenue;
    }
    report.checks = {{"actual = revenue in the period report", in_range},
                     {"actual to date = revenue in the period report to date", to_date},
                     {"forecast to date = what was saved",
                      money(sum_.to_date.forecast - saved)}};
    return Done{};
  }

  void add_notes(Report& report) const {
    const ForecastSaved& fact = held_.fact;
    const ForecastInForce named{&held_, "from the book's first " +
                                            std::to_string(fact.start_records) + " records"};
    report.notes = {"forecast: " + named.text() + "; its months are " + months_of(fact),
                    "to date is from " + fact.months.first.to_string() + " to " +
                        range_.last.to_string()};
  }

  Figure money(std::int64_t minor_units) const { return money_figure(state_, minor_units); }

  const BookView& view_;
  const BookState& state_;
  PeriodRange range_;
  PeriodRange to_date_;
  OriginView by_;
  const HeldForecast& held_;
  std::map<RowKey, RowParts> rows_;
  std::map<Account, std::int64_t> accounts_;  ///< revenue of the range
  RowParts sum_;
};

}  // namespace

Result<Report> flux_report(const BookView& view, PeriodRange range, OriginView by,
                           const FluxOptions& options) {
  ACCRUE_TRY(held, choose_forecast(view.state, range, options));
  return Flux{view, range, by, *held}.build();
}

}  // namespace accrue

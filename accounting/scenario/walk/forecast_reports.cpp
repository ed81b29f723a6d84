#include "accounting/scenario/walk/forecast_reports.h"

#include <utility>

#include "accounting/audit/monetary_unit_limit.h"
#include "accounting/posting/view.h"
#include "accounting/report/cells.h"
#include "accounting/report/frame.h"
#include "accounting/report/movements.h"
#include "accounting/report/ref.h"
#include "accounting/scenario/exact.h"

namespace accrue {

namespace {

constexpr const char* everybody = "*";

Figure face_figure(const Forecast& forecast, const Decimal& value) {
  return {value, forecast.face_currency ? forecast.face_currency->minor_digits() : 2,
          Measure::amount};
}

std::string shown_percent(const Ratio& value) { return rounded(value, 2).to_string(2); }

std::string told(const RunOut& out) {
  std::string text = "credits of " + out.investee + " in " + out.currency + " run out on " +
                     out.on.to_string();
  if (out.until) text += ", until " + out.until->to_string();
  return text;
}

void add_fit_notes(Report& report, const Scenario& scenario, const Forecast& forecast) {
  for (std::size_t i = 0; i < forecast.plan.fits.size(); ++i) {
    const std::optional<FitError>& fit = forecast.plan.fits[i];
    if (!fit) continue;
    report.notes.push_back(
        "drawdown '" + scenario.drawdowns[i].name + "': fitted to " +
        std::to_string(fit->months) + " months, mean error " +
        (fit->mean_absolute_percent ? shown_percent(*fit->mean_absolute_percent) + "%"
                                    : std::string{"not known"}) +
        " of a month, bias " + shown_percent(fit->mean_error) + " a month");
  }
}

/// The months of one investee, or of everybody, as rows.
class ForecastRows {
 public:
  ForecastRows(const Scenario& scenario, const Forecast& forecast)
      : scenario_{scenario}, forecast_{forecast}, state_{forecast.books.state()} {}

  Report build() {
    const BookView view = book_at_end(forecast_);
    Report report = start_report(view, "scenario-run", "What the scenario comes to, month by month",
                                 forecast_.months);
    report.columns = {{"period", ColumnKind::key},      {"investee", ColumnKind::key},
                      {"used", ColumnKind::figure},     {"drawn", ColumnKind::figure, 6},
                      {"revenue", ColumnKind::figure},  {"credit_revenue", ColumnKind::figure, 3},
                      {"cash_revenue", ColumnKind::figure, 4}, {"breakage", ColumnKind::figure, 4},
                      {"liability", ColumnKind::figure}, {"face_expired", ColumnKind::figure, 6},
                      {"face_left", ColumnKind::figure}};
    if (has_cost()) {
      report.columns.push_back({"cost", ColumnKind::figure, 5});
      report.columns.push_back({"margin", ColumnKind::figure, 2});
    }
    report.columns.push_back({"ref", ColumnKind::text, 9});
    const bool is_alone = forecast_.by_investee.size() == 1;
    for (const auto& [investee, months] : forecast_.by_investee) add_rows(report, investee, months);
    if (!is_alone) add_rows(report, everybody, forecast_.by_month);
    sort_rows(report);
    report.row_sums = {{"revenue", {"credit_revenue", "cash_revenue", "breakage"}}};
    add_totals(report, is_alone ? forecast_.by_investee.begin()->first : everybody);
    add_check(report, view);
    mark_assumed(report, scenario_, forecast_);
    for (const RunOut& out : forecast_.run_outs) report.notes.push_back(told(out));
    add_fit_notes(report, scenario_, forecast_);
    report.notes.insert(report.notes.end(), forecast_.notes.begin(), forecast_.notes.end());
    return report;
  }

 private:
  bool has_cost() const { return !scenario_.costs.empty(); }

  Figure money(std::int64_t minor_units) const { return money_figure(state_, minor_units); }

  void add_rows(Report& report, const std::string& investee,
                const std::vector<ForecastMonth>& months) const {
    for (const ForecastMonth& month : months) {
      std::vector<Cell> row{month.period.to_string(),
                            investee,
                            face_figure(forecast_, month.used),
                            face_figure(forecast_, month.drawn),
                            money(month.revenue()),
                            money(month.credit_revenue),
                            money(month.cash_revenue),
                            money(month.breakage),
                            money(month.liability),
                            face_figure(forecast_, month.expired),
                            face_figure(forecast_, month.left)};
      if (has_cost()) {
        // An assumed cost is no amount of the books: it is rounded where it is shown.
        const Figure cost = money_figure(
            state_, rounded(month.cost, state_.functional().minor_digits()));
        row.emplace_back(cost);
        row.emplace_back(money_figure(state_, money(month.revenue()).value - cost.value));
      }
      row.emplace_back(make_ref({"scenario-run", month.period.to_string(), investee}));
      report.rows.push_back(std::move(row));
    }
  }

  void add_totals(Report& report, const std::string& of) const {
    for (const char* const name :
         {"used", "drawn", "revenue", "credit_revenue", "cash_revenue", "breakage",
          "face_expired", "cost", "margin"}) {
      const std::optional<std::size_t> column = column_named(report, name);
      if (!column) continue;
      Figure sum = std::get<Figure>(report.rows.front()[*column]);
      sum.value = Decimal{};
      for (const Row& row : report.rows) {
        if (text_in(report, row, "investee") != of) continue;
        sum.value += std::get<Figure>(row[*column]).value;
      }
      report.totals.push_back({name, sum});
      report.column_sums.push_back({name, name, {{"investee", of}}});
    }
  }

  /// Tie 7: what the months say is what the revenue accounts moved by.
  void add_check(Report& report, const BookView& view) const {
    std::int64_t booked = 0;
    for (const auto& [account, movement] :
         movements_of(view, forecast_.months, OriginView::as_reported)) {
      if (account.role == AccountRole::revenue) booked -= movement.in_range();
    }
    for (const ForecastMonth& month : forecast_.by_month) booked -= month.revenue();
    report.checks = {{"revenue = revenue accounts", money(booked)}};
  }

  const Scenario& scenario_;
  const Forecast& forecast_;
  const BookState& state_;
};

}  // namespace

BookView book_at_end(const Forecast& forecast) {
  return load_view(forecast.books.store(), forecast.books.store().record_count());
}

std::string assumed_ref(const Scenario& scenario, const std::string& ref) {
  return make_ref({"assumed", scenario.name}) + ":" + ref;
}

void mark_assumed(Report& report, const Scenario& scenario, const Forecast& forecast) {
  report.title = "Scenario " + scenario.name + ", not booked: " + report.title;
  report.state = "assumed";
  report.assumed = {scenario.name, scenario.file, scenario.sha256, forecast.months.first};
  for (Row& row : report.rows) {
    if (auto* ref = std::get_if<std::string>(&row.back())) *ref = assumed_ref(scenario, *ref);
  }
  for (FigureSource& source : report.sources) {
    source.figure = assumed_ref(scenario, source.figure);
    source.of = assumed_ref(scenario, source.of);
  }
  report.as_of = {forecast.start_records, forecast.start_root};
  report.notes.insert(
      report.notes.begin(),
      "assumed, not booked: scenario " + scenario.name + " (" + scenario.file + ", SHA-256 " +
          scenario.sha256 + ") from record " + std::to_string(forecast.start_records) +
          " of the book; assumed from " + forecast.months.first.to_string() + " on");
}

Report forecast_report(const Scenario& scenario, const Forecast& forecast) {
  return ForecastRows{scenario, forecast}.build();
}

Report forecast_grants_report(const Scenario& scenario, const Forecast& forecast) {
  Report report = start_report(book_at_end(forecast), "scenario-grants",
                               "What becomes of each grant", forecast.months);
  report.columns = {{"investee", ColumnKind::key},       {"grant", ColumnKind::key},
                    {"face_currency", ColumnKind::text, 4}, {"face", ColumnKind::figure},
                    {"expires_in", ColumnKind::text},    {"face_expired", ColumnKind::figure},
                    {"face_left", ColumnKind::figure},   {"ref", ColumnKind::text, 9}};
  for (const GrantEnd& grant : forecast.grants) {
    const Currency currency = Currency::from_code(grant.currency).value();
    report.rows.push_back(
        {grant.investee, grant.grant, grant.currency, exact_figure(grant.face, currency),
         grant.expired_in ? Cell{grant.expired_in->to_string()} : Cell{},
         exact_figure(grant.expired, currency), exact_figure(grant.left, currency),
         make_ref({"scenario-grants", grant.grant})});
  }
  sort_rows(report);
  mark_assumed(report, scenario, forecast);
  for (const RunOut& out : forecast.run_outs) report.notes.push_back(told(out));
  return report;
}

}  // namespace accrue

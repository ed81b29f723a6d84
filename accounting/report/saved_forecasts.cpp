#include "accounting/report/saved_forecasts.h"

#include "accounting/report/frame.h"
#include "accounting/report/ref.h"
#include "ledger/proof/merkle.h"

namespace accrue {

namespace {

Figure amount_figure(const Decimal& value, const std::string& currency) {
  const Result<Currency> known = Currency::from_code(currency);
  if (known.ok()) return exact_figure(value, *known);
  return {value, 0, Measure::amount};
}

}  // namespace

std::string forecast_row_ref(const std::string& name, const ForecastRow& row) {
  return make_ref(
      {"forecast", name, row.period.to_string(), row.investee, row.grant, row.currency});
}

Report saved_forecast_list(const BookView& view) {
  Report report = start_report(view, "scenarios", "Saved forecasts", std::nullopt);
  report.columns = {{"record", ColumnKind::count},      {"forecast", ColumnKind::text},
                    {"file", ColumnKind::text},         {"first_month", ColumnKind::text},
                    {"last_month", ColumnKind::text},   {"start_records", ColumnKind::count},
                    {"start_root", ColumnKind::text, 6}, {"file_digest", ColumnKind::text, 5},
                    {"digest", ColumnKind::text, 4},    {"ref", ColumnKind::text, 9}};
  for (const HeldForecast& held : view.state.forecasts) {
    const ForecastSaved& fact = held.fact;
    report.rows.push_back({held.record, fact.name, fact.file, fact.months.first.to_string(),
                           fact.months.last.to_string(), fact.start_records,
                           to_hex(fact.start_root), to_hex(fact.sha256), to_hex(held.leaf_hash),
                           make_ref({"record", std::to_string(held.record)})});
  }
  report.totals = {{"forecasts", static_cast<std::int64_t>(view.state.forecasts.size())}};
  return report;
}

Report saved_forecast_report(const BookView& view, const HeldForecast& held) {
  const ForecastSaved& fact = held.fact;
  Report report = start_report(view, "scenario-saved", "Forecast " + fact.name, fact.months);
  report.columns = {{"period", ColumnKind::key},
                    {"investee", ColumnKind::key},
                    {"grant", ColumnKind::key},
                    {"face_currency", ColumnKind::key},
                    {"drawn", ColumnKind::figure},
                    {"expired", ColumnKind::figure},
                    {"usage_revenue", ColumnKind::figure},
                    {"breakage_revenue", ColumnKind::figure},
                    {"ref", ColumnKind::text, 9}};
  std::int64_t usage = 0;
  std::int64_t breakage = 0;
  for (const ForecastRow& row : fact.rows) {
    report.rows.push_back({row.period.to_string(), row.investee,
                           row.grant.empty() ? Cell{} : Cell{row.grant}, row.currency,
                           amount_figure(row.drawn, row.currency),
                           amount_figure(row.expired, row.currency),
                           money_figure(view.state, row.usage_revenue),
                           money_figure(view.state, row.breakage_revenue),
                           forecast_row_ref(fact.name, row)});
    usage += row.usage_revenue;
    breakage += row.breakage_revenue;
  }
  report.totals = {{"usage_revenue", money_figure(view.state, usage)},
                   {"breakage_revenue", money_figure(view.state, breakage)}};
  report.column_sums = {{"usage_revenue", "usage_revenue"},
                        {"breakage_revenue", "breakage_revenue"}};
  report.notes = {"assumed, not booked: saved in record " + std::to_string(held.record) +
                      ", digest " + to_hex(held.leaf_hash),
                  "scenario " + fact.file + ", SHA-256 " + to_hex(fact.sha256) +
                      ", from the book's first " + std::to_string(fact.start_records) +
                      " records, root " + to_hex(fact.start_root)};
  return report;
}

}  // namespace accrue

// Saved forecasts: what was expected, and the records and reports that rest on it.

#include <algorithm>
#include <string>
#include <variant>

#include "accounting/audit/explain.h"
#include "accounting/audit/explain_refs.h"
#include "accounting/posting/saved_forecasts.h"
#include "accounting/report/cells.h"
#include "accounting/report/forecast_choice.h"
#include "accounting/report/frame.h"
#include "accounting/report/make_report.h"
#include "accounting/report/ref.h"
#include "accounting/report/saved_forecasts.h"

namespace accrue {

namespace {

constexpr std::string_view to_date = "_to_date";

}  // namespace

/// "flux:RANGE:FORECAST:INVESTEE:FUNDING:GRANT".
void Explainer::explain_flux(ExplainedStep& step, const ReportRow& row, const Parts& address,
                             const std::string& column) {
  const Result<const HeldForecast*> held = saved_forecast(view_.state, address[2]);
  const bool is_to_date = column.find(to_date) != std::string::npos;
  const std::string suffix{is_to_date ? to_date : ""};
  const std::string of_row = step.ref.substr(0, step.ref.rfind('#') + 1);
  const auto of_column = [&](Link link, const std::string& name) {
    step.parts.push_back({link, of_row + name + suffix, name, {}, functional()});
  };
  if (column.ends_with("_pct")) {
    step.how = {"100 x difference / forecast"};
    of_column(Link::source, "difference");
    of_column(Link::source, "forecast");
  } else if (column.starts_with("difference")) {
    of_column(Link::plus, "actual");
    of_column(Link::minus, "forecast");
  } else if (column.starts_with("forecast")) {
    const PeriodRange range = *row.report.period;
    const Period first = is_to_date ? (*held)->fact.months.first : range.first;
    step.how = {"the sum of what was saved of these months"};
    add_forecast_rows(step, **held, {first, range.last}, address);
    step.parts.push_back(record_part((*held)->record));
  } else if (is_to_date) {
    const Span span{(*held)->fact.months.first, row.report.period->last};
    step.parts.push_back({Link::plus,
                          make_ref({ref_head("revenue", row.by), to_text(span), address[3],
                                    address[4], address[5]}),
                          "what the book holds", {}, functional()});
  } else {
    explain_by_sums(step, row, of_row.substr(0, of_row.size() - 1), column);
  }
}

/// The saved figures that a row of the flux report is the sum of.
void Explainer::add_forecast_rows(ExplainedStep& step, const HeldForecast& held, const Span& span,
                                  const Parts& address) const {
  const bool is_breakage = address[4] == "breakage";
  const std::string column = is_breakage ? "breakage_revenue" : "usage_revenue";
  for (const ForecastRow& row : held.fact.rows) {
    const bool is_of_row = row.investee == address[3] && row.grant == address[5] &&
                           *span.first <= row.period && row.period <= span.last;
    const std::int64_t amount = is_breakage ? row.breakage_revenue : row.usage_revenue;
    if (!is_of_row || amount == 0) continue;
    step.parts.push_back({Link::plus, forecast_row_ref(held.fact.name, row) + "#" + column,
                          row.period.to_string() + ", " + column, money(amount), functional()});
  }
}

/// "forecast:NAME:PERIOD:INVESTEE:GRANT:CURRENCY", with "#COLUMN" or without.
Result<ExplainedStep> Explainer::forecast_row(const std::string& ref) {
  const std::size_t mark = ref.rfind('#');
  const bool has_column = mark != std::string::npos && mark > ref.rfind(':');
  const std::string row_ref = ref.substr(0, has_column ? mark : ref.size());
  const Parts address = parts_of_ref(row_ref);
  if (address.size() != 6) return unknown_ref(ref);
  const Result<const HeldForecast*> held = saved_forecast(view_.state, address[1]);
  if (!held.ok()) return unknown_ref(ref);
  const auto [known, is_new] = reports_.try_emplace(make_ref({"forecast", address[1]}));
  if (is_new) known->second = saved_forecast_report(view_, **held);
  const Report& report = known->second;
  const auto cells = std::ranges::find_if(
      report.rows, [&](const std::vector<Cell>& row) { return ref_of(row) == row_ref; });
  if (cells == report.rows.end()) return unknown_ref(ref);
  ExplainedStep step = figures_of({report, *cells}, row_ref);
  if (has_column) {
    const auto part = std::ranges::find(step.parts, ref, &ExplainedPart::ref);
    if (part == step.parts.end()) return unknown_ref(ref);
    step = {.ref = ref, .what = step.what + ": " + part->what, .value = part->value,
            .unit = part->unit};
    step.how = {"as the scenario came to it when it was saved"};
  }
  step.parts.push_back(record_part((*held)->record));
  return step;
}

/// The record of the forecast that a row of a disclosure rests on, where it rests on a saved one.
void Explainer::add_saved_forecast(ExplainedStep& step, const ReportRow& row) const {
  const std::optional<ReportKind> kind = report_kind_named(row.report.name);
  if (kind != ReportKind::rpo && kind != ReportKind::contract_balances) return;
  // The forecast ends the head of the address.
  const Parts address = parts_of_ref(ref_of(row.cells));
  const std::optional<ForecastChoice> choice =
      forecast_choice_named(address[address_length(*kind) - 1]);
  if (!choice || !std::holds_alternative<SavedForecastName>(*choice)) return;
  const Result<const HeldForecast*> held =
      saved_forecast(view_.state, std::get<SavedForecastName>(*choice).name);
  if (held.ok()) step.parts.push_back(record_part((*held)->record));
}

/// What a record cites, and of a forecast what it was made of.
void Explainer::add_evidence_of(ExplainedStep& step, const Fact& fact) const {
  const auto add = [&](const CitedForecast& cited) {
    step.how.push_back("rests on the forecast of record " + std::to_string(cited.record));
    step.parts.push_back(record_part(cited.record));
  };
  if (const auto* const estimate = std::get_if<EstimateChanged>(&fact)) {
    if (estimate->evidence) add(*estimate->evidence);
  } else if (const auto* const close = std::get_if<PeriodClosed>(&fact)) {
    const auto* const cited = std::get_if<CitedForecast>(&close->forecast);
    if (cited != nullptr) add(*cited);
  } else if (const auto* const saved = std::get_if<ForecastSaved>(&fact)) {
    step.how.push_back("forecast " + saved->name + ", " + saved->months.first.to_string() + " to " +
                       saved->months.last.to_string() + ", of the book's first " +
                       std::to_string(saved->start_records) + " records");
  }
}

}  // namespace accrue

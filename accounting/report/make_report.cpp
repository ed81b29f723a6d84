#include "accounting/report/make_report.h"

#include <algorithm>
#include <array>

#include "accounting/report/bands.h"
#include "accounting/report/frame.h"
#include "accounting/report/ref.h"

namespace accrue {

namespace {

constexpr std::array all_kinds{
    ReportKind::period,        ReportKind::rollforward,    ReportKind::waterfall,
    ReportKind::growth,        ReportKind::rpo,            ReportKind::disaggregation,
    ReportKind::concentration, ReportKind::related_party,  ReportKind::deal,
    ReportKind::breakage,      ReportKind::contract_balances, ReportKind::cash_flow,
    ReportKind::burn_down,     ReportKind::bridge,         ReportKind::trial_balance,
    ReportKind::journal};

template <typename T>
std::optional<T> named(std::string_view name, std::initializer_list<T> values) {
  for (const T value : values) {
    if (to_string(value) == name) return value;
  }
  return std::nullopt;
}

std::optional<DrawForecast> forecast_named(std::string_view name) {
  return named(name, {DrawForecast::trailing_3, DrawForecast::trailing_6,
                      DrawForecast::trailing_12, DrawForecast::even});
}

/// What the head of a row's ref says beside name and range; nothing where it is no such head.
std::optional<ReportOptions> read_address(ReportKind kind, const std::vector<std::string>& parts) {
  ReportOptions options;
  switch (kind) {
    case ReportKind::growth:
      options.growth = {.segment = parts[2], .basis = parts[3]};
      break;
    case ReportKind::concentration:
      options.concentration = {.segment = parts[2], .basis = parts[3]};
      if (!parts[4].empty()) options.concentration.entity = parts[4];
      break;
    case ReportKind::rpo: {
      const std::optional<std::vector<int>> bands = read_bands(parts[2]);
      options.rpo.forecast = forecast_named(parts[3]);
      if (!bands || !options.rpo.forecast) return std::nullopt;
      options.rpo.bands = *bands;
      break;
    }
    case ReportKind::contract_balances:
      options.rpo.forecast = forecast_named(parts[2]);
      if (!options.rpo.forecast) return std::nullopt;
      break;
    case ReportKind::disaggregation: {
      const std::optional<Dimension> dimension =
          named(parts[2], {Dimension::service, Dimension::sku, Dimension::region,
                           Dimension::funding, Dimension::grant, Dimension::investee});
      if (!dimension) return std::nullopt;
      options.dimension = *dimension;
      break;
    }
    case ReportKind::period:
    case ReportKind::rollforward:
    case ReportKind::waterfall:
    case ReportKind::related_party:
    case ReportKind::deal:
    case ReportKind::breakage:
    case ReportKind::cash_flow:
    case ReportKind::burn_down:
    case ReportKind::bridge:
    case ReportKind::trial_balance:
    case ReportKind::journal: break;
  }
  return options;
}

}  // namespace

std::string_view to_string(ReportKind kind) {
  switch (kind) {
    case ReportKind::period: return "period";
    case ReportKind::rollforward: return "rollforward";
    case ReportKind::waterfall: return "waterfall";
    case ReportKind::growth: return "growth";
    case ReportKind::rpo: return "rpo";
    case ReportKind::disaggregation: return "disaggregation";
    case ReportKind::concentration: return "concentration";
    case ReportKind::related_party: return "related-party";
    case ReportKind::deal: return "deal";
    case ReportKind::breakage: return "breakage";
    case ReportKind::contract_balances: return "contract-balances";
    case ReportKind::cash_flow: return "cash-flow";
    case ReportKind::burn_down: return "burn-down";
    case ReportKind::bridge: return "bridge";
    case ReportKind::trial_balance: return "trial-balance";
    case ReportKind::journal: return "journal";
  }
  return {};
}

std::optional<ReportKind> report_kind_named(std::string_view name) {
  const auto found = std::find_if(all_kinds.begin(), all_kinds.end(),
                                  [&](ReportKind kind) { return to_string(kind) == name; });
  return found == all_kinds.end() ? std::nullopt : std::optional{*found};
}

Result<Report> make_report(const Store& store, const BookView& view, ReportKind kind,
                           PeriodRange range, OriginView by, const ReportOptions& options) {
  switch (kind) {
    case ReportKind::period: return period_report(view, range, by);
    case ReportKind::rollforward: return rollforward_report(view, range, by);
    case ReportKind::waterfall: return waterfall_report(view, range, by);
    case ReportKind::growth: return growth_report(view, range, by, options.growth);
    case ReportKind::rpo: return rpo_report(view, range, by, options.rpo);
    case ReportKind::disaggregation:
      return disaggregation_report(view, range, by, options.dimension);
    case ReportKind::concentration:
      return concentration_report(view, range, by, options.concentration);
    case ReportKind::related_party: return related_party_report(view, range, by);
    case ReportKind::deal: return deal_report(view, range, by);
    case ReportKind::breakage: return breakage_report(view, range, by);
    case ReportKind::contract_balances: 
      return contract_balances_report(view, range, by, options.rpo.forecast);
    case ReportKind::cash_flow: return cash_flow_report(view, range, by);
    case ReportKind::burn_down: return burn_down_report(view, range, by);
    case ReportKind::bridge: return bridge_report(store, view, range, by);
    case ReportKind::trial_balance: return trial_balance_report(view, range, by);
    case ReportKind::journal: return journal_report(store, view, range, by);
  }
  return Report{};
}

std::size_t address_length(ReportKind kind) {
  switch (kind) {
    case ReportKind::disaggregation:
    case ReportKind::contract_balances: return 3;
    case ReportKind::growth:
    case ReportKind::rpo: return 4;
    case ReportKind::concentration: return 5;
    case ReportKind::period:
    case ReportKind::rollforward:
    case ReportKind::waterfall:
    case ReportKind::related_party:
    case ReportKind::deal:
    case ReportKind::breakage:
    case ReportKind::cash_flow:
    case ReportKind::burn_down:
    case ReportKind::bridge:
    case ReportKind::trial_balance:
    case ReportKind::journal: return 2;
  }
  return 0;
}

Result<Report> report_at(const Store& store, const BookView& view, std::string_view ref) {
  const Error unknown{.code = ErrorCode::unknown_ref,
                      .message = "nothing has the address '" + std::string{ref} + "'",
                      .hint = "the last column of every report holds the addresses of its rows"};
  const std::vector<std::string> parts = parts_of_ref(ref);
  const auto [name, by] = read_ref_head(parts.front());
  const std::optional<ReportKind> kind = report_kind_named(name);
  if (!kind || parts.size() < address_length(*kind)) return unknown;
  const Result<PeriodRange> range = parse_period_range(parts[1], FiscalCalendar{});
  const std::optional<ReportOptions> options = read_address(*kind, parts);
  if (!range.ok() || !options) return unknown;
  return make_report(store, view, *kind, *range, by, *options);
}

}  // namespace accrue

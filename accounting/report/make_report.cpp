#include "accounting/report/make_report.h"

#include <algorithm>
#include <array>

#include "accounting/report/bands.h"
#include "accounting/report/frame.h"
#include "accounting/report/ref.h"

namespace accrue {

namespace {

/// How a report is called, and how many parts at the head of a row's ref say which one it is.
struct KnownKind {
  ReportKind kind;
  std::string_view name;
  std::size_t address_length;
};
constexpr std::array known_kinds{
    KnownKind{ReportKind::period, "period", 2},
    KnownKind{ReportKind::rollforward, "rollforward", 2},
    KnownKind{ReportKind::waterfall, "waterfall", 2},
    KnownKind{ReportKind::growth, "growth", 4},
    KnownKind{ReportKind::rpo, "rpo", 4},
    KnownKind{ReportKind::disaggregation, "disaggregation", 3},
    KnownKind{ReportKind::concentration, "concentration", 5},
    KnownKind{ReportKind::related_party, "related-party", 2},
    KnownKind{ReportKind::deal, "deal", 2},
    KnownKind{ReportKind::breakage, "breakage", 2},
    KnownKind{ReportKind::contract_balances, "contract-balances", 3},
    KnownKind{ReportKind::cash_flow, "cash-flow", 2},
    KnownKind{ReportKind::burn_down, "burn-down", 2},
    KnownKind{ReportKind::bridge, "bridge", 2},
    KnownKind{ReportKind::flux, "flux", 3},
    KnownKind{ReportKind::trial_balance, "trial-balance", 2},
    KnownKind{ReportKind::journal, "journal", 2}};

constexpr bool has_one_row_for_every_kind() {
  for (std::size_t i = 0; i < known_kinds.size(); ++i) {
    if (static_cast<std::size_t>(known_kinds[i].kind) != i) return false;
  }
  return known_kinds.size() == static_cast<std::size_t>(ReportKind::journal) + 1;
}
static_assert(has_one_row_for_every_kind());

constexpr const KnownKind& known(ReportKind kind) {
  return known_kinds[static_cast<std::size_t>(kind)];
}

template <typename T>
std::optional<T> named(std::string_view name, std::initializer_list<T> values) {
  for (const T value : values) {
    if (to_string(value) == name) return value;
  }
  return std::nullopt;
}

/// What the head of a row's ref says beside name and range; nothing where it is no such head.
std::optional<ReportOptions> read_address(ReportKind kind, const std::vector<std::string>& parts) {
  ReportOptions options;
  if (kind == ReportKind::growth) {
    options.growth = {.segment = parts[2], .basis = parts[3]};
  } else if (kind == ReportKind::concentration) {
    options.concentration = {.segment = parts[2], .basis = parts[3]};
    if (!parts[4].empty()) options.concentration.entity = parts[4];
  } else if (kind == ReportKind::rpo) {
    const std::optional<std::vector<int>> bands = read_bands(parts[2]);
    options.rpo.forecast = forecast_choice_named(parts[3]);
    if (!bands || !options.rpo.forecast) return std::nullopt;
    options.rpo.bands = *bands;
  } else if (kind == ReportKind::contract_balances) {
    options.rpo.forecast = forecast_choice_named(parts[2]);
    if (!options.rpo.forecast) return std::nullopt;
  } else if (kind == ReportKind::flux) {
    options.flux.against = parts[2];
  } else if (kind == ReportKind::disaggregation) {
    const std::optional<Dimension> dimension =
        named(parts[2], {Dimension::service, Dimension::sku, Dimension::region,
                         Dimension::funding, Dimension::grant, Dimension::investee});
    if (!dimension) return std::nullopt;
    options.dimension = *dimension;
  }
  return options;
}

}  // namespace

std::string_view to_string(ReportKind kind) { return known(kind).name; }

std::size_t address_length(ReportKind kind) { return known(kind).address_length; }

std::optional<ReportKind> report_kind_named(std::string_view name) {
  const auto found = std::ranges::find(known_kinds, name, &KnownKind::name);
  return found == known_kinds.end() ? std::nullopt : std::optional{found->kind};
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
    case ReportKind::flux: return flux_report(view, range, by, options.flux);
    case ReportKind::trial_balance: return trial_balance_report(view, range, by);
    case ReportKind::journal: return journal_report(store, view, range, by);
  }
  return Report{};
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

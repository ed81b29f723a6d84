#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "accounting/posting/view.h"
#include "accounting/report/disclosures.h"
#include "accounting/report/flux.h"
#include "accounting/report/report.h"
#include "accounting/report/reports.h"
#include "accounting/report/rpo.h"
#include "ledger/error/error.h"
#include "ledger/store/store.h"

namespace accrue {

/// The reports of a range that are made of the book alone.
enum class ReportKind {
  period, rollforward, waterfall, growth, rpo, disaggregation, concentration, related_party, deal,
  breakage, contract_balances, cash_flow, burn_down, bridge, flux, trial_balance, journal
};

/// As on the command line: "trial-balance".
std::string_view to_string(ReportKind kind);
std::optional<ReportKind> report_kind_named(std::string_view name);

/// What one or the other report asks for beside the range.
struct ReportOptions {
  GrowthOptions growth = {};
  RpoOptions rpo = {};
  ConcentrationOptions concentration = {};
  Dimension dimension = Dimension::service;
  FluxOptions flux = {};
};

/// Errors: those of the report.
Result<Report> make_report(const Store& store, const BookView& view, ReportKind kind,
                           PeriodRange range, OriginView by, const ReportOptions& options);

/// How many parts at the head of a row's ref say which report it is of: its name, its range, and
/// what else it was asked for.
std::size_t address_length(ReportKind kind);

/// The report that a row's ref is of. Errors: unknown_ref; those of the report.
Result<Report> report_at(const Store& store, const BookView& view, std::string_view ref);

}  // namespace accrue

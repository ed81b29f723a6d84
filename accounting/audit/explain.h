#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounting/audit/explanation.h"
#include "accounting/audit/serving.h"
#include "accounting/posting/derivation.h"
#include "accounting/posting/exceptions.h"
#include "accounting/posting/view.h"
#include "accounting/report/report.h"
#include "accounting/report/reports.h"
#include "ledger/error/error.h"
#include "ledger/store/store.h"

namespace accrue {

/// Which periods of what an address counts: those up to the last, or those of a range.
struct Span {
  std::optional<Period> first;
  Period last;
  bool contains(Period period) const {
    return (!first || *first <= period) && period <= last;
  }
};

/// One cell of the books: an account in a posting period for an origin period.
struct CellAddress {
  Period posting;
  Period origin;
  Account account;
};

/// What single draws are asked for together. What is left out admits all.
struct DrawGroup {
  Period posting;
  Period origin;
  std::string investee;
  std::string currency;
  std::string grant;  ///< empty: cash-funded
  std::string service;
  std::string region;
};

/// Answers where any figure of any report comes from: its formula with the exact values, the
/// entries behind it, the draws and why this grant paid, the charges, the lines of the files.
///
/// It derives from the facts again what the balances only sum, so that each step shows both.
class Explainer {
 public:
  Explainer(const Store& store, const BookView& view) : store_{store}, view_{view} {}

  /// One step. Errors: unknown_ref; those of the report that the ref is a row of.
  Result<ExplainedStep> step(const std::string& ref);

 private:
  using Parts = std::vector<std::string>;

  // explain_report.cpp: rows and figures of reports.
  struct ReportRow {
    const Report& report;
    std::vector<Cell> cells;
    OriginView by = OriginView::as_reported;
  };
  Result<ReportRow> find_row(const std::string& row_ref);
  ExplainedStep figures_of(const ReportRow& row, const std::string& row_ref) const;
  Result<ExplainedStep> report_row(const std::string& row_ref);
  Result<ExplainedStep> report_figure(const std::string& row_ref, const std::string& column);
  void explain_rollforward(ExplainedStep& step, const ReportRow& row, const std::string& column);
  void explain_face(ExplainedStep& step, const HeldGrant& held, const ReportRow& row,
                    const std::string& column);
  void explain_waterfall(ExplainedStep& step, const ReportRow& row, const Parts& address,
                         const std::string& column);
  void explain_growth(ExplainedStep& step, const ReportRow& row, const std::string& column);
  void explain_by_sums(ExplainedStep& step, const ReportRow& row, const std::string& row_ref,
                       const std::string& column);
  void add_draws_of_sku(ExplainedStep& step, const ReportRow& row, const std::string& column);
  void add_terms(ExplainedStep& step, const ReportRow& row) const;
  void add_imports(ExplainedStep& step, RecordKind kind);
  void explain_bridge(ExplainedStep& step, const Parts& address);
  void explain_drawdown(ExplainedStep& step, const Parts& address);
  // explain_forecast.cpp: what rests on a saved forecast.
  void explain_flux(ExplainedStep& step, const ReportRow& row, const Parts& address,
                    const std::string& column);
  void add_forecast_rows(ExplainedStep& step, const HeldForecast& held, const Span& span,
                         const Parts& address) const;
  Result<ExplainedStep> forecast_row(const std::string& ref);
  void add_saved_forecast(ExplainedStep& step, const ReportRow& row) const;
  void add_evidence_of(ExplainedStep& step, const Fact& fact) const;
  void explain_answer(ExplainedStep& step, const Parts& address, OriginView by);

  // explain_books.cpp: accounts, cells, entries, deals.
  Result<ExplainedStep> account(const std::string& ref, OriginView by);
  Result<ExplainedStep> derived(const std::string& ref, OriginView by);
  Result<ExplainedStep> cell(const std::string& ref);
  void explain_earned(ExplainedStep& step, const CellAddress& cell, Serving& serving);
  void explain_cash_earned(ExplainedStep& step, const CellAddress& cell, Serving& serving);
  void explain_other_side(ExplainedStep& step, const CellAddress& cell, Serving& serving);
  Result<ExplainedStep> entry(const Parts& address, const std::string& ref);
  Result<ExplainedStep> revenue(const Parts& address, OriginView by, const std::string& ref);
  Result<ExplainedStep> deal(const Parts& address, const std::string& ref);
  Result<ExplainedStep> grant(const Parts& address, const std::string& ref);
  Result<ExplainedStep> price(const Parts& address, const std::string& ref);

  // explain_usage.cpp: draws, charges and what they were read from.
  Result<ExplainedStep> draws(const Parts& address, const std::string& ref);
  Result<ExplainedStep> drawn(const Parts& address, OriginView by, const std::string& ref);
  Result<ExplainedStep> draw(const Parts& address, const std::string& ref);
  Result<ExplainedStep> served_sum(const Parts& address, const std::string& ref);
  Result<ExplainedStep> charge(const Parts& address, const std::string& ref);
  Result<ExplainedStep> rows(const Parts& address, const std::string& ref);
  Result<ExplainedStep> record(const Parts& address, const std::string& ref);
  Result<ExplainedStep> file(const Parts& address, const std::string& ref);
  void explain_order(ExplainedStep& step, const Serving& serving, std::size_t sum,
                     const Draw& draw) const;
  void add_evidence(ExplainedStep& step, const StoredCharge& stored, const ChargeAddress& address);

  // explain_controls.cpp: closes, what the provider says, keys, hashes of the tree.
  Result<ExplainedStep> status(const Parts& address, const std::string& ref);
  Result<ExplainedStep> period(const Parts& address, const std::string& ref);
  Result<ExplainedStep> exception(const Parts& address, const std::string& ref);
  Result<ExplainedStep> tie(const Parts& address, const std::string& ref);
  Result<ExplainedStep> provider_period(const Parts& address, const std::string& ref);
  Result<ExplainedStep> key(const Parts& address, const std::string& ref);
  Result<ExplainedStep> tree(const Parts& address, const std::string& ref);
  /// What closing the period now would rest on. Errors: rate_missing.
  Result<Derivation> derive(Period closing);
  void add_subject(ExplainedStep& step, Period closing, const Exception& exception);

  // What all of them ask for.
  struct Located {
    Serving* serving;
    std::size_t sum;
    StoredCharge charge;
  };
  std::optional<StoredCharge> find_charge(const ChargeAddress& address);
  const Fact& fact_of(std::int64_t record);
  std::optional<Located> locate(const ChargeAddress& address);
  /// The serving that booked what was posted in a period.
  Serving& serving_of(Period posting);
  Serving& serving_by(std::int64_t close_record);
  std::vector<Serving*> servings();
  ExplainedPart draw_part(const Serving& serving, std::size_t sum, std::size_t number) const;
  ExplainedPart record_part(std::int64_t record) const;
  Figure money(std::int64_t minor_units) const;
  std::string money_text(std::int64_t minor_units) const;
  std::string functional() const;
  Result<CellAddress> read_cell(const std::string& ref) const;
  std::optional<Account> account_named(std::string_view name) const;

  /// A line of an entry with what it counts as: credits above zero for liabilities and revenue.
  struct AccountLine {
    std::int64_t entry = 0;
    std::int64_t position = 0;
    Period posting;
    Period origin;
    std::int64_t amount = 0;
  };
  const std::map<Account, std::vector<AccountLine>>& lines_by_account();

  const Store& store_;
  const BookView& view_;
  std::map<std::int64_t, Serving> servings_;  ///< by close record; 0 holds what is open
  std::optional<std::map<Account, std::vector<AccountLine>>> lines_;
  // Many steps ask for the same record or report.
  std::map<std::int64_t, std::vector<StoredCharge>> charges_;  ///< by record
  std::map<std::int64_t, Fact> facts_;                         ///< by record
  std::map<std::string, Report> reports_;                      ///< by what names them in a ref
};

/// The explanation of a ref as a report: one row per step, numbered 1, 1.1, 1.1.1. Every sum and
/// every second way on it is a check.
///
/// Errors: those of Explainer::step.
Result<Report> explain_report(Explainer& explainer, const BookView& view, const std::string& ref,
                              ExplainReach reach);

}  // namespace accrue

#include "cli/command_programs.h"

#include "accounting/audit/completeness.h"
#include "accounting/audit/cutoff.h"
#include "accounting/audit/invoices.h"
#include "accounting/audit/je_tests.h"
#include "accounting/audit/lookback.h"
#include "accounting/audit/sample_evaluation.h"
#include "cli/output.h"
#include "cli/sample_file.h"
#include "ledger/intake/audit_csv.h"
#include "ledger/number/money.h"

namespace accrue {

namespace {

Result<std::optional<PeriodRange>> optional_range(const std::optional<std::string>& text,
                                                  const BookState& state) {
  if (!text) return std::optional<PeriodRange>{};
  ACCRUE_TRY(range, period_range(*text, state));
  return std::optional<PeriodRange>{range};
}

/// An amount above zero of the book's currency. Errors: usage.
Result<std::int64_t> read_amount(std::string_view flag, const std::string& text,
                                 const BookState& state) {
  const Result<Money> amount = Money::parse(text, state.functional());
  if (amount.ok() && amount->minor_units() > 0) return amount->minor_units();
  return Error{.code = ErrorCode::usage,
               .message = std::string{flag} + " is an amount of " +
                          std::string{state.functional().code()} + " above zero, not '" + text +
                          "'",
               .hint = "for instance: " + std::string{flag} + " 1000"};
}

/// The sample that the file states, drawn again.
/// Errors: not_a_sample, sample_differs, those of draw_sample.
struct DrawnAgain {
  BookView view;
  SampleTerms terms;
  Sample sample;
};
Result<DrawnAgain> draw_again(const Store& store, const std::string& path) {
  ACCRUE_TRY(file, read_sample_file(path));
  if (file.records > store.record_count()) {
    return sample_differs(path, "the sample is of " + std::to_string(file.records) +
                                    " records, the book has " +
                                    std::to_string(store.record_count()));
  }
  BookView view = load_view(store, file.records);
  if (view.root != file.root) {
    return sample_differs(path, "the root of the sample is " + file.root + ", that of the book " +
                                    view.root);
  }
  ACCRUE_TRY(sample, draw_sample(store, view, file.terms));
  const Report again = sample_report(view, file.terms, sample, SampleRows::selected);
  if (!file.equals(again)) {
    return sample_differs(path, "the seed gives other items or amounts than the file holds");
  }
  return DrawnAgain{std::move(view), file.terms, std::move(sample)};
}

}  // namespace

Result<ExitStatus> run(const Context& context, const AuditSampleCommand& command) {
  ACCRUE_TRY(opened, context.open_view());
  SampleTerms terms = command.terms;
  ACCRUE_TRY(range, period_range(command.period, opened.view.state));
  terms.population.period = range;
  ACCRUE_TRY(sample, draw_sample(opened.store, opened.view, terms));
  ACCRUE_TRY_DONE(put_report(context, sample_report(opened.view, terms, sample, command.rows)));
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const AuditSampleEvaluateCommand& command) {
  ACCRUE_TRY(store, context.open_to_read());
  ACCRUE_TRY(drawn, draw_again(store, command.sample_file));
  ACCRUE_TRY(findings, read_findings_csv(command.findings_file));
  ACCRUE_TRY(report, evaluate_sample(drawn.view, drawn.terms, drawn.sample, findings.rows,
                                     command.confidence_percent));
  ACCRUE_TRY_DONE(put_report(context, report));
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const AuditCompletenessCommand& command) {
  ACCRUE_TRY(opened, context.open_view());
  if (command.invoices_file) {
    ACCRUE_TRY(invoices, read_invoices_csv(*command.invoices_file, opened.view.state.fiscal()));
    ACCRUE_TRY_DONE(
        put_report(context, invoice_report(opened.store, opened.view, invoices.rows)));
    return ExitStatus::done;
  }
  ACCRUE_TRY(range, optional_range(command.period, opened.view.state));
  ACCRUE_TRY_DONE(put_report(context, completeness_report(opened.store, opened.view, range)));
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const AuditCutoffCommand& command) {
  ACCRUE_TRY(opened, context.open_view());
  ACCRUE_TRY(range, period_range(command.period, opened.view.state));
  ACCRUE_TRY_DONE(
      put_report(context, cutoff_report(opened.store, opened.view, range, command.days)));
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const AuditJournalTestsCommand& command) {
  ACCRUE_TRY(opened, context.open_view());
  const BookState& state = opened.view.state;
  ACCRUE_TRY(range, period_range(command.period, state));
  ACCRUE_TRY(round, read_amount("--round", command.round, state));
  JournalTestTerms terms{round, command.hours.opens, command.hours.shuts};
  if (command.threshold) {
    ACCRUE_TRY(threshold, read_amount("--threshold", *command.threshold, state));
    terms.threshold_minor_units = threshold;
  }
  ACCRUE_TRY_DONE(
      put_report(context, journal_tests_report(opened.store, opened.view, range, terms)));
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const AuditLookbackCommand& command) {
  ACCRUE_TRY(opened, context.open_view());
  ACCRUE_TRY(range, optional_range(command.period, opened.view.state));
  ACCRUE_TRY_DONE(put_report(context, lookback_report(opened.view, range)));
  return ExitStatus::done;
}

}  // namespace accrue

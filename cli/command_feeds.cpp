#include "cli/command_feeds.h"

#include <algorithm>

#include "accounting/posting/provider_periods.h"
#include "cli/feed_reports.h"
#include "cli/files.h"
#include "cli/output.h"
#include "cli/summary.h"
#include "cli/warnings.h"
#include "ledger/error/check.h"
#include "ledger/error/suggest.h"
#include "ledger/intake/focus_billing_periods.h"
#include "ledger/intake/focus_commitments.h"
#include "ledger/intake/terms_draft.h"

namespace accrue {

namespace {

constexpr std::size_t most_named = 10;

/// The contracts that were asked for: the one named, or all. A file of terms holds one.
/// Errors: unknown_id, usage (-o and several contracts).
Result<std::vector<Contract>> chosen(std::vector<Contract> contracts,
                                     const InvestmentDraftCommand& command,
                                     const GlobalOptions& options) {
  std::vector<std::string_view> ids;
  for (const Contract& contract : contracts) ids.push_back(contract.id);
  if (command.contract) {
    const auto found = std::ranges::find(contracts, *command.contract, &Contract::id);
    if (found != contracts.end()) return std::vector<Contract>{std::move(*found)};
    const std::optional<std::string> near = suggest(*command.contract, ids);
    return Error{.code = ErrorCode::unknown_id,
                 .message = "no contract '" + *command.contract + "' in " + command.file,
                 .hint = near ? "did you mean '" + *near + "'?"
                              : "see them with  accrue investment draft " + command.file};
  }
  if (!options.output || contracts.size() == 1) return contracts;
  Error error{.code = ErrorCode::usage,
              .message = command.file + " has " + std::to_string(contracts.size()) +
                         " contracts, and a file of terms holds one",
              .hint = "name one with --contract ID"};
  for (std::size_t i = 0; i < std::min(ids.size(), most_named); ++i) {
    error.notes.emplace_back(ids[i]);
  }
  if (ids.size() > most_named) {
    error.notes.push_back("and " + std::to_string(ids.size() - most_named) + " more");
  }
  return error;
}

std::string drafts_of(const std::vector<Contract>& contracts,
                      const InvestmentDraftCommand& command) {
  const DraftParticulars particulars{file_name(command.file), command.investee};
  std::string text;
  for (std::size_t i = 0; i < contracts.size(); ++i) {
    if (contracts.size() > 1) {
      text += (i == 0 ? "# ==== " : "\n# ==== ") + std::to_string(i + 1) + " of " +
              std::to_string(contracts.size()) + " ====\n";
    }
    text += draft_terms(contracts[i], particulars);
  }
  return text;
}

/// The book as it is once the rows are in it, also where nothing is written.
BookState state_after(const BookState& state, const Fact& fact) {
  BookState after = state;
  const Result<Done> added = add_fact(after, fact, state.record_count + 1);
  LEDGER_CHECK(added.ok(), "a provider's periods", "a fact that no book refuses");
  return after;
}

}  // namespace

Result<ExitStatus> run(const Context& context, const InvestmentDraftCommand& command) {
  ACCRUE_TRY(reading, read_commitments(command.file));
  say_warnings(context, reading.warnings);
  ACCRUE_TRY(contracts, chosen(std::move(reading.contracts), command, context.options()));
  ACCRUE_TRY_DONE(put_page(context, drafts_of(contracts, command)));
  if (contracts.size() > 1) {
    context.say(std::to_string(contracts.size()) +
                " contracts, a draft each; a file of terms holds one: --contract ID");
  }
  context.say_next("investment check " + context.options().output.value_or("FILE.toml"));
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const ImportBillingPeriodsCommand& command) {
  ACCRUE_TRY(books, context.open_to_write());
  ACCRUE_TRY(reading, read_billing_periods(command.file, books.state().zone));
  ProviderNews news = news_of(reading.file.rows, books.state());
  const std::string file = file_name(command.file);
  const Fact fact = BillingPeriodsImported{file, reading.file.sha256, news.rows};
  const BookState after = state_after(books.state(), fact);

  std::vector<Warning> warnings = std::move(reading.warnings);
  std::ranges::move(news.warnings, std::back_inserter(warnings));
  for (const ProviderPeriod& period : closed_by_provider(after)) {
    warnings.push_back(warning_of(period));
  }
  std::optional<Recorded> recorded;
  if (!news.rows.empty()) {
    ACCRUE_TRY(stamp, context.stamp(books.state().last_recorded_at));
    ACCRUE_TRY(written, books.record(fact, stamp, context.options().mode));
    recorded = std::move(written);
  }
  Report report = start_summary(books, "import-billing-periods", file);
  add_provider_periods(report, reading.file.rows, after,
                       recorded ? recorded->record : books.state().record_count);
  if (!recorded) report.notes.push_back("nothing new: no record was written");
  say_warnings(context, warnings, report);
  ACCRUE_TRY_DONE(put_report(context, report));
  if (recorded) say_recorded(context, *recorded);
  const std::optional<Period> open = first_open_period(books.state());
  if (open) context.say_next("period check " + open->to_string());
  return ExitStatus::done;
}

}  // namespace accrue

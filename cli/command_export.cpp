#include "cli/command_export.h"

#include "cli/command_report.h"
#include "cli/export/audit_data_standard.h"
#include "cli/export/book_tables.h"
#include "cli/export/journal_export.h"
#include "cli/export/kept_texts.h"
#include "cli/export/members.h"
#include "cli/export/pack.h"
#include "cli/files.h"
#include "cli/output.h"

namespace accrue {

namespace {

/// An export has the format of what it is for. Errors: format_conflict.
Result<Done> require_own_format(const Context& context, ExportKind kind) {
  const std::optional<Format> format = context.options().format;
  if (!format || *format == Format::table) return Done{};
  if (*format == Format::csv && kind == ExportKind::usage) return Done{};
  return Error{.code = ErrorCode::format_conflict,
               .message = "an export has a format of its own: neither -f nor the ending of -o "
                          "can ask for another",
               .hint = "leave -f out, or name a file with another ending"};
}

void say_written(const Context& context, const std::string& path,
                         const std::vector<Member>& members) {
  std::size_t bytes = 0;
  for (const Member& member : members) bytes += member.bytes.size();
  context.say(std::to_string(members.size()) + " files, " + std::to_string(bytes) + " bytes, in " +
              path);
}

Result<Done> put_folder(const Context& context, const std::string& folder,
                        const std::vector<Member>& members) {
  ACCRUE_TRY_DONE(write_folder(folder, members));
  say_written(context, folder, members);
  return Done{};
}

/// Errors: nothing_to_report (no entry is posted).
Result<std::vector<Member>> standard_files(const OpenedView& opened, const JournalExport& journal) {
  std::vector<Member> members = audit_data_standard(journal, opened.view.state.fiscal());
  if (!members.empty()) return members;
  return Error{.code = ErrorCode::nothing_to_report,
               .message = "the book has no entry to export",
               .hint = "record a deal or usage first"};
}

Result<std::vector<Member>> all_files(const OpenedView& opened, const JournalExport& journal,
                                      std::optional<PeriodRange> range) {
  std::vector<Member> members = kept_texts(opened.view.state);
  members.push_back({"hledger.journal", hledger_journal(journal)});
  members.push_back({"ledger.ledger", ledger_journal(journal)});
  members.push_back({"beancount.beancount", beancount_journal(journal)});
  members.push_back({"usage.csv", charges_table(opened.store, opened.view, range)});
  for (Member& member : audit_data_standard(journal, opened.view.state.fiscal())) {
    members.push_back({"audit-data-standard/" + member.path, std::move(member.bytes)});
  }
  return with_manifest(std::move(members));
}

Result<std::optional<PeriodRange>> range_of(const ExportCommand& command, const BookState& state) {
  if (!command.period) return std::optional<PeriodRange>{};
  ACCRUE_TRY(range, period_range(*command.period, state));
  return std::optional{range};
}

Result<Done> put_export(const Context& context, const ExportCommand& command,
                        const OpenedView& opened) {
  ACCRUE_TRY(range, range_of(command, opened.view.state));
  const auto journal = [&] { return gather_journal(opened.store, opened.view, range); };
  switch (command.kind) {
    case ExportKind::hledger:
      return put_page(context, hledger_journal(journal()));
    case ExportKind::ledger:
      return put_page(context, ledger_journal(journal()));
    case ExportKind::beancount:
      return put_page(context, beancount_journal(journal()));
    case ExportKind::usage:
      return put_page(context, charges_table(opened.store, opened.view, range));
    case ExportKind::terms:
      return put_folder(context, *command.folder, kept_texts(opened.view.state));
    case ExportKind::journal: {
      ACCRUE_TRY(members, standard_files(opened, journal()));
      return put_folder(context, *command.folder, members);
    }
    case ExportKind::all: {
      ACCRUE_TRY(members, all_files(opened, journal(), range));
      return put_folder(context, *command.folder, members);
    }
  }
  return Done{};
}

}  // namespace

Result<ExitStatus> run(const Context& context, const ExportCommand& command) {
  ACCRUE_TRY_DONE(require_own_format(context, command.kind));
  ACCRUE_TRY(opened, context.open_view());
  ACCRUE_TRY_DONE(put_export(context, command, opened));
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const AuditPackCommand& command) {
  ACCRUE_TRY_DONE(require_own_format(context, ExportKind::all));
  ACCRUE_TRY(opened, context.open_view());
  ACCRUE_TRY(range, period_range(command.period, opened.view.state));
  ACCRUE_TRY(members, audit_pack(opened, {command.period, range}, replay_of(context, opened)));
  if (!command.path.ends_with(".zip")) {
    ACCRUE_TRY_DONE(put_folder(context, command.path, members));
    return ExitStatus::done;
  }
  const std::string archive = zip_archive(members);
  ACCRUE_TRY_DONE(write_file(command.path, archive));
  say_written(context, command.path, members);
  context.say("SHA-256 " + to_hex(sha256(archive)));
  return ExitStatus::done;
}

}  // namespace accrue

#include "cli/command_log.h"

#include "accounting/report/frame.h"
#include "cli/command_report.h"
#include "cli/files.h"
#include "cli/handed_report.h"
#include "cli/library_versions.h"
#include "cli/output.h"
#include "cli/render_json.h"
#include "cli/summary.h"
#include "ledger/error/check.h"

namespace accrue {

namespace {

Error other_book(const std::string& file, const std::string& in_file, const std::string& here) {
  return Error{.code = ErrorCode::other_book,
               .message = "the report is of another book",
               .place = {.file = file},
               .notes = {"its book:  " + in_file, "this book: " + here},
               .hint = "name its book with --book FILE"};
}

/// The report made again, as the records it names say it.
Result<nlohmann::ordered_json> derive(const Context& context, const HandedReport& handed) {
  ACCRUE_TRY(invocation, read_options(handed.line));
  const auto* const command = std::get_if<ReportCommand>(&invocation.command);
  const auto* const answers = std::get_if<AnswersCommand>(&invocation.command);
  LEDGER_CHECK(command != nullptr || answers != nullptr,
               std::string{handed.line.command->path}, "a command that makes a report");
  GlobalOptions options = context.options();
  options.as_of = std::to_string(handed.record_count);
  options.by = invocation.global.by;
  const Context context_then{options};
  ACCRUE_TRY(report, command != nullptr ? make_report(context_then, *command)
                                        : make_report(context_then, *answers));
  return nlohmann::ordered_json::parse(
      render_json(report, invocation.global.filters, this_program()));
}

Report comparison_report(const std::string& file, const nlohmann::ordered_json& handed,
                         const BookView& view, const std::vector<ReportDifference>& found) {
  Report report = start_report(view, "audit-reperform", "", std::nullopt);
  report.title = file_name(file) + " against the book: " + std::to_string(found.size()) +
                 (found.size() == 1 ? " difference" : " differences");
  report.columns = {{"where", ColumnKind::text},  {"field", ColumnKind::text},
                    {"handed", ColumnKind::text}, {"derived", ColumnKind::text},
                    {"ref", ColumnKind::text}};
  for (const ReportDifference& difference : found) {
    report.rows.push_back({difference.where, cell_of(difference.field), difference.handed,
                           difference.derived, cell_of(difference.ref)});
  }
  const auto rows = handed.find("rows");
  report.totals = {{"rows", rows == handed.end() || !rows->is_array()
                                ? std::int64_t{0}
                                : static_cast<std::int64_t>(rows->size())},
                   {"differences", static_cast<std::int64_t>(found.size())}};
  const nlohmann::ordered_json self = {{"program",
                                        {{"name", this_program().name},
                                         {"version", this_program().version},
                                         {"build", this_program().build}}}};
  if (maker_of(handed) == maker_of(self)) {
    report.notes.push_back("made and derived again by " + maker_of(self));
  } else {
    report.notes.push_back("made by " + maker_of(handed) + "; derived again by " +
                           maker_of(self));
  }
  return report;
}

Error differ(const std::string& file, const std::vector<ReportDifference>& found) {
  const ReportDifference& first = found.front();
  std::string place = first.where;
  if (!first.ref.empty()) place += " " + first.ref;
  if (!first.field.empty()) place += ", " + first.field;
  return Error{.code = ErrorCode::audit_difference,
               .message = file_name(file) + " is not what the book says: " +
                          std::to_string(found.size()) + " difference(s)",
               .notes = {"the first: " + place, "handed:  " + first.handed,
                         "derived: " + first.derived}};
}

}  // namespace

Result<ExitStatus> run(const Context& context, const AuditReperformCommand& command) {
  ACCRUE_TRY(text, read_file(command.file));
  ACCRUE_TRY(handed, read_handed_report(text, command.file));
  ACCRUE_TRY(opened, context.open_view());
  const std::string& book_id = opened.view.state.opened.book_id;
  if (handed.book_id != book_id) return other_book(command.file, handed.book_id, book_id);
  std::vector<ReportDifference> found;
  const std::int64_t held = opened.view.state.record_count;
  if (handed.record_count < 1 || handed.record_count > held) {
    found.push_back({"envelope", "as_of", std::to_string(handed.record_count) + " records",
                     std::to_string(held) + " records: an older copy of the book, or none of it",
                     ""});
  } else {
    ACCRUE_TRY(derived, derive(context, handed));
    found = differences(handed.document, derived);
  }
  ACCRUE_TRY_DONE(put_report(
      context, comparison_report(command.file, handed.document, opened.view, found)));
  if (!found.empty()) return differ(command.file, found);
  context.say("no difference: every row, total and check follows from the book");
  return ExitStatus::done;
}

}  // namespace accrue

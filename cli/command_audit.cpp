#include "cli/command_audit.h"

#include <filesystem>

#include "accounting/audit/replay.h"
#include "accounting/audit/verify.h"
#include "accounting/report/ref.h"
#include "cli/audit_json.h"
#include "cli/output.h"

namespace accrue {

namespace {

Report audit_table(const std::string& name, const std::string& book_id, const AuditReport& audit) {
  Report report;
  report.name = name;
  report.title = "Audit " + name + ": " + std::to_string(audit.record_count) + " records, " +
                 std::to_string(audit.entry_count) + " entries, " +
                 std::to_string(audit.findings.size()) + " differences";
  report.book_id = book_id;
  report.as_of = {audit.record_count, audit.root};
  report.columns = {{"record", ColumnKind::count}, {"what", ColumnKind::text},
                    {"stored", ColumnKind::text},  {"derived", ColumnKind::text},
                    {"ref", ColumnKind::text, 9}};
  for (const Finding& finding : audit.findings) {
    report.rows.push_back({finding.record == 0 ? Cell{} : Cell{finding.record}, finding.what,
                           finding.stored, finding.derived,
                           make_ref({"record", std::to_string(finding.record)})});
  }
  return report;
}

/// The book's id, or nothing of a book so damaged that it has none.
std::string book_id_of(const Store& store) {
  try {
    const Record first = store.read_record(1);
    const Fact fact = decode(first.kind, first.fact);
    const auto* opened = std::get_if<BookOpened>(&fact);
    return opened == nullptr ? "" : opened->book_id;
  } catch (const std::exception&) {
    // What is damaged there is a finding of its own.
    return "";
  }
}

Result<ExitStatus> put_audit(const Context& context, const std::string& name,
                             const std::string& book_id, const AuditReport& audit) {
  ACCRUE_TRY_DONE(put_report(context, audit_table(name, book_id, audit),
                             audit_json("accrue.audit." + name + "/1", book_id, audit)));
  if (audit.findings.empty()) {
    context.say("no difference: " + std::to_string(audit.record_count) + " records, root " +
                audit.root);
    return ExitStatus::done;
  }
  Error error{.code = ErrorCode::audit_difference,
              .message = std::to_string(audit.findings.size()) + " difference(s) between the book "
                         "and what is derived from it"};
  const Finding& first = audit.findings.front();
  error.notes = {"the first: record " + std::to_string(first.record) + ", " + first.what,
                 "stored:  " + first.stored, "derived: " + first.derived};
  return error;
}

Result<Store> fresh_store(const AuditReplayCommand& command) {
  if (command.into) return Store::create(*command.into);
  return Store::in_memory();
}

}  // namespace

Result<ExitStatus> run(const Context& context, const AuditVerifyCommand&) {
  ACCRUE_TRY(store, context.open_to_read());
  const std::int64_t count = store.record_count();
  AuditReport audit;
  {
    ProgressLine progress{"verifying", context.options().loudness};
    audit = verify(store, [&](std::int64_t done) { progress.show(done, count); });
  }
  return put_audit(context, "verify", book_id_of(store), audit);
}

Result<ExitStatus> run(const Context& context, const AuditReplayCommand& command) {
  ACCRUE_TRY(store, context.open_to_read());
  ACCRUE_TRY(count, context.record_count_of(store));
  ACCRUE_TRY(fresh, fresh_store(command));
  AuditReport audit;
  {
    ProgressLine progress{"replaying", context.options().loudness};
    audit = replay(store, count, std::move(fresh),
                   [&](std::int64_t done) { progress.show(done, count); })
                .report;
  }
  return put_audit(context, "replay", book_id_of(store), audit);
}

}  // namespace accrue

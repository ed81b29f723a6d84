#include "cli/command_audit.h"

#include <filesystem>

#include "accounting/audit/earlier_evidence.h"
#include "accounting/audit/replay.h"
#include "accounting/audit/verify.h"
#include "accounting/report/ref.h"
#include "cli/audit_json.h"
#include "cli/checkpoint_files.h"
#include "cli/files.h"
#include "cli/key_file.h"
#include "cli/output.h"

namespace accrue {

namespace {

Report audit_table(const std::string& name, const std::string& book_id, const AuditReport& audit) {
  Report report;
  report.name = name;
  report.title = "Audit " + name + ": " + std::to_string(audit.record_count) + " records, " +
                 std::to_string(audit.entry_count) + " entries, " +
                 std::to_string(audit.findings.size()) + " differences: " +
                 std::string{to_string(verdict_of(audit))};
  report.book_id = book_id;
  report.as_of = {audit.record_count, audit.root};
  report.columns = {{"record", ColumnKind::count}, {"what", ColumnKind::text},
                    {"stored", ColumnKind::text},  {"derived", ColumnKind::text},
                    {"ref", ColumnKind::text, 9}};
  for (const Finding& finding : audit.findings) {
    report.rows.push_back({finding.record == 0 ? Cell{} : Cell{finding.record}, finding.what,
                           finding.stored, finding.derived,
                           finding.record == 0 ? make_ref({"book"})
                                               : make_ref({"record",
                                                           std::to_string(finding.record)})});
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
  const bool is_incomplete = verdict_of(audit) == Verdict::incomplete;
  Error error{.code = is_incomplete ? ErrorCode::audit_incomplete : ErrorCode::audit_difference,
              .message = is_incomplete
                             ? "incomplete: not everything could be looked at; " +
                                   std::to_string(audit.findings.size()) + " finding(s)"
                             : std::to_string(audit.findings.size()) +
                                   " difference(s) between the book and what is derived from it"};
  const Finding& first = audit.findings.front();
  const std::string place = first.record == 0 ? "" : "record " + std::to_string(first.record) + ", ";
  error.notes = {"the first: " + place + first.what,
                 "stored:  " + first.stored, "derived: " + first.derived};
  return error;
}

Result<Store> fresh_store(const AuditReplayCommand& command) {
  if (command.into) return Store::create(*command.into);
  return Store::in_memory();
}

/// What was kept outside the book, read before the book is: it may be unreadable itself.
Result<EarlierEvidence> read_evidence(const AuditVerifyCommand& command) {
  EarlierEvidence evidence;
  for (const std::string& path : command.checkpoints) {
    ACCRUE_TRY(file, read_note_file(path));
    evidence.checkpoints.push_back({path, std::move(file.note), std::move(file.checkpoint)});
  }
  for (const std::string& path : command.leaf_lists) {
    ACCRUE_TRY(text, read_file(path));
    Result<LeafList> list = parse_leaf_list(text);
    if (!list.ok()) {
      Error error = list.error();
      error.place.file = path;
      return error;
    }
    evidence.leaf_lists.push_back({path, std::move(list).value()});
  }
  for (const std::string& text : command.verifiers) {
    ACCRUE_TRY(key, verifier_key(text));
    evidence.verifiers.push_back(std::move(key));
  }
  return evidence;
}

/// The record of the close of a month that stands.
Result<std::int64_t> close_record_of(const Store& store, const std::string& text) {
  const BookState state = load_state(store, store.record_count());
  ACCRUE_TRY(period, single_period(text, state));
  for (const HeldClose& close : state.closes) {
    if (close.period == period) return close.record;
  }
  return Error{.code = ErrorCode::period_not_closed,
               .message = period.to_string() + " is not closed",
               .hint = "see accrue period list"};
}

}  // namespace

Result<ExitStatus> run(const Context& context, const AuditVerifyCommand& command) {
  ACCRUE_TRY(evidence, read_evidence(command));
  std::optional<std::string> authority;
  if (command.authority) {
    ACCRUE_TRY(pem, read_file(*command.authority));
    authority = std::move(pem);
  }
  std::optional<Store> older;
  if (command.older_book) {
    ACCRUE_TRY(opened, Store::open(*command.older_book, Store::Access::read));
    older.emplace(std::move(opened));
    evidence.older_book = &*older;
  }
  ACCRUE_TRY(store, context.open_to_read());
  const std::int64_t count = store.record_count();
  AuditReport audit;
  {
    ProgressLine progress{"verifying", context.options().loudness};
    audit = verify(store, [&](std::int64_t done) { progress.show(done, count); });
    compare_with_earlier(store, evidence, audit);
    if (authority) check_time_stamps(store, *authority, audit);
  }
  return put_audit(context, "verify", book_id_of(store), audit);
}

Result<ExitStatus> run(const Context& context, const AuditReplayCommand& command) {
  ACCRUE_TRY(store, context.open_to_read());
  ACCRUE_TRY(count, command.through ? close_record_of(store, *command.through)
                                    : context.record_count_of(store));
  ACCRUE_TRY(fresh, fresh_store(command));
  AuditReport audit;
  {
    ProgressLine progress{"replaying", context.options().loudness};
    audit = replay(store, count, std::move(fresh),
                   [&](std::int64_t done) { progress.show(done, count); }, command.rules)
                .report;
  }
  return put_audit(context, "replay", book_id_of(store), audit);
}

}  // namespace accrue

#include "cli/command_checkpoint.h"

#include "accounting/posting/checkpoints.h"
#include "accounting/report/ref.h"
#include "cli/checkpoint_files.h"
#include "cli/files.h"
#include "cli/key_file.h"
#include "cli/output.h"
#include "cli/proof_json.h"
#include "cli/summary.h"
#include "ledger/proof/timestamp.h"

namespace accrue {

namespace {

/// The note, which is the answer: in JSON as a field of an object.
Result<Done> put_note(const Context& context, const BookState& state, const HeldCheckpoint& held) {
  if (context.options().format == Format::json) {
    return put_page(context, checkpoint_json(state.opened.book_id, held));
  }
  return put_page(context, to_string(held.note));
}

Result<ExitStatus> put_kept(const Context& context, std::int64_t record,
                            const std::optional<std::string>& leaf_file) {
  ACCRUE_TRY(opened, context.open_view());
  const BookState& state = opened.view.state;
  const HeldCheckpoint* const held = state.find_checkpoint(record);
  if (held == nullptr) {
    return Error{.code = ErrorCode::unknown_id,
                 .message = "record " + std::to_string(record) + " keeps no checkpoint",
                 .hint = "see accrue audit checkpoints"};
  }
  if (leaf_file) {
    ACCRUE_TRY_DONE(write_file(
        *leaf_file,
        to_string(leaf_list_of(opened.store, state.opened.book_id, held->checkpoint.size))));
  }
  ACCRUE_TRY_DONE(put_note(context, state, *held));
  return ExitStatus::done;
}

/// When the authority of the last time stamp over a checkpoint says it was there; "" without one.
std::string stamped_at(const BookState& state, const HeldCheckpoint& held) {
  std::string at;
  for (const HeldTimeStamp& stamp : state.time_stamps) {
    if (stamp.checkpoint_record != held.record) continue;
    const Result<TimeStamp> read = read_timestamp(stamp.response, to_string(held.note));
    if (read.ok()) at = read->stamped_at;
  }
  return at;
}

}  // namespace

Result<ExitStatus> run(const Context& context, const AuditCheckpointCommand& command) {
  if (command.record) return put_kept(context, *command.record, command.leaf_file);
  ACCRUE_TRY(key, required_signing_key(command.key_file));
  if (command.leaf_file) ACCRUE_TRY_DONE(require_writable(*command.leaf_file));
  ACCRUE_TRY(books, context.open_to_write());
  ACCRUE_TRY(fact, sign_head(books.store(), books.state(), key));
  ACCRUE_TRY(stamp, context.stamp(books.state().last_recorded_at));
  ACCRUE_TRY(recorded, books.record(fact, stamp, context.options().mode));
  if (context.options().mode == RunMode::dry_run) {
    context.say("dry run: nothing was signed, nothing was written");
    return ExitStatus::done;
  }
  const HeldCheckpoint& held = books.state().checkpoints.back();
  if (command.leaf_file) {
    ACCRUE_TRY_DONE(write_file(*command.leaf_file,
                               to_string(leaf_list_of(books.store(), books.state().opened.book_id,
                                                      held.checkpoint.size))));
  }
  ACCRUE_TRY_DONE(put_note(context, books.state(), held));
  say_recorded(context, recorded);
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const AuditCheckpointsCommand&) {
  ACCRUE_TRY(opened, context.open_view());
  const BookState& state = opened.view.state;
  Report report;
  report.name = "checkpoints";
  report.title = "Checkpoints that left the book";
  report.book_id = state.opened.book_id;
  report.currency = std::string{state.functional().code()};
  report.as_of = {state.record_count, opened.view.root};
  report.columns = {{"record", ColumnKind::count},  {"recorded_at", ColumnKind::text},
                    {"records", ColumnKind::count}, {"root", ColumnKind::text, 5},
                    {"key", ColumnKind::text},      {"stamped_at", ColumnKind::text},
                    {"reason", ColumnKind::text},   {"ref", ColumnKind::text, 9}};
  for (const HeldCheckpoint& held : state.checkpoints) {
    const Record record = opened.store.read_record(held.record);
    report.rows.push_back({held.record, record.recorded_at.to_string(), held.checkpoint.size,
                           to_hex(held.checkpoint.root), held.note.signatures.front().key_name,
                           cell_of(stamped_at(state, held)), cell_of(record.reason),
                           make_ref({"record", std::to_string(held.record)})});
  }
  if (report.rows.empty()) report.notes.emplace_back("none has left the book");
  ACCRUE_TRY_DONE(put_report(context, report));
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const TimestampRequestCommand& command) {
  ACCRUE_TRY(file, read_note_file(command.note_file));
  ACCRUE_TRY_DONE(put_page(context, timestamp_request(file.bytes)));
  context.say("send it to a time-stamping authority as application/timestamp-query");
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const TimestampAttachCommand& command) {
  ACCRUE_TRY(response, read_file(command.response_file));
  ACCRUE_TRY(authority, read_file(command.authority));
  ACCRUE_TRY(books, context.open_to_write());
  ACCRUE_TRY(stamp, context.stamp(books.state().last_recorded_at));
  if (const HeldCheckpoint* const held = books.state().find_checkpoint(command.record)) {
    ACCRUE_TRY_DONE(check_timestamp_signature(response, to_string(held->note), authority));
  }
  ACCRUE_TRY(recorded, books.record(TimestampAttached{command.record, response}, stamp,
                                    context.options().mode));
  const HeldCheckpoint* const held = books.state().find_checkpoint(command.record);
  ACCRUE_TRY(time_stamp, read_timestamp(response, to_string(held->note)));
  Report report =
      start_summary(books, "timestamp", "Time stamp over record " + std::to_string(command.record));
  report.columns = {{"checkpoint", ColumnKind::count},
                    {"stamped_at", ColumnKind::text},
                    {"serial", ColumnKind::text},
                    {"policy", ColumnKind::text},
                    {"ref", ColumnKind::text, 9}};
  report.rows = {{command.record, time_stamp.stamped_at, time_stamp.serial, time_stamp.policy,
                  make_ref({"record", std::to_string(recorded.record)})}};
  ACCRUE_TRY_DONE(put_report(context, report));
  say_recorded(context, recorded);
  return ExitStatus::done;
}

}  // namespace accrue

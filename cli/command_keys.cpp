#include "cli/command_keys.h"

#include "accounting/report/ref.h"
#include "cli/key_file.h"
#include "cli/output.h"
#include "cli/request.h"
#include "cli/summary.h"

namespace accrue {

namespace {

const std::vector<Column> key_columns{{"person", ColumnKind::key},
                                      {"name", ColumnKind::key},
                                      {"record", ColumnKind::count},
                                      {"verifier_key", ColumnKind::text},
                                      {"ref", ColumnKind::text, 9}};

std::vector<Cell> row_of(std::int64_t record, const std::string& person, const VerifierKey& key) {
  return {person, key.name(), record, key.text(), make_ref({"record", std::to_string(record)})};
}

}  // namespace

Result<ExitStatus> run(const Context& context, const KeygenCommand& command) {
  ACCRUE_TRY(key, new_key(command.name));
  ACCRUE_TRY_DONE(write_key_files(command.file, key));
  Report report;
  report.name = "keygen";
  report.title = "Key " + key.verifier().name();
  report.columns = {{"name", ColumnKind::text},
                    {"private_key_file", ColumnKind::text},
                    {"verifier_key_file", ColumnKind::text},
                    {"verifier_key", ColumnKind::text},
                    {"ref", ColumnKind::text, 9}};
  report.rows = {{key.verifier().name(), command.file, public_path(command.file),
                  key.verifier().text(), make_ref({"key", key.verifier().name()})}};
  ACCRUE_TRY_DONE(put_report(context, report));
  context.say("keep " + command.file + " apart from the book: who has it can sign");
  context.say_next("key register " + public_path(command.file) + " --person NAME");
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const KeyRegisterCommand& command) {
  ACCRUE_TRY(key, verifier_key(command.key));
  ACCRUE_TRY(books, context.open_to_write());
  ACCRUE_TRY(stamp, context.stamp(books.state().last_recorded_at));
  ACCRUE_TRY(recorded, record_fact(context, books, KeyRegistered{command.person, key.text()},
                                   stamp));
  Report report = start_summary(books, "key-register", "Key of " + command.person);
  report.columns = key_columns;
  report.rows = {row_of(recorded.record, command.person, key)};
  ACCRUE_TRY_DONE(put_report(context, report));
  say_recorded(context, recorded);
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const KeyListCommand&) {
  ACCRUE_TRY(opened, context.open_view());
  const BookState& state = opened.view.state;
  Report report;
  report.name = "key-list";
  report.title = "Keys";
  report.book_id = state.opened.book_id;
  report.currency = std::string{state.functional().code()};
  report.as_of = {state.record_count, opened.view.root};
  report.columns = key_columns;
  for (const HeldKey& held : state.keys) {
    report.rows.push_back(row_of(held.record, held.person, held.key));
  }
  ACCRUE_TRY_DONE(put_report(context, report));
  return ExitStatus::done;
}

}  // namespace accrue

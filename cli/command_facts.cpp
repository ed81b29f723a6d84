#include "cli/command_facts.h"

#include <algorithm>

#include "accounting/posting/record_draws.h"
#include "accounting/report/ref.h"
#include "cli/feed_reports.h"
#include "cli/files.h"
#include "cli/import_summary.h"
#include "cli/output.h"
#include "cli/summary.h"
#include "ledger/intake/facts_csv.h"
#include "ledger/proof/sha256.h"

namespace accrue {

namespace {

Report start_list(const BookView& view, std::string name, std::string title) {
  Report report;
  report.name = std::move(name);
  report.title = std::move(title);
  report.book_id = view.state.opened.book_id;
  report.currency = std::string{view.state.functional().code()};
  report.as_of = {view.state.record_count, view.root};
  return report;
}

template <typename Imported, typename Rows>
Fact fact_of(const std::string& path, Rows&& file) {
  return Imported{file_name(path), file.sha256, std::move(file.rows)};
}

Result<Fact> read_fact(const ImportTableCommand& command, const BookState& state) {
  switch (command.what) {
    case TableFile::segment: {
      ACCRUE_TRY(file, read_segment_csv(command.file, state.fiscal()));
      return fact_of<SegmentImported>(command.file, std::move(file));
    }
    case TableFile::base: {
      ACCRUE_TRY(file, read_base_csv(command.file, state.fiscal()));
      return fact_of<BaseImported>(command.file, std::move(file));
    }
    case TableFile::rates: {
      ACCRUE_TRY(file, read_rates_csv(command.file, state.functional()));
      return fact_of<RatesImported>(command.file, std::move(file));
    }
  }
  return Error{.code = ErrorCode::usage, .message = "no such file"};
}

/// An imported file as `import list` shows it; events come without one.
struct ImportedFile {
  std::string name;
  std::string sha256;
  std::int64_t row_count = 0;
};

std::vector<ImportedFile> files_of(const Record& record) {
  const Fact fact = decode(record.kind, record.fact);
  std::vector<ImportedFile> files;
  if (const auto* usage = std::get_if<UsageImported>(&fact)) {
    for (const UsageFile& file : usage->delivery.files) {
      files.push_back({file.name, file.sha256, file.row_count});
    }
  }
  const auto add = [&](const auto& imported) {
    files.push_back({imported.file, imported.sha256,
                     static_cast<std::int64_t>(imported.rows.size())});
  };
  if (const auto* segment = std::get_if<SegmentImported>(&fact)) add(*segment);
  if (const auto* base = std::get_if<BaseImported>(&fact)) add(*base);
  if (const auto* rates = std::get_if<RatesImported>(&fact)) add(*rates);
  if (const auto* periods = std::get_if<BillingPeriodsImported>(&fact)) add(*periods);
  if (const auto* card = std::get_if<RateCardAdded>(&fact)) {
    const Digest digest = sha256(card->text);
    files.push_back({card->file, {digest.begin(), digest.end()},
                     static_cast<std::int64_t>(card->card.prices.size())});
  }
  if (const auto* events = std::get_if<EventsAccepted>(&fact)) {
    files.push_back({"", "", static_cast<std::int64_t>(events->events.size())});
  }
  return files;
}

bool is_import(RecordKind kind) {
  switch (kind) {
    case RecordKind::usage_imported:
    case RecordKind::segment_imported:
    case RecordKind::base_imported:
    case RecordKind::rates_imported:
    case RecordKind::events_accepted:
    case RecordKind::rate_card_added:
    case RecordKind::billing_periods_imported: return true;
    case RecordKind::book_opened:
    case RecordKind::investment_added:
    case RecordKind::estimate_changed:
    case RecordKind::period_closed:
    case RecordKind::period_reopened:
    case RecordKind::attempt_refused:
    case RecordKind::key_registered:
    case RecordKind::checkpoint_signed:
    case RecordKind::timestamp_attached:
    case RecordKind::forecast_saved:
    case RecordKind::tranche_assumed: return false;
  }
  return false;
}

/// Which imports to list; what is left out admits all. A source and a billing period are said by
/// usage deliveries only.
struct ImportFilter {
  std::optional<RecordKind> kind;
  std::optional<std::string> source;
  std::optional<PeriodRange> billing;
};

bool admits(const ImportFilter& filter, const Record& head, const HeldDelivery* delivery) {
  if (!is_import(head.kind) || (filter.kind && *filter.kind != head.kind)) return false;
  if (!filter.source && !filter.billing) return true;
  if (delivery == nullptr) return false;
  if (filter.source && *filter.source != delivery->terms.source) return false;
  const std::vector<Period>& bills = delivery->billing_periods;
  return !filter.billing || std::any_of(bills.begin(), bills.end(), [&](Period bill) {
    return filter.billing->contains(bill);
  });
}

Report import_list(const Store& store, const BookView& view, const ImportFilter& filter) {
  Report report = start_list(view, "imports", "Imported files");
  report.columns = {{"record", ColumnKind::count},     {"kind", ColumnKind::text},
                    {"source", ColumnKind::text, 4},   {"file", ColumnKind::text},
                    {"rows", ColumnKind::count},       {"recorded_at", ColumnKind::text}, {"author", ColumnKind::text, 3},
                    {"sha256", ColumnKind::text, 5},   {"ref", ColumnKind::text, 9}};
  store.for_each_record_head(1, view.state.record_count, [&](const Record& head) {
    const HeldDelivery* const delivery = view.state.find_delivery(head.sequence);
    if (!admits(filter, head, delivery)) return true;
    const Record record = store.read_record(head.sequence);
    for (const ImportedFile& file : files_of(record)) {
      report.rows.push_back({record.sequence, std::string{to_string(record.kind)},
                             delivery == nullptr ? Cell{} : Cell{delivery->terms.source},
                             cell_of(file.name), file.row_count, record.recorded_at.to_string(), record.author,
                             cell_of(to_hex(file.sha256)),
                             make_ref({"record", std::to_string(record.sequence)})});
    }
    return true;
  });
  return report;
}

Report recorded_report(const BookView& view, const Record& record) {
  Report report = start_list(view, "import", "Record " + std::to_string(record.sequence) + ": " +
                                                 std::string{to_string(record.kind)});
  const Fact fact = decode(record.kind, record.fact);
  if (const auto* periods = std::get_if<BillingPeriodsImported>(&fact)) {
    add_provider_periods(report, periods->rows, view.state, record.sequence);
    return report;
  }
  if (const auto* card = std::get_if<RateCardAdded>(&fact)) {
    add_rate_card(report, *card, record.sequence);
    return report;
  }
  if (const auto* events = std::get_if<EventsAccepted>(&fact)) {
    add_events(report, *events, record.sequence);
    return report;
  }
  report.columns = {{"file", ColumnKind::text},   {"rows", ColumnKind::count},
                    {"sha256", ColumnKind::text}, {"ref", ColumnKind::text, 9}};
  for (const ImportedFile& file : files_of(record)) {
    report.rows.push_back({file.name, file.row_count, to_hex(file.sha256),
                           make_ref({"record", std::to_string(record.sequence), file.name})});
  }
  return report;
}

std::vector<Charge> charges_of_record(const Store& store, std::int64_t record) {
  std::vector<Charge> charges;
  store.for_each_charge_of(
      record, [&](const StoredCharge& stored) { charges.push_back(stored.charge); });
  return charges;
}

Error no_such(const std::string& what, std::int64_t number, const std::string& hint) {
  return Error{.code = ErrorCode::unknown_id,
               .message = "no " + what + " " + std::to_string(number) + " in the book",
               .hint = hint};
}

Report entry_report(const BookView& view, const StoredEntry& stored) {
  const Entry& entry = stored.entry;
  Report report = start_list(view, "entry", "Entry " + std::to_string(stored.number) + ", " +
                                                entry.dated_on().to_string() + ": " + entry.memo());
  report.columns = {{"account", ColumnKind::text},
                    {"debit", ColumnKind::figure},
                    {"credit", ColumnKind::figure},
                    {"ref", ColumnKind::text, 9}};
  std::int64_t debits = 0;
  for (const Line& line : entry.lines()) {
    const std::int64_t debit = std::max<std::int64_t>(line.amount_minor_units, 0);
    debits += debit;
    report.rows.push_back({line.account.name(), money(view.state, debit),
                           money(view.state, debit - line.amount_minor_units),
                           make_ref({"entry", std::to_string(stored.number)})});
  }
  report.totals = {{"debit", money(view.state, debits)}, {"credit", money(view.state, debits)}};
  report.notes = {"record " + std::to_string(stored.record) + ", posted in " +
                  entry.posting_period().to_string() + ", belongs to " +
                  entry.origin_period().to_string()};
  return report;
}

}  // namespace

Result<ExitStatus> run(const Context& context, const ImportTableCommand& command) {
  ACCRUE_TRY(books, context.open_to_write());
  ACCRUE_TRY(fact, read_fact(command, books.state()));
  ACCRUE_TRY(stamp, context.stamp(books.state().last_recorded_at));
  const bool is_rates = command.what == TableFile::rates;
  ACCRUE_TRY(recorded, books.record(std::move(fact), stamp, context.options().mode));
  ACCRUE_TRY_DONE(put_report(context, posted_report(books, "import", file_name(command.file),
                                                    recorded)));
  say_recorded(context, recorded);
  context.say_next(is_rates ? "import usage FILE" : "report growth PERIOD");
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const ImportListCommand& command) {
  ACCRUE_TRY(opened, context.open_view());
  ImportFilter filter{command.kind, command.source, std::nullopt};
  if (command.period) {
    ACCRUE_TRY(range, period_range(*command.period, opened.view.state));
    filter.billing = range;
  }
  ACCRUE_TRY_DONE(put_report(context, import_list(opened.store, opened.view, filter)));
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const ImportShowCommand& command) {
  ACCRUE_TRY(opened, context.open_view());
  if (command.record > opened.view.state.record_count) {
    return no_such("record", command.record, "see accrue import list");
  }
  const Record record = opened.store.read_record(command.record);
  if (!is_import(record.kind)) {
    return no_such("import in record", command.record, "see accrue import list");
  }
  if (record.kind != RecordKind::usage_imported) {
    ACCRUE_TRY_DONE(put_report(context, recorded_report(opened.view, record)));
    return ExitStatus::done;
  }
  const Fact fact = decode(record.kind, record.fact);
  ImportSummary summary = summarise(opened.view, std::get<UsageImported>(fact).delivery, record,
                                    charges_of_record(opened.store, record.sequence),
                                    draws_of_record(opened.store, record.sequence));
  if (summary.quarantined_count > 0) {
    summary.quarantine_file = quarantine_path(context.book().value, record.sequence);
  }
  ACCRUE_TRY_DONE(put_report(context, import_report(summary), import_json(summary)));
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const DrawdownListCommand& command) {
  ACCRUE_TRY(opened, context.open_view());
  DrawdownFilter filter = command.filter;
  if (command.period) {
    ACCRUE_TRY(range, period_range(*command.period, opened.view.state));
    filter.range = range;
  }
  if (command.origin) {
    ACCRUE_TRY(range, period_range(*command.origin, opened.view.state));
    filter.origin = range;
  }
  ACCRUE_TRY(report, drawdown_list(opened.view, filter));
  ACCRUE_TRY_DONE(put_report(context, report));
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const EntryListCommand& command) {
  ACCRUE_TRY(opened, context.open_view());
  std::optional<PeriodRange> range;
  if (command.period) {
    ACCRUE_TRY(given, period_range(*command.period, opened.view.state));
    range = given;
  }
  ACCRUE_TRY(report, entry_list(opened.store, opened.view, range));
  ACCRUE_TRY_DONE(put_report(context, report));
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const EntryShowCommand& command) {
  ACCRUE_TRY(opened, context.open_view());
  const std::optional<StoredEntry> stored = opened.store.read_entry(command.number);
  if (!stored || stored->record > opened.view.state.record_count) {
    return no_such("entry", command.number, "see accrue entry list");
  }
  ACCRUE_TRY_DONE(put_report(context, entry_report(opened.view, *stored)));
  return ExitStatus::done;
}

}  // namespace accrue

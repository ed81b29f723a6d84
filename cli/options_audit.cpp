#include "cli/read_words.h"

namespace accrue {

namespace {

/// As the log writes them.
constexpr Choice<RecordKind> record_kinds[] = {
    {"book_opened", RecordKind::book_opened},
    {"investment_added", RecordKind::investment_added},
    {"usage_imported", RecordKind::usage_imported},
    {"estimate_changed", RecordKind::estimate_changed},
    {"segment_imported", RecordKind::segment_imported},
    {"base_imported", RecordKind::base_imported},
    {"rates_imported", RecordKind::rates_imported},
    {"period_closed", RecordKind::period_closed},
    {"period_reopened", RecordKind::period_reopened},
    {"events_accepted", RecordKind::events_accepted},
    {"rate_card_added", RecordKind::rate_card_added},
    {"billing_periods_imported", RecordKind::billing_periods_imported},
    {"attempt_refused", RecordKind::attempt_refused}};

Result<Command> read_log(const ParsedLine& line) {
  static constexpr Choice<LogMark> marks[] = {{"reopenings", LogMark::reopening},
                                              {"exceptions", LogMark::exception},
                                              {"estimates", LogMark::estimate},
                                              {"late", LogMark::late},
                                              {"refused", LogMark::refused}};
  ACCRUE_TRY(kind, choose(line, "--kind", record_kinds));
  ACCRUE_TRY(mark, choose(line, "--only", marks));
  return Command{AuditLogCommand{
      {.kind = kind, .author = line.text("--recorded-by"), .only = mark}, line.text("PERIOD")}};
}

const CommandReader readers[] = {
    {"audit log", read_log},
    {"audit verify", plain<AuditVerifyCommand>},
    {"audit replay",
     [](Words l) -> Result<Command> { return Command{AuditReplayCommand{l.text("--into")}}; }},
};

}  // namespace

std::span<const CommandReader> audit_readers() { return readers; }

}  // namespace accrue

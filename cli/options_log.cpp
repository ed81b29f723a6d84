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
    {"key_registered", RecordKind::key_registered},
    {"checkpoint_signed", RecordKind::checkpoint_signed},
    {"attempt_refused", RecordKind::attempt_refused},
    {"timestamp_attached", RecordKind::timestamp_attached},
    {"forecast_saved", RecordKind::forecast_saved}};

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

Result<Command> read_approvals(const ParsedLine& line) {
  return Command{AuditApprovalsCommand{
      line.text("PERIOD"),
      line.has("--matrix") ? ApprovalsShape::matrix : ApprovalsShape::list}};
}

const CommandReader readers[] = {
    {"approve",
     [](Words l) -> Result<Command> {
       return Command{ApproveCommand{*l.text("FILE"), l.text("--key")}};
     }},
    {"audit log", read_log},
    {"audit approvals", read_approvals},
    {"audit reperform",
     [](Words l) -> Result<Command> { return Command{AuditReperformCommand{*l.text("FILE")}}; }},
};

}  // namespace

std::span<const CommandReader> log_readers() { return readers; }

}  // namespace accrue

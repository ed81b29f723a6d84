#include "cli/read_words.h"

namespace accrue {

namespace {

Result<std::optional<std::int64_t>> maybe_count(const ParsedLine& line, std::string_view flag) {
  const std::optional<std::string> text = line.text(flag);
  if (!text) return std::optional<std::int64_t>{};
  ACCRUE_TRY(number, read_count(flag, *text, INT64_MAX));
  return std::optional<std::int64_t>{number};
}

Result<Command> read_verify(const ParsedLine& line) {
  return Command{AuditVerifyCommand{line.texts("--checkpoint"), line.texts("--leaves"),
                                    line.texts("--verifier"), line.text("--against"),
                                    line.text("--ca")}};
}

Result<Command> read_replay(const ParsedLine& line) {
  static constexpr Choice<ReplayRules> rules[] = {{"recorded", ReplayRules::recorded},
                                                  {"present", ReplayRules::present}};
  ACCRUE_TRY(chosen, choose(line, "--rules", rules));
  if (line.has("--through") && line.has("--as-of")) {
    return usage("--through and --as-of both say where to stop", "leave one of them out");
  }
  return Command{AuditReplayCommand{line.text("--into"), line.text("--through"),
                                    chosen.value_or(ReplayRules::recorded)}};
}

Result<Command> read_prove(const ParsedLine& line) {
  ACCRUE_TRY(record, maybe_count(line, "--record"));
  ACCRUE_TRY(size, maybe_count(line, "--size"));
  ACCRUE_TRY(from, maybe_count(line, "--from"));
  ACCRUE_TRY(to, maybe_count(line, "--to"));
  const bool is_mixed = record ? from || to : size || line.has("--leaf");
  if (record.has_value() == from.has_value() || is_mixed) {
    return usage("a proof is of a record or of growth",
                 "--record N [--size M] [--leaf FILE], or --from N [--to M]");
  }
  if (record) return Command{AuditProveRecordCommand{*record, size, line.text("--leaf")}};
  return Command{AuditProveGrowthCommand{*from, to}};
}

Result<Command> read_checkpoint(const ParsedLine& line) {
  ACCRUE_TRY(record, maybe_count(line, "--record"));
  if (record && line.has("--key")) {
    return usage("--record prints a checkpoint again and signs nothing", "leave --key out");
  }
  return Command{AuditCheckpointCommand{line.text("--key"), record, line.text("--leaves")}};
}

Result<std::string> required(const ParsedLine& line, std::string_view flag,
                             std::string_view value) {
  if (const std::optional<std::string> text = line.text(flag)) return *text;
  return usage("'accrue " + std::string{line.command->path} + "' needs " + std::string{flag},
               std::string{flag} + " " + std::string{value});
}

Result<Command> read_attach(const ParsedLine& line) {
  ACCRUE_TRY(record, read_count("RECORD", *line.text("RECORD"), INT64_MAX));
  ACCRUE_TRY(authority, required(line, "--ca", "FILE.pem"));
  return Command{TimestampAttachCommand{record, *line.text("FILE"), authority}};
}

Result<Command> read_keygen(const ParsedLine& line) {
  ACCRUE_TRY(name, required(line, "--name", "NAME"));
  return Command{KeygenCommand{*line.text("FILE"), name}};
}

Result<Command> read_key_register(const ParsedLine& line) {
  ACCRUE_TRY(person, required(line, "--person", "NAME"));
  return Command{KeyRegisterCommand{*line.text("KEY"), person}};
}

constexpr std::int64_t most_steps = 1'000'000;

Result<Command> read_explain(const ParsedLine& line) {
  ExplainCommand command{.ref = *line.text("REF")};
  if (const std::optional<std::string> depth = line.text("--depth")) {
    ACCRUE_TRY(number, read_count("--depth", *depth, most_steps));
    command.reach.depth = number;
  }
  if (const std::optional<std::string> limit = line.text("--limit")) {
    ACCRUE_TRY(number, read_count("--limit", *limit, most_steps));
    command.reach.limit = number;
  }
  return Command{command};
}

const CommandReader readers[] = {
    {"explain", read_explain},
    {"audit vouch",
     [](Words l) -> Result<Command> {
       return Command{AuditVouchCommand{l.texts("FILE"), l.text("--charge")}};
     }},
    {"keygen", read_keygen},
    {"key register", read_key_register},
    {"key list", plain<KeyListCommand>},
    {"audit verify", read_verify},
    {"audit replay", read_replay},
    {"audit prove", read_prove},
    {"audit checkpoint", read_checkpoint},
    {"audit checkpoints", plain<AuditCheckpointsCommand>},
    {"audit timestamp request",
     [](Words l) -> Result<Command> { return Command{TimestampRequestCommand{*l.text("NOTE")}}; }},
    {"audit timestamp attach", read_attach},
};

}  // namespace

std::span<const CommandReader> audit_readers() { return readers; }

}  // namespace accrue

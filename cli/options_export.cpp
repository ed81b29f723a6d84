#include "cli/read_words.h"

namespace accrue {

namespace {

/// Errors: usage (-o is missing where the export is several files).
Result<std::string> needed_output(const ParsedLine& line, std::string_view example) {
  if (const std::optional<std::string> path = line.text("--output")) return *path;
  return usage("'accrue " + std::string{line.command->path} + "' writes several files and needs -o",
               "for instance: accrue " + std::string{example});
}

template <ExportKind kind>
constexpr auto one_file = [](Words line) -> Result<Command> {
  return Command{ExportCommand{kind, line.text("PERIOD")}};
};

template <ExportKind kind>
constexpr auto a_folder = [](Words line) -> Result<Command> {
  ACCRUE_TRY(folder, needed_output(line, line.command->examples.front()));
  return Command{ExportCommand{kind, line.text("PERIOD"), folder}};
};

Result<Command> read_terms(const ParsedLine& line) {
  if (line.has("--output")) {
    return usage("'accrue export terms' writes to the folder it names and takes no -o",
                 "for instance: accrue export terms " + *line.text("DIR"));
  }
  return Command{ExportCommand{ExportKind::terms, {}, line.text("DIR")}};
}

Result<Command> read_pack(const ParsedLine& line) {
  ACCRUE_TRY(path, needed_output(line, line.command->examples.front()));
  return Command{AuditPackCommand{*line.text("PERIOD"), path}};
}

const CommandReader readers[] = {
    {"export hledger", one_file<ExportKind::hledger>},
    {"export ledger", one_file<ExportKind::ledger>},
    {"export beancount", one_file<ExportKind::beancount>},
    {"export usage", one_file<ExportKind::usage>},
    {"export journal", a_folder<ExportKind::journal>},
    {"export all", a_folder<ExportKind::all>},
    {"export terms", read_terms},
    {"audit pack", read_pack},
};

}  // namespace

std::span<const CommandReader> export_readers() { return readers; }

}  // namespace accrue

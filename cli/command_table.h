#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace accrue {

/// What a command does to the book; decides which global flags it takes.
enum class Effect {
  none,     ///< needs no book
  reads,    ///< of the book as it is
  reads_as_of,  ///< of the book as it is or was: takes --as-of
  reports,  ///< takes --as-of and --by-origin
  writes,   ///< takes --dry-run, and keeps --author, --reason and --now
};

enum class Count { one, optional, many };

struct Positional {
  std::string_view name;
  Count count = Count::one;
  std::string_view what = {};
};

struct Flag {
  std::string_view names;  ///< as CLI11 writes them: "-f,--format"
  std::string_view value;  ///< the name of what it takes; empty for a switch
  std::string_view what;
  Count count = Count::one;

  /// "--format".
  std::string_view long_name() const;
};

/// One command: its words, its arguments and how to use it. The table of all of them is what the
/// parser, the help and the suggestions are made of.
struct CommandSpec {
  std::string_view path;  ///< "import usage"
  std::string_view group;
  Effect effect;
  std::string_view what;
  std::vector<Positional> positionals;
  std::vector<Flag> flags;
  std::vector<std::string_view> examples;  ///< without the program's name
};

/// In the order of the help.
std::span<const CommandSpec> command_table();
std::span<const Flag> global_flags();

/// What is handed out about a period.
void add_report_commands(std::vector<CommandSpec>& table);
/// The commands of auditors.
void add_audit_commands(std::vector<CommandSpec>& table);
/// What other programs and auditors read.
void add_export_commands(std::vector<CommandSpec>& table);
void add_audit_program_commands(std::vector<CommandSpec>& table);
void add_log_commands(std::vector<CommandSpec>& table);
/// What-if.
void add_scenario_commands(std::vector<CommandSpec>& table);
/// Forecasts that are kept in the book.
void add_saved_forecast_commands(std::vector<CommandSpec>& table);

const CommandSpec* find_command(std::string_view path);

}  // namespace accrue

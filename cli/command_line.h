#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command_table.h"
#include "ledger/error/error.h"

namespace accrue {

/// The words of a command line, sorted by the table of commands; nothing is interpreted yet.
class ParsedLine {
 public:
  /// Null when no command was given.
  const CommandSpec* command = nullptr;
  /// "import" of a bare `accrue import`: a group of commands, none of them.
  std::string group = {};
  std::map<std::string, std::vector<std::string>, std::less<>> values = {};

  bool has(std::string_view name) const { return values.contains(name); }
  std::optional<std::string> text(std::string_view name) const;
  std::vector<std::string> texts(std::string_view name) const;
};

/// Errors: unknown_command and unknown_flag, each with what was probably meant; usage.
Result<ParsedLine> parse_words(const std::vector<std::string>& words);

/// What was probably meant by the words of a command that does not exist: "accrue report
/// rollforward" for {"rolforward"}; empty when nothing is near.
std::string suggest_command(const std::vector<std::string>& words);

}  // namespace accrue

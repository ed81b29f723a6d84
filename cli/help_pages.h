#pragma once

#include <string>
#include <string_view>

#include "cli/command_table.h"
#include "ledger/error/error.h"

namespace accrue {

/// Every command, by group: what a bare `accrue` prints.
std::string overview_page();

/// How to use a command, examples first.
std::string command_page(const CommandSpec& spec);

/// The commands below a first word such as "import".
std::string group_page(std::string_view group);
std::string commands_of_group(std::string_view group);  ///< "usage, segment, base"

/// Cause, fix and exit status of an error.
std::string error_page(const ErrorPage& page);

/// A topic, a command, a group or an error code; the overview when empty. Errors: unknown_topic.
Result<std::string> help_page(const std::string& name);

}  // namespace accrue

#pragma once

#include <string>
#include <vector>

#include "cli/command_line.h"
#include "cli/context.h"
#include "ledger/error/error.h"

namespace accrue {

/// Leaves a record of a writing command that was refused because it wanted to change a closed
/// period, or because of who approved what (docs/decisions/0029-refused-attempts.md), and notes its number in the refusal. Any other
/// refusal is handed back as it is. Where the book cannot be written the refusal says so.
Refusal with_attempt_recorded(const Context& context, const ParsedLine& line,
                              const std::vector<std::string>& words, Refusal refusal);

}  // namespace accrue

#pragma once

#include <string>

#include "cli/context.h"
#include "ledger/error/error.h"

namespace accrue {

/// Asks a person, unless --yes answered already or nothing will be written.
/// Errors: confirmation_needed.
Result<Done> confirm(const Context& context, const std::string& question);

}  // namespace accrue

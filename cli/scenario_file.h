#pragma once

#include <string>

#include "accounting/scenario/scenario.h"
#include "ledger/error/error.h"

namespace accrue {

/// A scenario with the files it names, whose paths are relative to it.
/// Errors: file_unreadable; those of parse_scenario.
Result<Scenario> read_scenario(const std::string& path);

}  // namespace accrue

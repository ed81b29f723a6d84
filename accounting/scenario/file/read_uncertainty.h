#pragma once

#include "accounting/scenario/scenario.h"
#include "ledger/intake/toml_fields.h"

namespace accrue {

/// Reads [[uncertainty]] and [correlation] into `scenario`.
void read_uncertainty(const TomlTable& top, TomlErrors& errors, Scenario& scenario);

}  // namespace accrue

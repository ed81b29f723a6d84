#pragma once

#include "accounting/scenario/scenario.h"
#include "ledger/intake/toml_fields.h"

namespace accrue {

/// Reads what changes at a month into `scenario`: [[price_change]], [[tranche_change]],
/// [[tranche]], [[estimate]], [[rate]], [[capacity]].
void read_changes(const TomlTable& top, TomlErrors& errors, Scenario& scenario);

}  // namespace accrue

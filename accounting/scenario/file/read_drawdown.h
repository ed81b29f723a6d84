#pragma once

#include "accounting/scenario/file/plan_files.h"
#include "accounting/scenario/scenario.h"
#include "ledger/intake/toml_fields.h"

namespace accrue {

/// Reads [[drawdown]] and the [[price]] that those in units need into `scenario`.
void read_drawdowns(const TomlTable& top, PlanFiles& plans, TomlErrors& errors, Scenario& scenario);

}  // namespace accrue

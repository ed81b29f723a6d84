#pragma once

#include <vector>

#include "accounting/report/report.h"
#include "cli/context.h"
#include "ledger/intake/usage.h"

namespace accrue {

/// Says warnings on standard error, each with its code, its place and how often it stood.
void say_warnings(const Context& context, const std::vector<Warning>& warnings);

/// As above; an answer in JSON carries them too, as notes.
void say_warnings(const Context& context, const std::vector<Warning>& warnings, Report& report);

}  // namespace accrue

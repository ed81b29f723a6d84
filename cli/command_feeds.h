#pragma once

#include "cli/context.h"

namespace accrue {

// The FOCUS datasets beside Cost and Usage.

Result<ExitStatus> run(const Context& context, const InvestmentDraftCommand& command);
Result<ExitStatus> run(const Context& context, const ImportBillingPeriodsCommand& command);

}  // namespace accrue

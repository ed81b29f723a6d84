#pragma once

#include "cli/context.h"
#include "cli/options.h"
#include "ledger/error/error.h"

namespace accrue {

Result<ExitStatus> run(const Context& context, const ExplainCommand& command);
Result<ExitStatus> run(const Context& context, const AuditVouchCommand& command);

}  // namespace accrue

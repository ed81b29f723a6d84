#pragma once

#include "cli/context.h"

namespace accrue {

Result<ExitStatus> run(const Context& context, const AuditProveRecordCommand& command);
Result<ExitStatus> run(const Context& context, const AuditProveGrowthCommand& command);

}  // namespace accrue

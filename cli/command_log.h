#pragma once

#include "cli/context.h"

namespace accrue {

Result<ExitStatus> run(const Context& context, const AuditLogCommand& command);
Result<ExitStatus> run(const Context& context, const AuditReperformCommand& command);

}  // namespace accrue

#pragma once

#include "cli/context.h"

namespace accrue {

Result<ExitStatus> run(const Context& context, const AuditVerifyCommand& command);
Result<ExitStatus> run(const Context& context, const AuditReplayCommand& command);

}  // namespace accrue

#pragma once

#include "cli/context.h"

namespace accrue {

Result<ExitStatus> run(const Context& context, const ApproveCommand& command);
Result<ExitStatus> run(const Context& context, const AuditApprovalsCommand& command);

}  // namespace accrue

#pragma once

#include "cli/context.h"

namespace accrue {

Result<ExitStatus> run(const Context& context, const AuditCheckpointCommand& command);
Result<ExitStatus> run(const Context& context, const AuditCheckpointsCommand& command);
Result<ExitStatus> run(const Context& context, const TimestampRequestCommand& command);
Result<ExitStatus> run(const Context& context, const TimestampAttachCommand& command);

}  // namespace accrue

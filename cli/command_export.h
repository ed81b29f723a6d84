#pragma once

#include "cli/context.h"

namespace accrue {

Result<ExitStatus> run(const Context& context, const ExportCommand& command);
Result<ExitStatus> run(const Context& context, const AuditPackCommand& command);

}  // namespace accrue

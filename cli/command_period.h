#pragma once

#include "cli/context.h"

namespace accrue {

Result<ExitStatus> run(const Context& context, const ExceptionsCommand& command);
Result<ExitStatus> run(const Context& context, const CloseCommand& command);
Result<ExitStatus> run(const Context& context, const ReopenCommand& command);
Result<ExitStatus> run(const Context& context, const PeriodListCommand& command);
Result<ExitStatus> run(const Context& context, const PeriodCheckCommand& command);

}  // namespace accrue

#pragma once

#include "cli/context.h"

namespace accrue {

Result<ExitStatus> run(const Context& context, const ImportUsageCommand& command);

}  // namespace accrue

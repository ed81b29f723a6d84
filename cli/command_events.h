#pragma once

#include "cli/context.h"
#include "cli/options.h"

namespace accrue {

Result<ExitStatus> run(const Context& context, const ImportEventsCommand& command);

}  // namespace accrue

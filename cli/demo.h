#pragma once

#include "cli/context.h"

namespace accrue {

/// Makes a sample book in a new folder and prints its reports.
Result<ExitStatus> run(const Context& context, const DemoCommand& command);

}  // namespace accrue

#pragma once

#include "cli/context.h"

namespace accrue {

Result<ExitStatus> run(const Context& context, const ScenarioListCommand& command);
Result<ExitStatus> run(const Context& context, const ScenarioShowCommand& command);
Result<ExitStatus> run(const Context& context, const ScenarioSaveCommand& command);

}  // namespace accrue

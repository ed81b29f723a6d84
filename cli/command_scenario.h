#pragma once

#include "cli/context.h"

namespace accrue {

Result<ExitStatus> run(const Context& context, const ScenarioCheckCommand& command);
Result<ExitStatus> run(const Context& context, const ScenarioRunCommand& command);
Result<ExitStatus> run(const Context& context, const ScenarioCompareCommand& command);
Result<ExitStatus> run(const Context& context, const ScenarioSensitivityCommand& command);
Result<ExitStatus> run(const Context& context, const ScenarioSolveCommand& command);
Result<ExitStatus> run(const Context& context, const ScenarioGridCommand& command);
Result<ExitStatus> run(const Context& context, const ScenarioBacktestCommand& command);
/// 130 where it was interrupted: the paths that are in are shown.
Result<ExitStatus> run(const Context& context, const ScenarioMonteCarloCommand& command);

}  // namespace accrue

#pragma once

#include "cli/context.h"

namespace accrue {

Result<ExitStatus> run(const Context& context, const InitCommand& command);
Result<ExitStatus> run(const Context& context, const StatusCommand& command);
Result<ExitStatus> run(const Context& context, const DoctorCommand& command);
Result<ExitStatus> run(const Context& context, const VersionCommand& command);
Result<ExitStatus> run(const Context& context, const HelpCommand& command);

}  // namespace accrue

#pragma once

#include "cli/context.h"

namespace accrue {

Result<ExitStatus> run(const Context& context, const KeygenCommand& command);
Result<ExitStatus> run(const Context& context, const KeyRegisterCommand& command);
Result<ExitStatus> run(const Context& context, const KeyListCommand& command);

}  // namespace accrue

#pragma once

#include "cli/context.h"

namespace accrue {

Result<ExitStatus> run(const Context& context, const ImportTableCommand& command);
Result<ExitStatus> run(const Context& context, const ImportListCommand& command);
Result<ExitStatus> run(const Context& context, const ImportShowCommand& command);
Result<ExitStatus> run(const Context& context, const DrawdownListCommand& command);
Result<ExitStatus> run(const Context& context, const EntryListCommand& command);
Result<ExitStatus> run(const Context& context, const EntryShowCommand& command);

}  // namespace accrue

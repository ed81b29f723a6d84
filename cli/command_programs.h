#pragma once

#include "cli/context.h"

namespace accrue {

Result<ExitStatus> run(const Context& context, const AuditSampleCommand& command);
Result<ExitStatus> run(const Context& context, const AuditSampleEvaluateCommand& command);
Result<ExitStatus> run(const Context& context, const AuditCompletenessCommand& command);
Result<ExitStatus> run(const Context& context, const AuditCutoffCommand& command);
Result<ExitStatus> run(const Context& context, const AuditJournalTestsCommand& command);
Result<ExitStatus> run(const Context& context, const AuditLookbackCommand& command);

}  // namespace accrue

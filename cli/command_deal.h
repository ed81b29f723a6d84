#pragma once

#include "cli/context.h"

namespace accrue {

Result<ExitStatus> run(const Context& context, const InvestmentCheckCommand& command);
Result<ExitStatus> run(const Context& context, const InvestmentAddCommand& command);
Result<ExitStatus> run(const Context& context, const InvestmentListCommand& command);
Result<ExitStatus> run(const Context& context, const InvestmentShowCommand& command);
Result<ExitStatus> run(const Context& context, const GrantListCommand& command);
Result<ExitStatus> run(const Context& context, const EstimateCommand& command);

}  // namespace accrue

#include "cli/command_log.h"

#include "cli/output.h"

namespace accrue {

Result<ExitStatus> run(const Context& context, const AuditLogCommand& command) {
  ACCRUE_TRY(opened, context.open_view());
  LogFilter filter = command.filter;
  if (command.period) {
    ACCRUE_TRY(range, period_range(*command.period, opened.view.state));
    filter.range = range;
  }
  ACCRUE_TRY_DONE(put_report(context, audit_log(opened.store, opened.view, filter)));
  return ExitStatus::done;
}

}  // namespace accrue

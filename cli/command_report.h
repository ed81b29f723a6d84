#pragma once

#include "cli/context.h"

namespace accrue {

/// The report of the book, at the records that the context names, as it is to be shown.
/// Errors: bad_period, rate_missing (no rate to the currency asked for), and those of the report.
Result<Report> make_report(const Context& context, const ReportCommand& command);
Result<Report> make_report(const Context& context, const AnswersCommand& command);

Result<ExitStatus> run(const Context& context, const AnswersCommand& command);
Result<ExitStatus> run(const Context& context, const ReportCommand& command);
Result<ExitStatus> run(const Context& context, const ReportPackCommand& command);

/// Whether the records the view is of replay to themselves.
ReplayVerdict replay_of(const Context& context, const OpenedView& opened);

}  // namespace accrue

#include "cli/command_report.h"

#include "accounting/audit/replay.h"
#include "cli/output.h"

namespace accrue {

ReplayVerdict replay_of(const Context& context, const OpenedView& opened) {
  const std::int64_t count = opened.view.state.record_count;
  ProgressLine progress{"replaying", context.options().loudness};
  const Replay again = replay(opened.store, count, Store::in_memory(),
                              [&](std::int64_t done) { progress.show(done, count); });
  return {again.report.findings.empty(), again.report.record_count, again.report.root};
}

namespace {

Result<Report> make_report(const Context& context, const ReportCommand& command,
                           const OpenedView& opened, PeriodRange range) {
  const OriginView by = context.options().by;
  switch (command.kind) {
    case ReportKind::answers:
      return answers_report(opened.view, range, by, command.growth, replay_of(context, opened));
    case ReportKind::period: return period_report(opened.view, range, by);
    case ReportKind::rollforward: return rollforward_report(opened.view, range, by);
    case ReportKind::waterfall: return waterfall_report(opened.view, range, by);
    case ReportKind::growth: return growth_report(opened.view, range, by, command.growth);
    case ReportKind::bridge: return bridge_report(opened.store, opened.view, range, by);
    case ReportKind::trial_balance: return trial_balance_report(opened.view, range, by);
    case ReportKind::journal: return journal_report(opened.store, opened.view, range, by);
  }
  return Report{};
}

}  // namespace

Result<Report> make_report(const Context& context, const ReportCommand& command) {
  ACCRUE_TRY(opened, context.open_view());
  ACCRUE_TRY(range, period_range(command.period, opened.view.state));
  return make_report(context, command, opened, range);
}

Result<ExitStatus> run(const Context& context, const ReportCommand& command) {
  ACCRUE_TRY(report, make_report(context, command));
  ACCRUE_TRY_DONE(put_report(context, report));
  return ExitStatus::done;
}

}  // namespace accrue

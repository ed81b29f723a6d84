#include "cli/command_report.h"

#include "accounting/audit/replay.h"
#include "cli/export/members.h"
#include "cli/library_versions.h"
#include "cli/output.h"
#include "cli/page/render_html.h"
#include "cli/render_csv.h"
#include "cli/render_json.h"
#include "cli/report_pack.h"
#include "cli/workbook/render_xlsx.h"

namespace accrue {

ReplayVerdict replay_of(const Context& context, const OpenedView& opened) {
  const std::int64_t count = opened.view.state.record_count;
  ProgressLine progress{"replaying", context.options().loudness};
  const Replay again = replay(opened.store, count, Store::in_memory(),
                              [&](std::int64_t done) { progress.show(done, count); });
  return {again.report.findings.empty(), again.report.record_count, again.report.root};
}

namespace {

Result<Report> shown_report(const Context& context, const OpenedView& opened,
                            const ReportCommand& command) {
  ACCRUE_TRY(range, period_range(command.period, opened.view.state));
  return shown_report(opened, command.kind, range, context.options().by, command.options,
                      command.presentation);
}

}  // namespace

Result<Report> make_report(const Context& context, const ReportCommand& command) {
  ACCRUE_TRY(opened, context.open_view());
  return shown_report(context, opened, command);
}

Result<Report> make_report(const Context& context, const AnswersCommand& command) {
  ACCRUE_TRY(opened, context.open_view());
  ACCRUE_TRY(range, period_range(command.period, opened.view.state));
  return answers_report(opened.view, range, context.options().by, command.growth,
                        replay_of(context, opened));
}

Result<ExitStatus> run(const Context& context, const AnswersCommand& command) {
  ACCRUE_TRY(report, make_report(context, command));
  ACCRUE_TRY_DONE(put_report(context, report));
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const ReportCommand& command) {
  ACCRUE_TRY(opened, context.open_view());
  ACCRUE_TRY(report, shown_report(context, opened, command));
  if (context.options().format == Format::html) {
    ACCRUE_TRY_DONE(put_document(context, {.title = report.title,
                                           .reports = {report},
                                           .explanations = explanations_of(opened, {report}),
                                           .filters = context.options().filters,
                                           .program = this_program()}));
  } else {
    ACCRUE_TRY_DONE(put_report(context, report));
  }
  return ExitStatus::done;
}

namespace {

/// Every report twice, and all of them as a workbook and as a page.
std::vector<Member> pack_members(const std::vector<PackedReport>& packed,
                                 const Document& document) {
  std::vector<Member> members;
  for (const PackedReport& item : packed) {
    members.push_back({item.name + ".csv", render_csv(item.report)});
    members.push_back({item.name + ".json", render_json(item.report, item.filters, document.program)});
  }
  members.push_back({"reports.xlsx", render_xlsx(document)});
  members.push_back({"reports.html", render_html(document)});
  return with_manifest(std::move(members));
}

}  // namespace

Result<ExitStatus> run(const Context& context, const ReportPackCommand& command) {
  ACCRUE_TRY(opened, context.open_view());
  ACCRUE_TRY(packed, packed_reports(opened, command, context.options().by));
  std::vector<Report> reports;
  for (const PackedReport& item : packed) reports.push_back(item.report);
  Document document{.title = "Reports of " + command.period,
                    .reports = std::move(reports),
                    .explanations = {},
                    .filters = context.options().filters,
                    .program = this_program()};
  if (context.options().format != Format::xlsx) {
    document.explanations = explanations_of(opened, document.reports);
  }
  if (context.options().format) {
    ACCRUE_TRY_DONE(put_document(context, document));
  } else {
    ACCRUE_TRY_DONE(write_folder(command.path, pack_members(packed, document)));
  }
  context.say(std::to_string(packed.size()) + " reports in " + command.path);
  return ExitStatus::done;
}

}  // namespace accrue

#include "cli/command_explain.h"

#include "accounting/audit/explain.h"
#include "accounting/audit/explain_refs.h"
#include "accounting/audit/vouch.h"
#include "accounting/report/ref.h"
#include "cli/output.h"
#include "cli/render_explanation.h"

namespace accrue {

namespace {

/// "charge:4:17", and the other addresses of the same charge. Errors: unknown_ref.
Result<ChargeAddress> read_charge(const std::string& ref) {
  const std::vector<std::string> parts = parts_of_ref(ref);
  const bool is_charge = parts.front() == "charge" || parts.front() == "rows";
  if (!is_charge || parts.size() != 3) return unknown_ref(ref);
  ACCRUE_TRY(record, number_in(parts, 1, ref));
  ACCRUE_TRY(position, number_in(parts, 2, ref));
  return ChargeAddress{record, position};
}

Error differences(const std::vector<Finding>& findings) {
  const Finding& first = findings.front();
  return Error{.code = ErrorCode::audit_difference,
               .message = std::to_string(findings.size()) +
                          " difference(s) between the files and what the record says of them",
               .notes = {"the first: record " + std::to_string(first.record) + ", " + first.what,
                         "stored:  " + first.stored, "derived: " + first.derived}};
}

}  // namespace

Result<ExitStatus> run(const Context& context, const ExplainCommand& command) {
  ACCRUE_TRY(opened, context.open_view());
  Explainer explainer{opened.store, opened.view};
  ACCRUE_TRY(report, explain_report(explainer, opened.view, command.ref, command.reach));
  if (context.options().format.value_or(Format::table) == Format::table) {
    ACCRUE_TRY_DONE(put_page(context, render_explanation(report)));
  } else {
    ACCRUE_TRY_DONE(put_report(context, report));
  }
  return ExitStatus::done;
}

Result<ExitStatus> run(const Context& context, const AuditVouchCommand& command) {
  ACCRUE_TRY(opened, context.open_view());
  std::optional<ChargeAddress> charge;
  if (command.charge) {
    ACCRUE_TRY(address, read_charge(*command.charge));
    charge = address;
  }
  ACCRUE_TRY(vouching, vouch(opened.store, opened.view, command.files, charge));
  ACCRUE_TRY_DONE(put_report(context, vouching.report));
  if (!vouching.findings.empty()) return differences(vouching.findings);
  context.say("the files give what the record says");
  return ExitStatus::done;
}

}  // namespace accrue

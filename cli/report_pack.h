#pragma once

#include <string>
#include <vector>

#include "cli/context.h"
#include "cli/document.h"
#include "cli/options.h"

namespace accrue {

/// One report of the range, as it is to be shown. Errors: those of the report; rate_missing (no
/// rate to the currency asked for); bad_period, usage (the period to compare with).
Result<Report> shown_report(const OpenedView& opened, ReportKind kind, PeriodRange range,
                            OriginView by, const ReportOptions& options,
                            const PresentationWords& words);

/// A report of a pack, with the words of the command that makes it alone.
struct PackedReport {
  std::string name;  ///< of its file: "disaggregation-sku"
  Filters filters;
  Report report;
};

/// Every report of the period, in the order in which they are read. What the book cannot report
/// (growth without segment revenue) is left out.
Result<std::vector<PackedReport>> packed_reports(const OpenedView& opened,
                                                 const ReportPackCommand& command,
                                                 OriginView by);

/// How the figures of each row come about, by the ref of the row. Rows of the journal are not
/// among them: they are entries already.
std::map<std::string, std::vector<ExplainedStep>> explanations_of(
    const OpenedView& opened, const std::vector<Report>& reports);

}  // namespace accrue

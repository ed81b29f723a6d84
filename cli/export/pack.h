#pragma once

#include <string>
#include <vector>

#include "accounting/report/reports.h"
#include "cli/context.h"
#include "cli/export/members.h"

namespace accrue {

/// What a pack is asked for.
struct PackOrder {
  std::string period;  ///< as it was typed: the reports say so
  PeriodRange range;   ///< what it means
};

/// Everything an auditor needs of a range of periods, as docs/formats.md, "Audit pack", lists it,
/// with its manifest. Equal books and ranges give equal members.
///
/// Errors: those of the reports, but for nothing_to_report: such a report is left out.
Result<std::vector<Member>> audit_pack(const OpenedView& opened, const PackOrder& order,
                                       const ReplayVerdict& replay);

}  // namespace accrue

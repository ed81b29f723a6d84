#pragma once

#include <vector>

#include "cli/export/journal_export.h"
#include "cli/export/members.h"
#include "ledger/time/period.h"

namespace accrue {

/// The general ledger as the AICPA Audit Data Standards (General Ledger Standard, July 2015) name
/// its files and fields: GL_Detail, Trial_Balance and Chart_Of_Accounts, as CSV. Fields that the
/// book has nothing for are left out. Nothing for a journal without a range.
std::vector<Member> audit_data_standard(const JournalExport& journal, FiscalCalendar fiscal);

}  // namespace accrue

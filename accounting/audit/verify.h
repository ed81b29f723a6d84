#pragma once

#include "accounting/audit/findings.h"
#include "accounting/audit/replay.h"
#include "ledger/store/store.h"

namespace accrue {

/// Proves that the book is what its facts make it: every record is hashed again and the tree
/// rebuilt from them; every entry is derived again; every table is compared with that of the
/// replay both ways, so that an edited, a missing and an added row are found; every tie holds.
/// What could not be looked at is a finding too: incomplete is never clean.
AuditReport verify(const Store& book, const ReplayProgress& progress);

}  // namespace accrue

#pragma once

#include <string>

#include "accounting/audit/findings.h"

namespace accrue {

/// The answer of an audit: records, entries, root, differences.
std::string audit_json(const std::string& schema, const std::string& book_id,
                       const AuditReport& audit);

}  // namespace accrue

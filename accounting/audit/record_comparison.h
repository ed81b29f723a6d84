#pragma once

#include <vector>

#include "accounting/audit/findings.h"
#include "ledger/book/record.h"

namespace accrue {

/// Adds a finding for every field and entry in which two records of one number differ.
void compare_records(const Record& stored, const Record& derived, std::vector<Finding>& findings);

}  // namespace accrue

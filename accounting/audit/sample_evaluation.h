#pragma once

#include <span>

#include "accounting/audit/sample.h"
#include "ledger/intake/audit_csv.h"

namespace accrue {

/// What the findings come to: per misstated item its tainting and projection; in all the projected
/// misstatement with its upper limit, over- and understatements apart. Of a random sample the
/// projections by difference and by ratio, without a limit.
///
/// Every item needs a finding: one that was not examined says nothing for its like.
/// Errors: unknown_id (a finding of what is not in the sample), finding_missing.
Result<Report> evaluate_sample(const BookView& view, const SampleTerms& terms,
                               const Sample& sample, std::span<const AuditedAmount> findings,
                               int confidence_percent);

}  // namespace accrue

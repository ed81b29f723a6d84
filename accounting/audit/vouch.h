#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "accounting/audit/findings.h"
#include "accounting/audit/serving.h"
#include "accounting/posting/view.h"
#include "accounting/report/report.h"
#include "ledger/error/error.h"
#include "ledger/store/store.h"

namespace accrue {

/// Files that were imported, read again.
struct Vouching {
  Report report;
  std::vector<Finding> findings;  ///< none: the files give what the record says
};

/// Reads usage files again as the record that imported them did, and compares their charges and,
/// where all files of the delivery are given, its totals with those of the record. With a charge,
/// lists the lines behind it.
///
/// Of a delivery that is given in part, charges whose rows all stand in one given file are
/// compared.
///
/// Errors: audit_difference (a file that was never imported as it is; naming the record of one of
///         that name), unknown_ref (the charge is not of the record), those of read_usage.
Result<Vouching> vouch(const Store& store, const BookView& view,
                       const std::vector<std::string>& paths,
                       const std::optional<ChargeAddress>& charge);

}  // namespace accrue

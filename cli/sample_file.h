#pragma once

#include <cstdint>
#include <string>

#include "accounting/audit/sample.h"
#include "accounting/report/report.h"
#include "ledger/error/error.h"

namespace accrue {

/// A sample as `audit sample -f json` printed it.
struct SampleFile {
  std::int64_t records = 0;
  std::string root;  ///< hexadecimal
  SampleTerms terms;
  std::string text;  ///< the whole file

  /// Whether the report says the same of every item and total.
  bool equals(const Report& report) const;
};

/// Errors: file_unreadable, not_a_sample.
Result<SampleFile> read_sample_file(const std::string& path);

Error sample_differs(const std::string& path, std::string note);

}  // namespace accrue

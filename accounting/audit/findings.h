#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace accrue {

/// One place where the book and what is derived from its facts differ.
struct Finding {
  std::int64_t record = 0;  ///< 0 where no record can be named
  std::string what;         ///< the field, table row or tie
  std::string stored;
  std::string derived;
};

/// What an audit run looked at and what it found. No findings: the book holds.
struct AuditReport {
  std::int64_t record_count = 0;
  std::int64_t entry_count = 0;
  std::string root;  ///< hexadecimal, as derived
  std::vector<Finding> findings;
};

}  // namespace accrue

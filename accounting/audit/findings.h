#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace accrue {

/// One place where the book and what is derived from its facts differ.
struct Finding {
  std::int64_t record = 0;  ///< 0 where no record can be named
  std::string what;         ///< the field, table row or tie
  std::string stored;
  std::string derived;
};

/// Whether everything was looked at that was to be looked at.
enum class Coverage { whole, partial };

/// What an audit run looked at and what it found. No findings: the book holds.
struct AuditReport {
  std::int64_t record_count = 0;
  std::int64_t entry_count = 0;
  std::string root;  ///< hexadecimal, as derived
  std::vector<Finding> findings;
  Coverage coverage = Coverage::whole;
};

/// Adds what could not be looked at, and why: it counts as found.
void add_unseen(AuditReport& report, std::int64_t record, const std::string& why,
                const std::string& what);

/// Incomplete is never ok, and says more than that something differs: there may be more.
enum class Verdict { ok, differs, incomplete };
Verdict verdict_of(const AuditReport& report);
/// "ok", "differs", "incomplete".
std::string_view to_string(Verdict verdict);

}  // namespace accrue

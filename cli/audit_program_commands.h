#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "accounting/audit/sample.h"

// What the words of the audit programs ask for. Periods and amounts of the book's currency are kept
// as text: how they are read depends on the book.

namespace accrue {

struct AuditSampleCommand {
  std::string period = {};
  SampleTerms terms;  ///< without its period
  SampleRows rows = SampleRows::selected;
};
struct AuditSampleEvaluateCommand {
  std::string sample_file = {};
  std::string findings_file = {};
  int confidence_percent = 95;
};
struct AuditCompletenessCommand {
  std::optional<std::string> period = {};
  std::optional<std::string> invoices_file = {};
};
struct AuditCutoffCommand {
  std::string period = {};
  std::int32_t days = 3;
};
/// The hours of a wall clock, in microseconds after midnight.
struct WorkingHours {
  std::int64_t opens = 0;
  std::int64_t shuts = 0;
};
struct AuditJournalTestsCommand {
  std::string period = {};
  WorkingHours hours;
  std::string round = "1000";
  std::optional<std::string> threshold = {};
};
struct AuditLookbackCommand {
  std::optional<std::string> period = {};
};

}  // namespace accrue

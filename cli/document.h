#pragma once

#include <map>
#include <string>
#include <vector>

#include "accounting/audit/explanation.h"
#include "accounting/report/report.h"
#include "cli/provenance.h"

namespace accrue {

/// What is handed out as one file: a report, or a pack of them under a cover. All reports are of
/// one book, as it was known at one record.
struct Document {
  std::string title;   ///< of the one report, or "Reports of 2026-Q2"
  std::vector<Report> reports;  ///< one or more
  /// How the figures of the rows come about, by the ref of the row: its own step first, then that
  /// of each figure. Empty in formats that do not show it.
  std::map<std::string, std::vector<ExplainedStep>> explanations;
  Filters filters;
  Program program;
};

}  // namespace accrue

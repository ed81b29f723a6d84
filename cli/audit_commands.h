#pragma once

#include <optional>
#include <string>

#include "accounting/audit/log.h"

// What the words of an auditor's command line ask for.

namespace accrue {

struct AuditVerifyCommand {};
struct AuditReplayCommand {
  std::optional<std::string> into = {};
};
struct AuditLogCommand {
  LogFilter filter = {};
  std::optional<std::string> period = {};
};

}  // namespace accrue

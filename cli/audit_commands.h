#pragma once

#include <optional>
#include <string>

// What the words of an auditor's command line ask for.

namespace accrue {

struct AuditVerifyCommand {};
struct AuditReplayCommand {
  std::optional<std::string> into = {};
};

}  // namespace accrue

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "accounting/audit/explanation.h"
#include "accounting/audit/replay.h"

#include "accounting/audit/log.h"

// What the words of an auditor's command line ask for.

namespace accrue {

/// Where a figure comes from.
struct ExplainCommand {
  std::string ref = {};
  ExplainReach reach = {};
};
/// Files that were imported, read again.
struct AuditVouchCommand {
  std::vector<std::string> files = {};
  std::optional<std::string> charge = {};  ///< a ref
};
struct KeygenCommand {
  std::string file = {};
  std::string name = {};
};
struct KeyRegisterCommand {
  std::string key = {};  ///< a verifier key, or the file that holds one
  std::string person = {};
};
struct KeyListCommand {};

struct AuditVerifyCommand {
  std::vector<std::string> checkpoints = {};  ///< files
  std::vector<std::string> leaf_lists = {};   ///< files
  std::vector<std::string> verifiers = {};    ///< keys, or files that hold one
  std::optional<std::string> older_book = {};
  std::optional<std::string> authority = {};  ///< PEM: certificates to trust for time stamps
};
struct AuditReplayCommand {
  std::optional<std::string> into = {};
  std::optional<std::string> through = {};
  ReplayRules rules = ReplayRules::recorded;
};

/// Of a record in the tree over `size` records; the whole book's without one.
struct AuditProveRecordCommand {
  std::int64_t record = 0;
  std::optional<std::int64_t> size = {};
  std::optional<std::string> leaf_file = {};
};
/// That the tree of `to` records grew out of that of `from`.
struct AuditProveGrowthCommand {
  std::int64_t from = 0;
  std::optional<std::int64_t> to = {};
};

struct AuditCheckpointCommand {
  std::optional<std::string> key_file = {};
  std::optional<std::int64_t> record = {};  ///< of one that was signed before
  std::optional<std::string> leaf_file = {};
};
struct AuditCheckpointsCommand {};
struct TimestampRequestCommand {
  std::string note_file = {};
};
struct TimestampAttachCommand {
  std::int64_t record = 0;
  std::string response_file = {};
  std::string authority = {};
};
struct AuditLogCommand {
  LogFilter filter = {};
  std::optional<std::string> period = {};
};
struct AuditReperformCommand {
  std::string file = {};
};
enum class ApprovalsShape { list, matrix };
struct AuditApprovalsCommand {
  std::optional<std::string> period = {};
  ApprovalsShape shape = ApprovalsShape::list;
};
struct ApproveCommand {
  std::string file = {};
  std::optional<std::string> key_file = {};
};

}  // namespace accrue

#include "accounting/audit/record_comparison.h"

#include <algorithm>
#include <string>

#include "ledger/proof/merkle.h"

namespace accrue {

namespace {

std::string describe(const Entry& entry) {
  std::string text = entry.dated_on().to_string() + " " + entry.posting_period().to_string() + "/" +
                     entry.origin_period().to_string() + " " + entry.memo();
  for (const Line& line : entry.lines()) {
    text += "; " + line.account.name() + " " + std::to_string(line.amount_minor_units);
  }
  return text;
}

std::string describe(const Identity& identity) { return identity.os_user + "@" + identity.host; }

std::string describe(const std::optional<Approval>& approval) {
  if (!approval) return "none";
  return approval->person + ", " + describe(approval->identity) + ", " +
         to_hex(approval->signature);
}

class RecordComparison {
 public:
  RecordComparison(const Record& stored, const Record& derived, std::vector<Finding>& findings)
      : stored_{stored}, derived_{derived}, findings_{findings} {}

  void compare() {
    field("kind", std::string{to_string(stored_.kind)}, std::string{to_string(derived_.kind)});
    field("recorded time", stored_.recorded_at.to_string(), derived_.recorded_at.to_string());
    field("author", stored_.author, derived_.author);
    field("reason", stored_.reason, derived_.reason);
    field("system user", describe(stored_.identity), describe(derived_.identity));
    field("approval", describe(stored_.approval), describe(derived_.approval));
    field("rule version", std::to_string(stored_.rules), std::to_string(derived_.rules));
    if (stored_.fact != derived_.fact) {
      field("fact", "SHA-256 " + to_hex(sha256(stored_.fact)),
            "SHA-256 " + to_hex(sha256(derived_.fact)));
    }
    const std::size_t count = std::max(stored_.entries.size(), derived_.entries.size());
    for (std::size_t i = 0; i < count; ++i) {
      field("entry " + std::to_string(i + 1), entry_text(stored_, i), entry_text(derived_, i));
    }
  }

 private:
  static std::string entry_text(const Record& record, std::size_t index) {
    return index < record.entries.size() ? describe(record.entries[index]) : "none";
  }
  void field(const std::string& what, const std::string& stored, const std::string& derived) {
    if (stored != derived) findings_.push_back({stored_.sequence, what, stored, derived});
  }

  const Record& stored_;
  const Record& derived_;
  std::vector<Finding>& findings_;
};

}  // namespace

void compare_records(const Record& stored, const Record& derived, std::vector<Finding>& findings) {
  RecordComparison{stored, derived, findings}.compare();
}

}  // namespace accrue

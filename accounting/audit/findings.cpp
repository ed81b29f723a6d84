#include "accounting/audit/findings.h"

namespace accrue {

void add_unseen(AuditReport& report, std::int64_t record, const std::string& why,
                const std::string& what) {
  report.coverage = Coverage::partial;
  report.findings.push_back({record, "verification", "incomplete: " + why, what});
}

Verdict verdict_of(const AuditReport& report) {
  if (report.coverage == Coverage::partial) return Verdict::incomplete;
  return report.findings.empty() ? Verdict::ok : Verdict::differs;
}

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::ok:
      return "ok";
    case Verdict::differs:
      return "differs";
    case Verdict::incomplete:
      return "incomplete";
  }
  return {};
}

}  // namespace accrue

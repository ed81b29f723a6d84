#include "cli/audit_json.h"

#include <nlohmann/json.hpp>

namespace accrue {

using Json = nlohmann::ordered_json;

std::string audit_json(const std::string& schema, const std::string& book_id,
                       const AuditReport& audit) {
  Json object;
  object["schema"] = schema;
  object["book"] = book_id.empty() ? Json{} : Json(book_id);
  // Of a book that cannot be read to its end none is derived.
  const Json root = audit.root.empty() ? Json{} : Json(audit.root);
  object["as_of"] = {{"records", audit.record_count}, {"root", root}};
  object["records"] = audit.record_count;
  object["entries"] = audit.entry_count;
  object["root"] = root;
  object["verdict"] = to_string(verdict_of(audit));
  object["differences"] = Json::array();
  for (const Finding& finding : audit.findings) {
    object["differences"].push_back({{"record", finding.record == 0 ? Json{} : Json(finding.record)},
                                     {"what", finding.what},
                                     {"stored", finding.stored},
                                     {"derived", finding.derived}});
  }
  // A damaged book may hold bytes that are not UTF-8.
  return object.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace accrue

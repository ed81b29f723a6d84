#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/command_line.h"
#include "ledger/error/error.h"

namespace accrue {

/// A report in JSON that somebody handed over. Nothing in it is believed: it says what to derive
/// again, and is what the derived report is compared with.
struct HandedReport {
  nlohmann::ordered_json document;
  std::string book_id;
  std::int64_t record_count = 0;
  ParsedLine line;  ///< the report command that its filters name
};

/// Reads an envelope accrue.report.NAME/1 with filters of a report command.
/// Errors: bad_report.
Result<HandedReport> read_handed_report(const std::string& text, const std::string& file);

/// A place at which two reports differ.
struct ReportDifference {
  std::string where;   ///< "as_of", "row", "total", "check", "note", or another field of the envelope
  std::string field;   ///< the column, the name of the total or check; empty of a whole row
  std::string handed;  ///< as JSON; "nothing" where it is missing
  std::string derived;
  std::string ref;     ///< of the row, else empty
};

/// Every place at which they differ but the program that made them. Rows are paired by `ref`, those
/// of one ref in their order.
std::vector<ReportDifference> differences(const nlohmann::ordered_json& handed,
                                          const nlohmann::ordered_json& derived);

/// "accrue 0.1.0, build 76e4..." of the program that made a report.
std::string maker_of(const nlohmann::ordered_json& report);

}  // namespace accrue

#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "cli/document.h"

namespace accrue {

/// Which refs of a document are explained on its page, and under which ids. An id is a number:
/// nothing of a ref goes into it.
class Anchors {
 public:
  explicit Anchors(const Document& document);

  /// Where a figure of a row is explained; where only the row is, there. Empty: nowhere.
  std::string id_of(const std::string& row_ref, std::string_view column) const;

  /// Where a ref is explained, empty for nowhere.
  std::string id_of(const std::string& ref) const;

  /// Whether the explanation of a row stands below this report: it does below the first that has
  /// the row.
  bool stands_below(const std::string& row_ref, std::size_t report) const;

 private:
  std::map<std::string, std::string> ids_;
  std::map<std::string, std::size_t> report_of_;
};

/// The explanations that stand below a report, folded; empty where there are none.
std::string explanations_markup(const Document& document, std::size_t report,
                                const Anchors& anchors);

}  // namespace accrue

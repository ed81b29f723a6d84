#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ledger/error/error.h"
#include "ledger/intake/csv.h"
#include "ledger/intake/usage_warnings.h"

namespace accrue::usage {

/// The header of a file, while the columns that a map names are looked for in it.
class MapHeader {
 public:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  /// `csv` stands on the header. `map_name` is for messages.
  MapHeader(CsvReader& csv, std::string map_name, Warnings& warnings);

  std::size_t size() const { return names_.size(); }
  const std::vector<std::string>& names() const { return names_; }

  /// The place of a column: of the equal name, else of the one that differs in capitals only, with
  /// the warning column_case. One that stands twice is refused.
  std::size_t find(const std::string& name);
  /// As find, and one that is not there is refused.
  std::size_t require(const std::string& name);
  void refuse(Error error) { refusal_.errors.push_back(std::move(error)); }

  /// All that was refused. Errors: duplicate_column, missing_column.
  const Refusal& refusal() const { return refusal_; }

 private:
  template <typename Equal>
  std::size_t find_with(const std::string& name, const Equal& equal);

  const CsvReader& csv_;
  std::string map_name_;
  Warnings& warnings_;
  std::vector<std::string> names_;
  std::map<std::string, std::size_t> found_;
  std::set<std::string> missing_;
  Refusal refusal_;
};

}  // namespace accrue::usage

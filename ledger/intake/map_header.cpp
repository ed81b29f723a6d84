#include "ledger/intake/map_header.h"

#include <utility>

#include <fmt/format.h>

#include "ledger/intake/excerpt.h"
#include "ledger/intake/usage_columns.h"

namespace accrue::usage {

MapHeader::MapHeader(CsvReader& csv, std::string map_name, Warnings& warnings)
    : csv_{csv}, map_name_{std::move(map_name)}, warnings_{warnings} {
  for (std::size_t i = 0; i < csv.field_count(); ++i) names_.emplace_back(csv.field(i));
}

template <typename Equal>
std::size_t MapHeader::find_with(const std::string& name, const Equal& equal) {
  std::size_t found = none;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    if (!equal(names_[i])) continue;
    if (found == none) {
      found = i;
      continue;
    }
    refuse(Error{.code = ErrorCode::duplicate_column,
                 .message = fmt::format("the column {} stands twice", name),
                 .place = csv_.place_of(i),
                 .hint = "deliver it once"});
    break;
  }
  return found;
}

std::size_t MapHeader::find(const std::string& name) {
  const auto [known, is_new] = found_.emplace(name, none);
  std::size_t& place = known->second;
  if (!is_new) return place;
  place = find_with(name, [&](const std::string& other) { return other == name; });
  if (place != none) return place;
  place =
      find_with(name, [&](const std::string& other) { return equal_but_for_case(other, name); });
  if (place != none) {
    warnings_.add("column_case",
                  fmt::format("the column {} is read as {}", shown(names_[place]), name),
                  csv_.place_of(place));
  }
  return place;
}

std::size_t MapHeader::require(const std::string& name) {
  const std::size_t place = find(name);
  if (place != none || !missing_.insert(name).second) return place;
  const bool other_separator = size() == 1 && names_[0].find_first_of(";\t|") != std::string::npos;
  refuse(Error{
      .code = ErrorCode::missing_column,
      .message = fmt::format("the column {} is missing, which the map {} names", name, map_name_),
      .place = csv_.place(),
      .hint = other_separator ? "deliver the file with commas between its fields"
                              : "deliver the column, or mend the map"});
  return none;
}

}  // namespace accrue::usage

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/intake/csv.h"
#include "ledger/intake/usage.h"

namespace accrue::usage {

/// Warnings of a delivery, each said once with the place of the first and how often it stood.
class Warnings {
 public:
  /// The number of the warning, for again().
  std::size_t add(std::string_view code, std::string message, Place place) {
    for (std::size_t i = 0; i < list_.size(); ++i) {
      if (list_[i].code == code && list_[i].message == message) return again(i);
    }
    list_.push_back(Warning{std::string{code}, std::move(message), std::move(place), 1});
    return list_.size() - 1;
  }
  std::size_t again(std::size_t number) {
    ++list_[number].count;
    return number;
  }
  /// A number in a form that has one meaning and is not allowed all the same. `kept` is the
  /// warning of its column, once there is one.
  void add_loose_number(std::optional<std::size_t>& kept, std::string_view column,
                        const CsvReader& csv, std::size_t field) {
    if (kept) {
      again(*kept);
      return;
    }
    kept = add("loose_number",
               std::string{column} + " has numbers in a loose form: spaces around, or an exponent "
                                     "written 'e' or 'E+'",
               csv.place_of(field));
  }
  std::vector<Warning> take() && { return std::move(list_); }

 private:
  std::vector<Warning> list_;
};

}  // namespace accrue::usage

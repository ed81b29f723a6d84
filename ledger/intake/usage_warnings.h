#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "ledger/intake/focus.h"

namespace accrue::focus {

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
  std::vector<Warning> take() && { return std::move(list_); }

 private:
  std::vector<Warning> list_;
};

}  // namespace accrue::focus

#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "ledger/book/codec.h"

// What the lists of charges and of events share in their bytes.

namespace accrue {

/// a - b and a + b that wrap: any two instants have a difference that leads back.
inline std::int64_t wrapping_difference(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
}
inline std::int64_t wrapping_sum(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}

// Dates that are read from a file or a command line lie in the years 1900 to 2199. What is stored
// beyond them, and beyond the ends that follow from them, is damage, and no date to reckon with.
inline constexpr std::int64_t first_stored_day = -25'932;  ///< 1899-01-01
inline constexpr std::int64_t last_stored_day = 84'735;    ///< 2201-12-31
inline constexpr std::int64_t microseconds_of_a_day = 86'400'000'000;
inline constexpr std::int64_t months_of_a_year = 12;

inline void require_stored_day(std::int64_t days) {
  if (days < first_stored_day || days > last_stored_day) throw DamagedBytes{};
}
inline void require_stored_instant(std::int64_t microseconds) {
  require_stored_day(microseconds / microseconds_of_a_day);
}
inline void require_stored_month(std::int64_t months) {
  if (months < 1899 * months_of_a_year || months >= 2202 * months_of_a_year) throw DamagedBytes{};
}

/// Values that items refer to by number, as they are read: ascending, each of them used. Throws
/// DamagedBytes where they are not.
template <typename Value>
class Dictionary {
 public:
  explicit Dictionary(std::vector<Value> values)
      : values_{std::move(values)}, used_(values_.size(), false) {
    for (std::size_t i = 1; i < values_.size(); ++i) {
      if (!(values_[i - 1] < values_[i])) throw DamagedBytes{};
    }
  }
  const Value& at(std::uint64_t number) {
    if (number >= values_.size()) throw DamagedBytes{};
    used_[number] = true;
    return values_[number];
  }
  void finish() const {
    for (const bool is_used : used_) {
      if (!is_used) throw DamagedBytes{};
    }
  }

 private:
  std::vector<Value> values_;
  std::vector<bool> used_;
};

}  // namespace accrue

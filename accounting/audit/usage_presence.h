#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "accounting/posting/state.h"
#include "ledger/store/store.h"

namespace accrue {

/// A run of numbers, both ends in it.
struct Run {
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::int64_t count() const { return last - first + 1; }
  friend bool operator==(const Run&, const Run&) = default;
};

/// What lacks between the first and the last of `present` (in order, each once): empty where less
/// than three of four are there, as then nothing is lacking that was usual.
std::vector<Run> usual_gaps(std::span<const std::int64_t> present);

/// When an account has rows, by day of the book's zone and by hour (both counted from 1970).
struct AccountPresence {
  std::string investee;
  std::vector<std::int64_t> days;   ///< in order, each once
  std::vector<std::int64_t> hours;  ///< as days; hours of UTC
  std::int64_t last_record = 0;     ///< that brought a row of it
};

/// By billing account. Rows of a delivery that was replaced count no more.
std::map<std::string, AccountPresence> presence_of(const Store& store, const BookState& state,
                                                   std::optional<PeriodRange> range);

}  // namespace accrue

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "accounting/posting/state.h"
#include "ledger/intake/fact.h"
#include "ledger/time/period.h"

namespace accrue {

/// What a fact says, for a line of the log.
struct ToldFact {
  std::string what;                    ///< one plain sentence without its full stop
  std::vector<PeriodRange> periods = {};  ///< that the fact itself names
  /// The first day on which all that the fact is about had happened.
  std::optional<Date> effective_on = {};
};

/// `state` is of the whole book, or of any record not before the fact's.
ToldFact tell(const Fact& fact, std::int64_t record, const BookState& state);

}  // namespace accrue

#pragma once

#include <string>
#include <string_view>

#include "accounting/scenario/scenario.h"
#include "accounting/scenario/shocks.h"
#include "ledger/error/error.h"

namespace accrue {

/// What of a scenario is moved, and of whom: "volume", "volume:Lunar", "price", "price:h100*",
/// "growth:Lunar" (of a ramp, percent a month), "delay:T2" (months), "estimate:T3" (percent of the
/// face), "others:cloud" (percent growth of the segment but for investees), "rate:EUR".
/// Volume and price are in percent of what the scenario says: 100 changes nothing. A drawdown is
/// meant by its name or by its investee, a price by a pattern of SKUs. Delay and rate must say of
/// whom; the others without a name mean all.
struct VariedKey {
  enum class Of { volume, price, growth, delay, estimate, others, rate };
  Of of = Of::volume;
  std::string subject;  ///< empty: all
};

/// Errors: bad_value (no such key, or one that must say of whom and does not).
Result<VariedKey> parse_varied_key(std::string_view text);
std::string to_string(const VariedKey& key);

/// A scenario with one of its assumptions moved.
struct Varied {
  Scenario scenario;
  Shocks shocks;
};

/// Moves one more assumption: keys that meet in one drawdown multiply.
///
/// Errors: bad_value (a value that the key cannot take, or nothing of the scenario is of this key;
///         that a delayed grant is there, the walk looks at), decimal_too_wide.
Result<Varied> vary(const Varied& of, const VariedKey& key, const Decimal& value);

}  // namespace accrue

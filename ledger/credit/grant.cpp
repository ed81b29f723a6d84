#include "ledger/credit/grant.h"

namespace accrue {

namespace {

/// No end sorts after every end.
std::strong_ordering compare_ends(const std::optional<Instant>& a,
                                  const std::optional<Instant>& b) {
  if (a && b) return *a <=> *b;
  return b.has_value() <=> a.has_value();
}

}  // namespace

bool pays_before(const Grant& a, const Grant& b) {
  if (a.priority != b.priority) return a.priority < b.priority;
  if (const auto ends = compare_ends(a.ends_at, b.ends_at); ends != 0) return ends < 0;
  if (a.scope.is_limited() != b.scope.is_limited()) return a.scope.is_limited();
  if (a.price_per_unit != b.price_per_unit) return a.price_per_unit < b.price_per_unit;
  if (a.begins_at != b.begins_at) return a.begins_at < b.begins_at;
  return a.id < b.id;
}

}  // namespace accrue

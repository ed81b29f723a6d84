#include "ledger/credit/grant.h"

namespace accrue {

namespace {

/// No end sorts after every end.
std::strong_ordering compare_ends(const std::optional<Instant>& a,
                                  const std::optional<Instant>& b) {
  if (a && b) return *a <=> *b;
  return b.has_value() <=> a.has_value();
}

struct Comparison {
  PayingKey key;
  bool is_first;  ///< whether the first of the two is tried first
};

Comparison compare(const Grant& a, const Grant& b) {
  if (a.priority != b.priority) return {PayingKey::priority, a.priority < b.priority};
  if (const auto ends = compare_ends(a.ends_at, b.ends_at); ends != 0) {
    return {PayingKey::end, ends < 0};
  }
  if (a.scope.is_limited() != b.scope.is_limited()) {
    return {PayingKey::scope, a.scope.is_limited()};
  }
  if (a.price_per_unit != b.price_per_unit) {
    return {PayingKey::price, a.price_per_unit < b.price_per_unit};
  }
  if (a.begins_at != b.begins_at) return {PayingKey::begin, a.begins_at < b.begins_at};
  return {PayingKey::id, a.id < b.id};
}

}  // namespace

PayingKey deciding_key(const Grant& a, const Grant& b) { return compare(a, b).key; }

bool pays_before(const Grant& a, const Grant& b) { return compare(a, b).is_first; }

}  // namespace accrue

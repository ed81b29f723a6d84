#pragma once

#include <optional>
#include <string>

#include "ledger/credit/charge.h"
#include "ledger/number/decimal.h"
#include "ledger/time/date.h"

namespace accrue {

/// How an event that states a quantity was priced, once, when it was taken.
struct Metered {
  Decimal quantity;
  std::string unit;
  Decimal unit_price;     ///< in the currency of the charge, per unit
  std::string rate_card;  ///< its id
};

/// A metering event (CloudEvents 1.0), keyed by (source, id) for ever.
struct Event {
  std::string source;
  std::string id;
  std::string type;
  std::string subject;
  Instant at;
  ChargeKey key;  ///< without an investee: usage of another customer, which is no charge
  Decimal amount;
  std::optional<Metered> metered;  ///< none: the event stated its amount
};

/// SHA-256 (32 bytes) of what an event states: two events of one key are the same when these are
/// equal. Who it was matched to and at what price are no part of it.
std::string content_hash(const Event& event);

}  // namespace accrue

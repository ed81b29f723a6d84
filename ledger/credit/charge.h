#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "ledger/number/decimal.h"
#include "ledger/time/date.h"
#include "ledger/time/period.h"

namespace accrue {

/// FOCUS ChargeCategory.
enum class ChargeCategory : std::uint8_t { usage, purchase, tax, credit, adjustment };

/// FOCUS ChargeClass: null, or a correction of an invoiced period.
enum class ChargeClass : std::uint8_t { regular, correction };

/// What is consumed and by whom; the order of the fields is the order of serving
/// (semantics, section 4). An absent or null field is the empty text.
struct ChargeKey {
  std::string investee;
  std::string currency;
  std::string billing_account;
  std::string sub_account;
  std::string service;
  std::string sku;
  std::string region;

  friend auto operator<=>(const ChargeKey&, const ChargeKey&) = default;
};

/// Consumption by an investee, summed over the rows of one delivery that share its key.
struct Charge {
  /// A served charge is paid by grants and then by cash. A reduction is a Credit row of a source
  /// whose credit rows reduce the price: negative overage, never a draw.
  enum class Kind : std::uint8_t { served, reduction };

  Instant at;
  ChargeKey key;
  Kind kind = Kind::served;
  ChargeCategory category = ChargeCategory::usage;
  ChargeClass charge_class = ChargeClass::regular;
  /// The bill it stands in; none for metering events, which stand in no bill.
  std::optional<Period> billing_period = {};
  std::int64_t row_count = 0;
  Decimal amount;
};

}  // namespace accrue

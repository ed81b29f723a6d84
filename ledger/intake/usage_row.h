#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "ledger/credit/charge.h"
#include "ledger/intake/usage_cost.h"
#include "ledger/time/date.h"
#include "ledger/time/period.h"

namespace accrue::usage {

/// The first columns of usage::Column: billed, effective, list, contracted.
inline constexpr std::size_t cost_count = 4;

/// What a row of a usage file says, whatever the format. Its texts live until the next row is read;
/// a null or absent one is empty.
struct Row {
  ChargeCategory category = ChargeCategory::usage;
  ChargeClass charge_class = ChargeClass::regular;
  std::string_view billing_account;
  std::string_view sub_account;
  std::string_view currency;
  std::string_view service;
  std::string_view sku;
  std::string_view region;
  Period billing_period;  ///< a month of the book
  Instant charge_start;
  Instant charge_end;
  std::array<Cost, cost_count> costs;  ///< a null one is zero
  std::array<bool, cost_count> is_null{};
};

}  // namespace accrue::usage

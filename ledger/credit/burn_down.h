#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "ledger/credit/charge.h"
#include "ledger/credit/draw.h"
#include "ledger/credit/grant.h"

namespace accrue {

/// A charge that no close has frozen; `key` is an index into the keys it came with.
struct OpenCharge {
  Instant at;
  Period period;
  std::uint32_t key = 0;
  Decimal amount;
};

/// Open charges with their keys, each distinct key once.
struct OpenCharges {
  std::vector<ChargeKey> keys;
  std::vector<OpenCharge> charges;
  /// Credit rows that reduce the price: negative overage of their own period, served by nothing.
  std::vector<OpenCharge> reductions;
};

/// Who pays a draw.
enum class Payer : std::uint8_t { grant, overage, nobody };

/// The part of a served sum that one payer pays; below zero for what a refund takes back.
/// `nobody` is a refund that found nothing: negative overage, an exception at close.
struct Draw {
  Payer payer = Payer::overage;
  std::uint32_t grant = 0;  ///< index into the grants, for Payer::grant
  Period served_period;
  std::uint32_t what = 0;  ///< index into `BurnDown::consumed`
  Decimal amount;
};

/// What is consumed, without by whom.
struct Consumed {
  std::string service;
  std::string sku;
  std::string region;
  friend auto operator<=>(const Consumed&, const Consumed&) = default;
};

/// All open charges of one instant and key, summed over records, with the draws that pay them.
struct ServedSum {
  Instant at;
  Period period;
  std::uint32_t key = 0;
  Decimal amount;
  std::size_t first_draw = 0;
  std::size_t draw_count = 0;
};

struct BurnDown {
  std::vector<ServedSum> sums;  ///< in the order of serving
  std::vector<Draw> draws;
  std::vector<Consumed> consumed;  ///< sorted
  DrawTotals totals;               ///< of the open charges
};

/// Serves all open charges together from the face that the frozen draws left (semantics,
/// section 4, order policy 1).
///
/// `grants` in any order; `frozen` holds what stands served by closes. Draws of a sum and what it
/// leaves over add up to the sum exactly.
BurnDown burn_down(std::span<const Grant> grants, const DrawTotals& frozen,
                   const OpenCharges& open);

/// Drawn from each grant according to `totals`, net of refunds, by grant id.
std::map<std::string, Decimal> drawn_by_grant(const DrawTotals& totals);

}  // namespace accrue

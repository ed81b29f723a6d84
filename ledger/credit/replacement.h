#pragma once

#include <span>
#include <string>
#include <vector>

#include "ledger/credit/charge.h"

namespace accrue {

/// What must be charged so that `delivered` stands where `standing` stood: per bill, instant, key,
/// kind, category and class the difference of the amounts, at the original time, down to zero for
/// what is not delivered. Both in any order; what does not change is left out.
/// Source: semantics, section 3 (replace).
std::vector<Charge> replacement(std::span<const Charge> standing,
                                std::span<const Charge> delivered);

/// What a delivery changed of one service and SKU of an investee.
struct ReplacedLine {
  std::string investee;
  std::string service;
  std::string sku;
  std::string currency;
  Decimal before;
  Decimal after;

  Decimal change() const { return after - before; }
};

/// The lines that `changes`, the replacement that led to `delivered`, touched; sorted. None where
/// nothing had stood: a first delivery replaces nothing.
std::vector<ReplacedLine> replaced_lines(std::span<const Charge> delivered,
                                         std::span<const Charge> changes);

}  // namespace accrue
